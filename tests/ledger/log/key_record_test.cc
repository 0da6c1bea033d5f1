#include "ledger/log/key_record.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

constexpr char kOrigin[] = "lumbung/log";
const absl::Time kTime = absl::FromUnixSeconds(1'700'000'000);

SigningKey Key(char fill) {
  return SigningKey::FromSeed(std::string(kSeedBytes, fill)).value();
}
VerifierKey Verifier(char fill) {
  return Key(fill).Verifier(kOrigin, KeyType::kLog);
}
std::string First(char key) {
  return CreateKeyRecord(kOrigin, Key(key), kTime).ToString();
}
std::string Rotation(char from, char to) {
  return RotateKeyRecord(kOrigin, Key(from), Key(to), kTime).ToString();
}

// INV-028.
TEST(KeyRecordTest, LeadsFromTheFirstKeyToTheLast) {
  EXPECT_EQ(FollowKeyRecords(Verifier('a'), {First('a')}).value(), Verifier('a'));
  EXPECT_EQ(
      FollowKeyRecords(Verifier('a'), {First('a'), Rotation('a', 'b'), Rotation('b', 'c')}).value(),
      Verifier('c'));
}

TEST(KeyRecordTest, RefusesAKeyThatNobodyHandedOver) {
  EXPECT_THAT(FollowKeyRecords(Verifier('a'), {First('b')}), Refuses("KEY_UNKNOWN"));
  EXPECT_THAT(FollowKeyRecords(Verifier('a'), {First('a'), First('b')}),
              Refuses("KEY_RECORD_OUT_OF_ORDER"));
  EXPECT_THAT(FollowKeyRecords(Verifier('a'), {Rotation('b', 'a')}),
              Refuses("KEY_RECORD_OUT_OF_ORDER"));
  EXPECT_THAT(FollowKeyRecords(Verifier('a'), {First('a'), Rotation('b', 'c')}),
              Refuses("KEY_RECORD_OUT_OF_ORDER"));
  EXPECT_THAT(FollowKeyRecords(Verifier('a'), {First('a'), Rotation('a', 'b'), Rotation('a', 'c')}),
              Refuses("KEY_RECORD_OUT_OF_ORDER"));
}

TEST(KeyRecordTest, BothKeysSignARotation) {
  for (const std::size_t missing : {0u, 1u}) {
    SignedNote note = RotateKeyRecord(kOrigin, Key('a'), Key('b'), kTime);
    note.signatures.erase(note.signatures.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_THAT(FollowKeyRecord(Verifier('a'), note.ToString()), Refuses("NOTE_UNSIGNED"));
  }
}

TEST(KeyRecordTest, RefusesEveryChangedBit) {
  const std::string text = Rotation('a', 'b');
  ASSERT_THAT(FollowKeyRecord(Verifier('a'), text), IsOk());
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(FollowKeyRecord(Verifier('a'), changed).ok()) << changed;
  }
}

TEST(KeyRecordTest, RefusesTheRecordOfAnotherLog) {
  const std::string other = RotateKeyRecord("lumbung/other", Key('a'), Key('b'), kTime).ToString();
  EXPECT_THAT(FollowKeyRecord(Verifier('a'), other), Refuses("KEY_RECORD_OUT_OF_ORDER"));
  EXPECT_THAT(FollowKeyRecord(Verifier('a'), First('a') + "x"), Refuses("NOTE_MALFORMED"));
}

}  // namespace
}  // namespace lumbung::log
