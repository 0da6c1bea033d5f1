#include "ledger/log/signing_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::Refuses;

// Vector 1 of RFC 8032, section 7.1.
constexpr char kSeed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr char kPublic[] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr char kSignature[] =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6bd25bf5f0595bbe24655141438e7a100b";
// The example key of golang.org/x/mod/sumdb/note.
constexpr char kNeumann[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

SigningKey Key() {
  return SigningKey::FromSeed(absl::HexStringToBytes(kSeed)).value();
}

TEST(SigningKeyTest, SignsAsPublished) {
  EXPECT_EQ(absl::BytesToHexString(Key().public_key()), kPublic);
  EXPECT_EQ(absl::BytesToHexString(Key().Sign("")), kSignature);
  EXPECT_TRUE(Key().Verifier("log", KeyType::kLog).Verifies("", Key().Sign("")));
}

TEST(SigningKeyTest, ReadsAPublishedVerifierKey) {
  const VerifierKey key = VerifierKey::Parse(kNeumann).value();
  EXPECT_EQ(key.name, "PeterNeumann");
  EXPECT_EQ(key.id(), 0xc74f20a3);
  EXPECT_EQ(key.type, KeyType::kLog);
  EXPECT_EQ(key.ToString(), kNeumann);
}

TEST(SigningKeyTest, RefusesOtherSpellingsOfAVerifierKey) {
  const std::string text = kNeumann;
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(VerifierKey::Parse(changed).ok()) << changed;
  }
  for (const char* other : {"", "+", "++", "a+b", "a+00000000+", "a+c74f20a3+AR=="}) {
    EXPECT_THAT(VerifierKey::Parse(other).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_FALSE(VerifierKey::Parse(text + "\n").ok());
  EXPECT_FALSE(VerifierKey::Parse(text + " ").ok());
}

TEST(SigningKeyTest, TheIdDependsOnNameAndType) {
  const std::uint32_t id = Key().Verifier("log", KeyType::kLog).id();
  EXPECT_NE(Key().Verifier("other", KeyType::kLog).id(), id);
  EXPECT_NE(Key().Verifier("log", KeyType::kWitness).id(), id);
}

TEST(SigningKeyTest, KeepsItsSeedInALine) {
  const std::string line = Key().ToPrivateLine();
  EXPECT_EQ(SigningKey::Parse(line)->public_key(), Key().public_key());
  EXPECT_THAT(SigningKey::Parse(line.substr(1)), Refuses("INVALID_KEY"));
  EXPECT_THAT(SigningKey::Parse(line.substr(0, line.size() - 4)), Refuses("INVALID_KEY"));
  EXPECT_THAT(SigningKey::FromSeed("short"), Refuses("INVALID_KEY"));
}

TEST(SigningKeyTest, RefusesChangedSignatures) {
  const std::string signature = Key().Sign("text");
  const VerifierKey verifier = Key().Verifier("log", KeyType::kLog);
  ASSERT_TRUE(verifier.Verifies("text", signature));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    std::string changed = signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(verifier.Verifies("text", changed));
  }
  EXPECT_FALSE(verifier.Verifies("texts", signature));
  EXPECT_FALSE(verifier.Verifies("text", signature.substr(1)));
  EXPECT_FALSE(verifier.Verifies("text", ""));
}

TEST(SigningKeyTest, NamesAreShortAndPlain) {
  EXPECT_TRUE(IsKeyName("lumbung/yayasan/0b62"));
  for (const std::string& name :
       {std::string(), std::string("a b"), std::string("a+b"), std::string("a\n"),
        std::string("\xC3\xA9"), std::string(201, 'a')}) {
    EXPECT_FALSE(IsKeyName(name)) << name;
  }
}

}  // namespace
}  // namespace lumbung::log
