#include "ledger/log/followed_log.h"

#include <cstdint>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/key_record.h"
#include "ledger/log/merkle_tree.h"
#include "tests/ledger/log/naive_tree.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using testing::Hashes;
using testing::Leaves;
using testing::Slice;

constexpr char kOrigin[] = "lumbung/log";
const absl::Time kTime = absl::FromUnixSeconds(1'700'000'000);

SigningKey Key(char fill) {
  return SigningKey::FromSeed(std::string(kSeedBytes, fill)).value();
}
VerifierKey Verifier(char fill) {
  return Key(fill).Verifier(kOrigin, KeyType::kLog);
}

class FollowedLogTest : public ::testing::Test {
 protected:
  // The log of these leaves, as it presents itself.
  PresentedCheckpoint Present(const Hashes& leaves, char key = 'a') const {
    const Checkpoint checkpoint{kOrigin, leaves.size(), testing::NaiveRoot(leaves), {}};
    PresentedCheckpoint presented{SignCheckpoint(checkpoint, Key(key)).ToString(),
                                  {CreateKeyRecord(kOrigin, Key('a'), kTime).ToString()}};
    if (key != 'a') {
      presented.key_records.push_back(
          RotateKeyRecord(kOrigin, Key('a'), Key(key), kTime).ToString());
    }
    return presented;
  }
  absl::Status Advance(const Hashes& leaves, char key = 'a') {
    return followed_.Advance(Present(leaves, key), [&](std::uint64_t first, std::uint64_t second) {
      EXPECT_EQ(second, leaves.size());
      return ConsistencyProof(first, second, testing::SourceOf(leaves));
    });
  }

  const Hashes leaves_ = Leaves(20);
  FollowedLog followed_{Verifier('a')};
};

TEST_F(FollowedLogTest, GoesOnWithALogThatGrows) {
  for (const std::size_t size : {1u, 1u, 5u, 8u, 20u}) {
    ASSERT_THAT(Advance(Slice(leaves_, 0, size)), IsOk()) << size;
    EXPECT_EQ(followed_.last().size, size);
  }
}

TEST_F(FollowedLogTest, NoticesARollback) {
  ASSERT_THAT(Advance(leaves_), IsOk());
  EXPECT_THAT(Advance(Slice(leaves_, 0, 19)), Refuses("LOG_ROLLED_BACK"));
  EXPECT_EQ(followed_.last().size, 20u);
}

TEST_F(FollowedLogTest, NoticesARewrittenHistory) {
  ASSERT_THAT(Advance(Slice(leaves_, 0, 10)), IsOk());
  Hashes rewritten = leaves_;
  rewritten[3] = LeafHash("another entry");
  EXPECT_THAT(Advance(rewritten), Refuses("LOG_FORKED"));
  EXPECT_THAT(Advance(Slice(rewritten, 0, 10)), Refuses("LOG_FORKED"));
  EXPECT_THAT(Advance(leaves_), IsOk());
}

TEST_F(FollowedLogTest, FollowsTheKeyAndNoOther) {
  ASSERT_THAT(Advance(Slice(leaves_, 0, 5)), IsOk());
  ASSERT_THAT(Advance(Slice(leaves_, 0, 9), 'b'), IsOk());
  PresentedCheckpoint forged = Present(leaves_, 'b');
  forged.key_records = {CreateKeyRecord(kOrigin, Key('b'), kTime).ToString()};
  const auto no_proof = [](std::uint64_t, std::uint64_t) -> absl::StatusOr<Hashes> {
    return Hashes();
  };
  EXPECT_THAT(followed_.Advance(forged, no_proof), Refuses("KEY_UNKNOWN"));
  forged = Present(leaves_, 'b');
  forged.key_records.pop_back();
  EXPECT_THAT(followed_.Advance(forged, no_proof), Refuses("NOTE_UNSIGNED"));
  EXPECT_THAT(followed_.Advance({"nonsense", forged.key_records}, no_proof),
              Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(followed_.Advance(Present(leaves_), no_proof), Refuses("LOG_FORKED"));
  EXPECT_EQ(followed_.last().size, 9u);
}

TEST_F(FollowedLogTest, IsKeptAsText) {
  const std::string before = followed_.ToText();
  EXPECT_EQ(FollowedLog::FromText(before)->last().size, 0u);
  ASSERT_THAT(Advance(Slice(leaves_, 0, 7)), IsOk());
  const auto kept = FollowedLog::FromText(followed_.ToText());
  ASSERT_THAT(kept, IsOk());
  EXPECT_TRUE(kept->last() == followed_.last());
  EXPECT_EQ(kept->first_key(), Verifier('a'));
  EXPECT_EQ(kept->ToText(), followed_.ToText());
  for (const std::string& text : {std::string(), std::string("x\n"), before + "x",
                                  followed_.ToText().substr(10), "x" + followed_.ToText()}) {
    EXPECT_THAT(FollowedLog::FromText(text), Refuses("FOLLOWED_LOG_MALFORMED")) << text;
  }
}

}  // namespace
}  // namespace lumbung::log
