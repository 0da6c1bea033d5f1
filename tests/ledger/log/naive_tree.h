// RFC 6962, section 2.1, word for word, over a vector of leaf hashes: the model that the tree is
// compared with. Slow, and without a thought of its own.
#ifndef LUMBUNG_TESTS_LEDGER_LOG_NAIVE_TREE_H_
#define LUMBUNG_TESTS_LEDGER_LOG_NAIVE_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/merkle_tree.h"

namespace lumbung::log::testing {

using Hashes = std::vector<std::string>;

inline Hashes Slice(const Hashes& d, std::size_t begin, std::size_t end) {
  return {d.begin() + static_cast<std::ptrdiff_t>(begin),
          d.begin() + static_cast<std::ptrdiff_t>(end)};
}

inline std::size_t Split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

inline std::string NaiveRoot(const Hashes& d) {
  if (d.empty()) return Sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = Split(d.size());
  return Sha256(absl::StrCat(std::string(1, '\1'), NaiveRoot(Slice(d, 0, k)),
                             NaiveRoot(Slice(d, k, d.size()))));
}

inline Hashes With(Hashes hashes, const std::string& last) {
  hashes.push_back(last);
  return hashes;
}

inline Hashes NaivePath(std::size_t m, const Hashes& d) {
  if (d.size() == 1) return {};
  const std::size_t k = Split(d.size());
  if (m < k) return With(NaivePath(m, Slice(d, 0, k)), NaiveRoot(Slice(d, k, d.size())));
  return With(NaivePath(m - k, Slice(d, k, d.size())), NaiveRoot(Slice(d, 0, k)));
}

inline Hashes NaiveSubproof(std::size_t m, const Hashes& d, bool b) {
  if (m == d.size()) return b ? Hashes{} : Hashes{NaiveRoot(d)};
  const std::size_t k = Split(d.size());
  if (m <= k) return With(NaiveSubproof(m, Slice(d, 0, k), b), NaiveRoot(Slice(d, k, d.size())));
  return With(NaiveSubproof(m - k, Slice(d, k, d.size()), false), NaiveRoot(Slice(d, 0, k)));
}

// The perfect subtrees of the leaves, for those who store them.
inline NodeSource SourceOf(const Hashes& d) {
  return [&d](const NodeId& node) -> absl::StatusOr<std::string> {
    const std::size_t count = std::size_t{1} << node.level;
    const std::size_t begin = node.index * count;
    if (begin + count > d.size()) return absl::OutOfRangeError("not in the tree");
    return NaiveRoot(Slice(d, begin, begin + count));
  };
}

// `count` leaves that nobody could confuse.
inline Hashes Leaves(std::size_t count) {
  Hashes leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(LeafHash(absl::StrCat("leaf ", i)));
  return leaves;
}

inline std::string Hex(absl::string_view bytes) {
  return absl::BytesToHexString(bytes);
}
inline std::string Unhex(absl::string_view hex) {
  return absl::HexStringToBytes(hex);
}

// The eight leaves of the test vectors of Certificate Transparency, and the roots of the first n.
inline Hashes PublishedLeaves() {
  Hashes leaves;
  for (const char* data : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                           "606162636465666768696a6b6c6d6e6f"}) {
    leaves.push_back(LeafHash(Unhex(data)));
  }
  return leaves;
}
inline constexpr const char* kPublishedRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

}  // namespace lumbung::log::testing

#endif  // LUMBUNG_TESTS_LEDGER_LOG_NAIVE_TREE_H_
