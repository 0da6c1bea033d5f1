#include "services/identity/domain/password_hash.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"

namespace lumbung::identity {
namespace {

using ::testing::StartsWith;

constexpr char kSalt[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr char kOtherSalt[16] = {};

TEST(PasswordHashTest, VerifiesItsOwnPasswordAndNoOther) {
  const std::string hash = HashPassword("tiga ekor kuda nil", kSalt).value();
  EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(VerifyPassword(hash, "tiga ekor kuda nil"));
  EXPECT_FALSE(VerifyPassword(hash, "tiga ekor kuda nil "));
  EXPECT_FALSE(VerifyPassword(hash, ""));
  EXPECT_FALSE(NeedsRehash(hash));
}

TEST(PasswordHashTest, EqualPasswordsHaveUnequalHashes) {
  EXPECT_NE(HashPassword("tiga ekor kuda nil", kSalt).value(),
            HashPassword("tiga ekor kuda nil", kOtherSalt).value());
}

// Made with the reference implementation's command line:
// echo -n "password" | argon2 somesalt -id -t 2 -k 256 -p 1 -l 24 -e
TEST(PasswordHashTest, VerifiesAHashOfTheReferenceProgramAndAsksToRenewIt) {
  const std::string hash =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$79CPBBtFLAJe3yMqiKHvf7zwXFiecLBi";
  EXPECT_TRUE(VerifyPassword(hash, "password"));
  EXPECT_FALSE(VerifyPassword(hash, "passwore"));
  EXPECT_TRUE(NeedsRehash(hash));
}

TEST(PasswordHashTest, RefusesHashesThatWouldExhaustTheServer) {
  const std::string hash = HashPassword("tiga ekor kuda nil", kSalt).value();
  for (const char* parameters : {"m=999999999,t=2,p=1", "m=19456,t=999999999,p=1",
                                 "m=19456,t=2,p=255", "m=,t=,p=", "m=19456"}) {
    EXPECT_FALSE(VerifyPassword(absl::StrReplaceAll(hash, {{"m=19456,t=2,p=1", parameters}}),
                                "tiga ekor kuda nil"))
        << parameters;
  }
}

TEST(PasswordHashTest, NothingMatchesWhatIsNoHash) {
  const std::string hash = HashPassword("", kSalt).value();
  for (const std::string& damaged :
       {std::string(), std::string("secret"), hash.substr(0, hash.size() - 4),
        std::string("$argon2i$v=19$m=19456,t=2,p=1$"), std::string(10'000, '$')}) {
    EXPECT_FALSE(VerifyPassword(damaged, "")) << damaged.substr(0, 40);
  }
}

}  // namespace
}  // namespace lumbung::identity
