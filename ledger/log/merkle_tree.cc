#include "ledger/log/merkle_tree.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::log {
namespace {

// The largest power of two smaller than n, for n > 1: where RFC 6962 splits n leaves.
std::uint64_t SplitOf(std::uint64_t n) {
  std::uint64_t split = 1;
  while (split < n - split) split *= 2;
  return split;
}

bool IsPowerOfTwo(std::uint64_t n) {
  return (n & (n - 1)) == 0;
}

int LevelOf(std::uint64_t power_of_two) {
  int level = 0;
  while (power_of_two >>= 1) ++level;
  return level;
}

// MTH over the leaves [begin, end), of which there is at least one. The recursion begins at 0 and
// splits as the RFC does, so that a range of a power of two is always aligned to it.
absl::StatusOr<std::string> RangeHash(std::uint64_t begin, std::uint64_t end,
                                      const NodeSource& source) {
  const std::uint64_t count = end - begin;
  if (IsPowerOfTwo(count)) return source({LevelOf(count), begin / count});
  const std::uint64_t split = begin + SplitOf(count);
  LUMBUNG_ASSIGN_OR_RETURN(const std::string left, RangeHash(begin, split, source));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string right, RangeHash(split, end, source));
  return NodeHash(left, right);
}

// PATH(m, D[n]) for the leaves [begin, end).
absl::Status AddPath(std::uint64_t index, std::uint64_t begin, std::uint64_t end,
                     const NodeSource& source, std::vector<std::string>* path) {
  if (end - begin == 1) return absl::OkStatus();
  const std::uint64_t split = begin + SplitOf(end - begin);
  const bool left = index < split;
  LUMBUNG_RETURN_IF_ERROR(AddPath(index, left ? begin : split, left ? split : end, source, path));
  LUMBUNG_ASSIGN_OR_RETURN(std::string sibling,
                           RangeHash(left ? split : begin, left ? end : split, source));
  path->push_back(std::move(sibling));
  return absl::OkStatus();
}

// SUBPROOF(m, D[n], b) for the leaves [begin, end); `known` is b: whether the old tree's root is
// the one that is asked about.
absl::Status AddSubproof(std::uint64_t old_end, std::uint64_t begin, std::uint64_t end, bool known,
                         const NodeSource& source, std::vector<std::string>* proof) {
  if (old_end == end) {
    if (known) return absl::OkStatus();
    LUMBUNG_ASSIGN_OR_RETURN(std::string hash, RangeHash(begin, end, source));
    proof->push_back(std::move(hash));
    return absl::OkStatus();
  }
  const std::uint64_t split = begin + SplitOf(end - begin);
  const bool left = old_end <= split;
  LUMBUNG_RETURN_IF_ERROR(
      AddSubproof(old_end, left ? begin : split, left ? split : end, left && known, source, proof));
  LUMBUNG_ASSIGN_OR_RETURN(std::string other,
                           RangeHash(left ? split : begin, left ? end : split, source));
  proof->push_back(std::move(other));
  return absl::OkStatus();
}

}  // namespace

std::string NodeHash(absl::string_view left, absl::string_view right) {
  return Sha256(absl::StrCat("\x01", left, right));
}

std::string EmptyRoot() {
  return Sha256("");
}

absl::StatusOr<std::string> RootHash(std::uint64_t size, const NodeSource& source) {
  if (size == 0) return EmptyRoot();
  return RangeHash(0, size, source);
}

absl::StatusOr<std::vector<std::string>> InclusionProof(std::uint64_t index, std::uint64_t size,
                                                        const NodeSource& source) {
  if (index >= size || size > kMaxTreeSize) {
    return InvalidArgument("PROOF_RANGE", "size",
                           absl::StrCat("leaf ", index, " is not in a tree of ", size));
  }
  std::vector<std::string> path;
  LUMBUNG_RETURN_IF_ERROR(AddPath(index, 0, size, source, &path));
  return path;
}

absl::StatusOr<std::vector<std::string>> ConsistencyProof(std::uint64_t old_size,
                                                          std::uint64_t new_size,
                                                          const NodeSource& source) {
  if (old_size > new_size || new_size > kMaxTreeSize) {
    return InvalidArgument(
        "PROOF_RANGE", "old_size",
        absl::StrCat("a tree of ", old_size, " does not begin one of ", new_size));
  }
  std::vector<std::string> proof;
  if (old_size == 0 || old_size == new_size) return proof;
  LUMBUNG_RETURN_IF_ERROR(AddSubproof(old_size, 0, new_size, true, source, &proof));
  return proof;
}

absl::StatusOr<CompactRange> CompactRange::Load(std::uint64_t size, const NodeSource& source) {
  CompactRange range;
  std::uint64_t begin = 0;
  for (int level = 62; level >= 0; --level) {
    const std::uint64_t count = std::uint64_t{1} << level;
    if ((size & count) == 0) continue;
    LUMBUNG_ASSIGN_OR_RETURN(std::string hash, source({level, begin / count}));
    range.edge_.push_back(std::move(hash));
    begin += count;
  }
  range.size_ = size;
  return range;
}

void CompactRange::Append(
    absl::string_view leaf_hash,
    const std::function<void(const NodeId& node, const std::string& hash)>& on_node) {
  NodeId node{0, size_};
  std::string hash(leaf_hash);
  if (on_node) on_node(node, hash);
  // Every trailing one bit of the size is a subtree that waits for its right neighbour.
  while (node.index % 2 == 1) {
    hash = NodeHash(edge_.back(), hash);
    edge_.pop_back();
    node = {node.level + 1, node.index / 2};
    if (on_node) on_node(node, hash);
  }
  edge_.push_back(std::move(hash));
  ++size_;
}

std::string CompactRange::Root() const {
  if (edge_.empty()) return EmptyRoot();
  std::string root = edge_.back();
  for (auto left = edge_.rbegin() + 1; left != edge_.rend(); ++left) root = NodeHash(*left, root);
  return root;
}

}  // namespace lumbung::log
