#include "ledger/log/merkle_tree.h"

#include <map>
#include <random>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/merkle_verify.h"
#include "tests/ledger/log/naive_tree.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using ::testing::ElementsAre;
using testing::Hashes;
using testing::Hex;
using ::testing::IsEmpty;
using testing::kPublishedRoots;
using testing::Leaves;
using testing::SourceOf;

std::vector<std::string> InHex(const absl::StatusOr<std::vector<std::string>>& hashes) {
  std::vector<std::string> hex;
  for (const std::string& hash : hashes.value()) hex.push_back(Hex(hash));
  return hex;
}

TEST(MerkleTreeTest, HasThePublishedRoots) {
  const Hashes leaves = testing::PublishedLeaves();
  const NodeSource source = SourceOf(leaves);
  CompactRange range;
  for (std::uint64_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(Hex(RootHash(size, source).value()), kPublishedRoots[size]) << size;
    EXPECT_EQ(Hex(range.Root()), kPublishedRoots[size]) << size;
    if (size < leaves.size()) range.Append(leaves[size]);
  }
}

// Vectors of google/certificate-transparency, merkle_tree_test.
TEST(MerkleTreeTest, HasThePublishedProofs) {
  const Hashes leaves = testing::PublishedLeaves();
  const NodeSource source = SourceOf(leaves);
  const char* const k1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const char* const k23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const char* const k47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  const char* const k4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const char* const k45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  const char* const k67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  EXPECT_THAT(InHex(InclusionProof(0, 1, source)), IsEmpty());
  EXPECT_THAT(InHex(InclusionProof(0, 8, source)), ElementsAre(k1, k23, k47));
  EXPECT_THAT(InHex(InclusionProof(5, 8, source)), ElementsAre(k4, k67, kPublishedRoots[4]));
  EXPECT_THAT(InHex(InclusionProof(2, 3, source)), ElementsAre(kPublishedRoots[2]));
  EXPECT_THAT(InHex(InclusionProof(1, 5, source)), ElementsAre(kPublishedRoots[1], k23, k4));
  EXPECT_THAT(InHex(ConsistencyProof(1, 1, source)), IsEmpty());
  EXPECT_THAT(InHex(ConsistencyProof(1, 8, source)), ElementsAre(k1, k23, k47));
  EXPECT_THAT(InHex(ConsistencyProof(6, 8, source)), ElementsAre(k45, k67, kPublishedRoots[4]));
  EXPECT_THAT(InHex(ConsistencyProof(2, 5, source)), ElementsAre(k23, k4));
}

// Every leaf and every earlier size of every tree up to 70, against the RFC word for word.
TEST(MerkleTreeTest, AgreesWithTheNaiveModelForEverySize) {
  const Hashes all = Leaves(70);
  CompactRange range;
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const Hashes leaves = testing::Slice(all, 0, size);
    const NodeSource source = SourceOf(leaves);
    range.Append(all[size - 1]);
    const std::string root = testing::NaiveRoot(leaves);
    EXPECT_EQ(range.Root(), root);
    EXPECT_EQ(RootHash(size, source).value(), root);
    EXPECT_EQ(CompactRange::Load(size, source)->Root(), root);
    for (std::size_t i = 0; i < size; ++i) {
      const auto proof = InclusionProof(i, size, source);
      ASSERT_EQ(proof.value(), testing::NaivePath(i, leaves)) << i << " of " << size;
      ASSERT_THAT(VerifyInclusion(leaves[i], i, size, root, *proof), IsOk()) << i << " " << size;
    }
    for (std::size_t old = 1; old <= size; ++old) {
      const auto proof = ConsistencyProof(old, size, source);
      ASSERT_EQ(proof.value(), testing::NaiveSubproof(old, leaves, true)) << old << " " << size;
      const std::string old_root = testing::NaiveRoot(testing::Slice(leaves, 0, old));
      ASSERT_THAT(VerifyConsistency(old, old_root, size, root, *proof), IsOk())
          << old << " " << size;
    }
    EXPECT_THAT(ConsistencyProof(0, size, source).value(), IsEmpty());
    ASSERT_THAT(VerifyConsistency(0, EmptyRoot(), size, root, {}), IsOk());
  }
}

// What Append reports is all that proofs need.
TEST(MerkleTreeTest, ReportsEveryPerfectSubtreeOnce) {
  std::map<std::pair<int, std::uint64_t>, std::string> stored;
  CompactRange range;
  const Hashes leaves = Leaves(1000);
  for (const std::string& leaf : leaves) {
    range.Append(leaf, [&stored](const NodeId& node, const std::string& hash) {
      EXPECT_TRUE(stored.emplace(std::pair(node.level, node.index), hash).second);
    });
  }
  const NodeSource source = [&stored](const NodeId& node) -> absl::StatusOr<std::string> {
    return stored.at({node.level, node.index});
  };
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t size = 1 + random() % leaves.size();
    const std::uint64_t index = random() % size;
    const std::uint64_t old = 1 + random() % size;
    const std::string root = testing::NaiveRoot(testing::Slice(leaves, 0, size));
    const std::string old_root = testing::NaiveRoot(testing::Slice(leaves, 0, old));
    ASSERT_EQ(RootHash(size, source).value(), root);
    ASSERT_THAT(VerifyInclusion(leaves[index], index, size, root,
                                InclusionProof(index, size, source).value()),
                IsOk());
    ASSERT_THAT(
        VerifyConsistency(old, old_root, size, root, ConsistencyProof(old, size, source).value()),
        IsOk());
  }
}

TEST(MerkleTreeTest, ContinuesFromAStoredEdge) {
  const Hashes leaves = Leaves(200);
  for (std::size_t from = 0; from < leaves.size(); from += 7) {
    const Hashes stored = testing::Slice(leaves, 0, from);
    CompactRange range = CompactRange::Load(from, SourceOf(stored)).value();
    for (std::size_t i = from; i < leaves.size(); ++i) range.Append(leaves[i]);
    EXPECT_EQ(range.size(), leaves.size());
    EXPECT_EQ(range.Root(), testing::NaiveRoot(leaves)) << from;
  }
}

TEST(MerkleTreeTest, RefusesWhatIsNotInTheTree) {
  const Hashes leaves = Leaves(5);
  const NodeSource source = SourceOf(leaves);
  EXPECT_THAT(InclusionProof(5, 5, source), Refuses("PROOF_RANGE"));
  EXPECT_THAT(InclusionProof(0, 0, source), Refuses("PROOF_RANGE"));
  EXPECT_THAT(InclusionProof(0, kMaxTreeSize + 1, source), Refuses("PROOF_RANGE"));
  EXPECT_THAT(ConsistencyProof(6, 5, source), Refuses("PROOF_RANGE"));
}

TEST(MerkleTreeTest, HandsOnWhatItsSourceRefuses) {
  const NodeSource broken = [](const NodeId&) -> absl::StatusOr<std::string> {
    return absl::DataLossError("gone");
  };
  EXPECT_EQ(RootHash(5, broken).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(InclusionProof(1, 5, broken).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ConsistencyProof(3, 5, broken).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(CompactRange::Load(5, broken).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace lumbung::log
