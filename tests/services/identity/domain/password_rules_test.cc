#include "services/identity/domain/password_rules.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

absl::Status Check(const std::string& password) {
  return ValidatePassword(password, "siti.rahayu", "new_password");
}

TEST(PasswordRulesTest, LengthCountsAndNothingElse) {
  EXPECT_THAT(Check("kuda terbang"), IsOk());
  EXPECT_THAT(Check("kuda terban"), RefusesAt("PASSWORD_TOO_SHORT", "new_password"));
  EXPECT_THAT(Check("semua huruf kecil saja"), IsOk());
  EXPECT_THAT(Check("Ab1! Ab2? x"), Refuses("PASSWORD_TOO_SHORT"));
  EXPECT_THAT(Check("kuda" + std::string(124, 'z')), IsOk());
  EXPECT_THAT(Check("kuda" + std::string(125, 'z')), Refuses("PASSWORD_TOO_LONG"));
  EXPECT_THAT(Check(std::string(1 << 20, 'z')), Refuses("PASSWORD_TOO_LONG"));
}

TEST(PasswordRulesTest, CharactersAreCountedNotBytes) {
  EXPECT_THAT(Check("ꦏꦸꦢꦠꦼꦂꦧꦁ"), Refuses("PASSWORD_TOO_SHORT"));
  EXPECT_THAT(Check("ꦏꦸꦢꦠꦼꦂꦧꦁꦱꦩꦤꦭ"), IsOk());
}

TEST(PasswordRulesTest, RefusesWhatIsNoText) {
  EXPECT_THAT(Check("kuda terbang\n"), Refuses("INVALID_TEXT"));
  EXPECT_THAT(Check("kuda terbang\xff"), Refuses("INVALID_TEXT"));
}

TEST(PasswordRulesTest, RefusesWhatIsTriedFirst) {
  for (const char* password :
       {"password1234", "Password-1234", "P A S S W O R D 1234", "123456789012", "bismillah123",
        "Katasandi1234", "aaaaaaaaaaaaaaa", "abababababab", "correct horse battery staple"}) {
    EXPECT_THAT(Check(password), Refuses("PASSWORD_TOO_COMMON")) << password;
  }
}

TEST(PasswordRulesTest, RefusesTheUserName) {
  EXPECT_THAT(Check("xx Siti.Rahayu xx"), Refuses("PASSWORD_CONTAINS_NAME"));
  EXPECT_THAT(ValidatePassword("bendungan siti tinggi", "siti@desa.id", ""),
              Refuses("PASSWORD_CONTAINS_NAME"));
  // A name of three letters is part of too much.
  EXPECT_THAT(ValidatePassword("kuda terbang tinggi", "ang", ""), IsOk());
}

TEST(PasswordRulesTest, NeverRepeatsThePassword) {
  EXPECT_EQ(Check("password1234").message().find("password1234"), absl::string_view::npos);
}

TEST(PasswordRulesTest, UserNamesAreTypedEasily) {
  for (const char* name : {"siti", "siti.rahayu", "9", "a_b-c", "siti@desa.id"}) {
    EXPECT_THAT(ValidateUserName(name, "user_name"), IsOk()) << name;
  }
  for (const std::string& name :
       {std::string(), std::string("Siti"), std::string(".siti"), std::string("siti rahayu"),
        std::string("siti/"), std::string(64, 'a'), std::string("sití")}) {
    EXPECT_THAT(ValidateUserName(name, "user_name"), RefusesAt("INVALID_USER_NAME", "user_name"))
        << name;
  }
}

}  // namespace
}  // namespace lumbung::identity
