#include "services/identity/domain/secrets.h"

#include <random>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace lumbung::identity {
namespace {

using ::testing::MatchesRegex;

RandomBytes Seeded() {
  return [engine = std::mt19937(1)](char* bytes, std::size_t count) mutable {
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(engine());
  };
}

// FIPS 180-2, appendix B.
TEST(SecretsTest, HashesAsTheStandardSays) {
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(SecretsTest, SecretsHaveTheFormThatIsToldOfThem) {
  const RandomBytes random = Seeded();
  EXPECT_THAT(NewSessionToken(random), MatchesRegex("lbs_[A-Za-z0-9_-]{43}"));
  EXPECT_THAT(ToString(NewApiKey(random)), MatchesRegex("lbk_[a-z2-9]{12}_[A-Za-z0-9_-]{43}"));
  EXPECT_THAT(NewOneTimePassword(random), MatchesRegex("([a-kmnp-z2-9]{5}-){3}[a-kmnp-z2-9]{5}"));
  EXPECT_THAT(NewRecoveryCode(random), MatchesRegex("([a-kmnp-z2-9]{4}-){3}[a-kmnp-z2-9]{4}"));
}

TEST(SecretsTest, NoTwoAreEqual) {
  const RandomBytes random = Seeded();
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_TRUE(seen.insert(NewSessionToken(random)).second);
    EXPECT_TRUE(seen.insert(NewApiKey(random).prefix).second);
  }
}

TEST(SecretsTest, ReadsTheApiKeysItMakes) {
  const RandomBytes random = Seeded();
  for (int i = 0; i < 200; ++i) {
    const ApiKeyParts key = NewApiKey(random);
    const auto parsed = ParseApiKey(ToString(key));
    ASSERT_TRUE(parsed.has_value()) << ToString(key);
    EXPECT_EQ(parsed->prefix, key.prefix);
    EXPECT_EQ(parsed->secret, key.secret);
  }
  for (const char* text : {"", "lbk_", "lbk_abc_def", "lbs_abc"}) {
    EXPECT_FALSE(ParseApiKey(text).has_value()) << text;
  }
}

TEST(SecretsTest, RecoveryCodesMayBeTypedAnyWay) {
  EXPECT_EQ(NormalizedRecoveryCode("abcd-EFGH 2345-wxyz"), "abcdefgh2345wxyz");
  EXPECT_EQ(NormalizedRecoveryCode(std::string(1'000'000, 'a')).size(), 64u);
}

TEST(SecretsTest, ComparesWhole) {
  EXPECT_TRUE(AreEqualSecrets("abc", "abc"));
  EXPECT_FALSE(AreEqualSecrets("abc", "abd"));
  EXPECT_FALSE(AreEqualSecrets("abc", "ab"));
  EXPECT_TRUE(AreEqualSecrets("", ""));
}

}  // namespace
}  // namespace lumbung::identity
