#include "ledger/log/merkle_verify.h"

#include <functional>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/merkle_tree.h"
#include "tests/ledger/log/naive_tree.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using testing::Hashes;
using testing::Leaves;
using testing::NaivePath;
using testing::NaiveRoot;
using testing::NaiveSubproof;
using ::testing::Not;
using testing::Slice;

// Calls `visit` with the text changed in each of its bits.
void WithEachBitChanged(const std::string& text,
                        const std::function<void(const std::string&)>& visit) {
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    visit(changed);
  }
}

// Calls `visit` with every proof that is one hash longer, one shorter, has two hashes swapped, or a
// hash of another length.
void WithEachForgedShape(const Hashes& proof, const std::string& extra,
                         const std::function<void(const Hashes&)>& visit) {
  for (std::size_t at = 0; at <= proof.size(); ++at) {
    const auto here = static_cast<std::ptrdiff_t>(at);
    Hashes longer = proof;
    longer.insert(longer.begin() + here, extra);
    visit(longer);
    if (at == proof.size()) continue;
    Hashes shorter = proof;
    shorter.erase(shorter.begin() + here);
    visit(shorter);
    for (const std::string& other : {proof[at] + "x", proof[at].substr(1), std::string()}) {
      Hashes cut = proof;
      cut[at] = other;
      visit(cut);
    }
    for (std::size_t with = at + 1; with < proof.size(); ++with) {
      Hashes swapped = proof;
      std::swap(swapped[at], swapped[with]);
      visit(swapped);
    }
  }
}

class MerkleVerifyTest : public ::testing::TestWithParam<std::size_t> {
 protected:
  MerkleVerifyTest() : leaves_(Leaves(GetParam())), root_(NaiveRoot(leaves_)) {}
  std::size_t size() const { return GetParam(); }

  const Hashes leaves_;
  const std::string root_;
};

TEST_P(MerkleVerifyTest, RefusesEveryForgedInclusion) {
  for (std::size_t i = 0; i < size(); ++i) {
    const Hashes proof = NaivePath(i, leaves_);
    const auto verify = [&](const std::string& leaf, std::size_t index, std::size_t of,
                            const std::string& root, const Hashes& path) {
      return VerifyInclusion(leaf, index, of, root, path);
    };
    ASSERT_THAT(verify(leaves_[i], i, size(), root_, proof), IsOk());
    WithEachBitChanged(leaves_[i], [&](const std::string& leaf) {
      EXPECT_THAT(verify(leaf, i, size(), root_, proof), Refuses("PROOF_WRONG"));
    });
    WithEachBitChanged(root_, [&](const std::string& root) {
      EXPECT_THAT(verify(leaves_[i], i, size(), root, proof), Refuses("PROOF_WRONG"));
    });
    for (std::size_t at = 0; at < proof.size(); ++at) {
      WithEachBitChanged(proof[at], [&](const std::string& hash) {
        Hashes changed = proof;
        changed[at] = hash;
        EXPECT_THAT(verify(leaves_[i], i, size(), root_, changed), Refuses("PROOF_WRONG"));
      });
    }
    WithEachForgedShape(proof, leaves_[0], [&](const Hashes& forged) {
      EXPECT_THAT(verify(leaves_[i], i, size(), root_, forged), Not(IsOk()));
    });
    // The right proof at another place.
    for (std::size_t other = 0; other < 2 * size() + 2; ++other) {
      if (other != i) {
        EXPECT_THAT(verify(leaves_[i], other, size(), root_, proof), Not(IsOk()))
            << i << " as " << other;
      }
    }
    EXPECT_THAT(verify(leaves_[i].substr(1), i, size(), root_, proof), Refuses("PROOF_MALFORMED"));
    EXPECT_THAT(verify(leaves_[i], i, size(), root_ + "x", proof), Refuses("PROOF_MALFORMED"));
    EXPECT_THAT(verify(leaves_[i], i, 0, root_, proof), Refuses("PROOF_RANGE"));
    EXPECT_THAT(verify(leaves_[i], i, ~std::size_t{0}, root_, proof), Refuses("PROOF_RANGE"));
  }
}

TEST_P(MerkleVerifyTest, RefusesEveryForgedConsistency) {
  for (std::size_t old = 1; old <= size(); ++old) {
    const std::string old_root = NaiveRoot(Slice(leaves_, 0, old));
    const Hashes proof = NaiveSubproof(old, leaves_, true);
    ASSERT_THAT(VerifyConsistency(old, old_root, size(), root_, proof), IsOk());
    WithEachBitChanged(old_root, [&](const std::string& root) {
      EXPECT_THAT(VerifyConsistency(old, root, size(), root_, proof), Refuses("PROOF_WRONG"));
    });
    WithEachBitChanged(root_, [&](const std::string& root) {
      EXPECT_THAT(VerifyConsistency(old, old_root, size(), root, proof), Refuses("PROOF_WRONG"));
    });
    for (std::size_t at = 0; at < proof.size(); ++at) {
      WithEachBitChanged(proof[at], [&](const std::string& hash) {
        Hashes changed = proof;
        changed[at] = hash;
        EXPECT_THAT(VerifyConsistency(old, old_root, size(), root_, changed),
                    Refuses("PROOF_WRONG"));
      });
    }
    WithEachForgedShape(proof, leaves_[0], [&](const Hashes& forged) {
      EXPECT_THAT(VerifyConsistency(old, old_root, size(), root_, forged), Not(IsOk()));
    });
    for (std::size_t other = 0; other < 2 * size() + 2; ++other) {
      if (other != old) {
        EXPECT_THAT(VerifyConsistency(other, old_root, size(), root_, proof), Not(IsOk()))
            << old << " as " << other;
      }
    }
    EXPECT_THAT(VerifyConsistency(old, old_root, old - 1, root_, proof), Refuses("PROOF_RANGE"));
    EXPECT_THAT(VerifyConsistency(old, "short", size(), root_, proof), Refuses("PROOF_MALFORMED"));
  }
}

// A log that was written anew: same size or larger, another leaf somewhere in the old part.
TEST_P(MerkleVerifyTest, RefusesARewrittenHistory) {
  for (std::size_t old = 1; old <= size(); ++old) {
    const std::string old_root = NaiveRoot(Slice(leaves_, 0, old));
    for (std::size_t at = 0; at < old; ++at) {
      Hashes rewritten = leaves_;
      rewritten[at] = LeafHash("another entry");
      EXPECT_THAT(VerifyConsistency(old, old_root, size(), NaiveRoot(rewritten),
                                    NaiveSubproof(old, rewritten, true)),
                  Refuses("PROOF_WRONG"));
    }
    Hashes shortened = leaves_;
    shortened.erase(shortened.begin());
    if (old < size()) {
      EXPECT_THAT(VerifyConsistency(old, old_root, size() - 1, NaiveRoot(shortened),
                                    NaiveSubproof(old, shortened, true)),
                  Refuses("PROOF_WRONG"));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, MerkleVerifyTest,
                         ::testing::Values<std::size_t>(1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 21));

TEST(MerkleVerifyEmptyTest, AnEmptyTreeBeginsEveryTree) {
  const Hashes leaves = Leaves(3);
  const std::string root = NaiveRoot(leaves);
  EXPECT_THAT(VerifyConsistency(0, EmptyRoot(), 3, root, {}), IsOk());
  EXPECT_THAT(VerifyConsistency(0, EmptyRoot(), 0, EmptyRoot(), {}), IsOk());
  EXPECT_THAT(VerifyConsistency(0, root, 3, root, {}), Refuses("PROOF_WRONG"));
  EXPECT_THAT(VerifyConsistency(0, EmptyRoot(), 0, root, {}), Refuses("PROOF_WRONG"));
  EXPECT_THAT(VerifyConsistency(0, EmptyRoot(), 3, root, {root}), Refuses("PROOF_MALFORMED"));
}

}  // namespace
}  // namespace lumbung::log
