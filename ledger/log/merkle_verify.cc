#include "ledger/log/merkle_verify.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/merkle_tree.h"

namespace lumbung::log {
namespace {

absl::Status MalformedProof(absl::string_view what) {
  return InvalidArgument("PROOF_MALFORMED", "proof", what);
}

absl::Status CheckHashes(absl::Span<const absl::string_view> roots,
                         absl::Span<const std::string> proof) {
  for (const absl::string_view hash : roots) {
    if (hash.size() != kHashBytes) return MalformedProof("a hash has 32 bytes");
  }
  for (const std::string& hash : proof) {
    if (hash.size() != kHashBytes) return MalformedProof("a hash has 32 bytes");
  }
  return absl::OkStatus();
}

absl::Status CheckLength(std::size_t expected, absl::Span<const std::string> proof) {
  if (proof.size() == expected) return absl::OkStatus();
  return MalformedProof(
      absl::StrCat("the proof has ", proof.size(), " hashes; these sizes need ", expected));
}

// How many siblings a leaf has on its way up: one on every level on which it is a right child, or
// a left child that is not the last of its level.
std::size_t PathLength(std::uint64_t index, std::uint64_t size) {
  std::size_t length = 0;
  for (std::uint64_t last = size - 1; last > 0; index /= 2, last /= 2) {
    if (index % 2 == 1 || index < last) ++length;
  }
  return length;
}

// The old tree's last perfect subtree is a node of the new tree; the proof leads from it to the
// root, and names it first unless it is the whole old tree.
std::size_t ConsistencyLength(std::uint64_t old_size, std::uint64_t new_size) {
  std::uint64_t index = old_size - 1;
  std::uint64_t last = new_size - 1;
  while (index % 2 == 1) {
    index /= 2;
    last /= 2;
  }
  const bool old_is_perfect = (old_size & (old_size - 1)) == 0;
  return PathLength(index, last + 1) + (old_is_perfect ? 0 : 1);
}

}  // namespace

absl::Status VerifyInclusion(absl::string_view leaf_hash, std::uint64_t index, std::uint64_t size,
                             absl::string_view root, absl::Span<const std::string> proof) {
  if (index >= size || size > kMaxTreeSize) {
    return InvalidArgument("PROOF_RANGE", "size",
                           absl::StrCat("leaf ", index, " is not in a tree of ", size));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckHashes({leaf_hash, root}, proof));
  LUMBUNG_RETURN_IF_ERROR(CheckLength(PathLength(index, size), proof));
  std::uint64_t first = index;
  std::uint64_t second = size - 1;
  std::string computed(leaf_hash);
  for (const std::string& sibling : proof) {
    if (second == 0) return MalformedProof("the proof goes on above the root");
    if (first % 2 == 1 || first == second) {
      computed = NodeHash(sibling, computed);
      while (first % 2 == 0 && first != 0) {
        first /= 2;
        second /= 2;
      }
    } else {
      computed = NodeHash(computed, sibling);
    }
    first /= 2;
    second /= 2;
  }
  if (second != 0) return MalformedProof("the proof ends below the root");
  if (computed != root) {
    return InvalidArgument("PROOF_WRONG", "proof", "the leaf is not at this place in the tree");
  }
  return absl::OkStatus();
}

absl::Status VerifyConsistency(std::uint64_t old_size, absl::string_view old_root,
                               std::uint64_t new_size, absl::string_view new_root,
                               absl::Span<const std::string> proof) {
  if (old_size > new_size || new_size > kMaxTreeSize) {
    return InvalidArgument(
        "PROOF_RANGE", "old_size",
        absl::StrCat("a tree of ", old_size, " does not begin one of ", new_size));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckHashes({old_root, new_root}, proof));
  const absl::Status wrong =
      InvalidArgument("PROOF_WRONG", "proof", "the new tree does not begin with the old one");
  if (old_size == 0 || old_size == new_size) {
    LUMBUNG_RETURN_IF_ERROR(CheckLength(0, proof));
    const bool empty_is_empty = old_size > 0 || old_root == EmptyRoot();
    const bool same_is_same = old_size < new_size || old_root == new_root;
    return empty_is_empty && same_is_same ? absl::OkStatus() : wrong;
  }
  LUMBUNG_RETURN_IF_ERROR(CheckLength(ConsistencyLength(old_size, new_size), proof));
  std::uint64_t first = old_size - 1;
  std::uint64_t second = new_size - 1;
  while (first % 2 == 1) {
    first /= 2;
    second /= 2;
  }
  // A perfect old tree is itself the node that the proof starts from, and is not repeated.
  const bool old_is_perfect = (old_size & (old_size - 1)) == 0;
  std::string old_computed = old_is_perfect ? std::string(old_root) : proof[0];
  std::string new_computed = old_computed;
  for (const std::string& hash : proof.subspan(old_is_perfect ? 0 : 1)) {
    if (second == 0) return MalformedProof("the proof goes on above the root");
    if (first % 2 == 1 || first == second) {
      old_computed = NodeHash(hash, old_computed);
      new_computed = NodeHash(hash, new_computed);
      while (first % 2 == 0 && first != 0) {
        first /= 2;
        second /= 2;
      }
    } else {
      new_computed = NodeHash(new_computed, hash);
    }
    first /= 2;
    second /= 2;
  }
  if (second != 0) return MalformedProof("the proof ends below the root");
  return old_computed == old_root && new_computed == new_root ? absl::OkStatus() : wrong;
}

}  // namespace lumbung::log
