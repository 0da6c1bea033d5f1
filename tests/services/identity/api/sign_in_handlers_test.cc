#include "services/identity/api/sign_in_handlers.h"

#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "services/identity/domain/totp.h"
#include "tests/services/identity/api/identity_fixture.h"

namespace lumbung::identity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::Not;
using testing::Refuses;
using testing::RefusesAt;

class SignInTest : public IdentityTest {
 protected:
  // The bytes behind the Base32 of an enrolment.
  std::string Enroll(const std::string& token) {
    CallScope call = Call(token);
    const auto response = sign_in_.EnrollTotp(call, {});
    EXPECT_THAT(response, IsOk());
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : response.ok() ? response->secret() : "") {
      bits = bits << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
      if ((count += 5) >= 8) bytes += static_cast<char>(bits >> (count -= 8));
    }
    return bytes;
  }
  absl::StatusOr<v1::ConfirmTotpResponse> Confirm(const std::string& token,
                                                  const std::string& code) {
    CallScope call = Call(token);
    v1::ConfirmTotpRequest request;
    request.set_code(code);
    return sign_in_.ConfirmTotp(call, request);
  }
  std::string CodeAt(const std::string& secret, int steps = 0) {
    return TotpCode(secret, TotpStep(now_) + steps);
  }
};

TEST_F(SignInTest, AOneTimePasswordHasToBeChanged) {
  const std::string one_time = AddPerson("siti");
  const auto first = SignIn("siti", one_time);
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->must_change_password());
  CallScope call = Call(first->token());
  EXPECT_TRUE(call.access.must_change_password);

  v1::ChangePasswordRequest change;
  change.set_current_password(one_time);
  change.set_new_password("katasandi1234");
  EXPECT_THAT(sign_in_.ChangePassword(call, change),
              RefusesAt("PASSWORD_TOO_COMMON", "new_password"));
  change.set_new_password(one_time);
  EXPECT_THAT(sign_in_.ChangePassword(call, change), Refuses("PASSWORD_UNCHANGED"));
  change.set_new_password(kPassword);
  EXPECT_THAT(sign_in_.ChangePassword(call, change), IsOk());

  EXPECT_FALSE(Call(first->token()).access.must_change_password);
  EXPECT_THAT(SignIn("siti", one_time), Refuses("SIGN_IN_FAILED"));
  EXPECT_FALSE(SignIn("siti", kPassword)->must_change_password());
}

TEST_F(SignInTest, WhateverIsWrongTheAnswerIsTheSame) {
  Session("siti");
  const absl::Status wrong_password = SignIn("siti", "bukan kata sandinya").status();
  const absl::Status nobody = SignIn("nobody", kPassword).status();
  const absl::Status no_name = SignIn("Tidak Ada!", kPassword).status();
  EXPECT_THAT(wrong_password, Refuses("SIGN_IN_FAILED"));
  EXPECT_EQ(wrong_password, nobody);
  EXPECT_EQ(wrong_password, no_name);
  EXPECT_THAT(SignIn("siti", std::string(1 << 20, 'x')), Refuses("SIGN_IN_FAILED"));
}

TEST_F(SignInTest, GuessingIsSlowedDownAndARightPasswordOpensAfterTheWait) {
  Session("siti");
  for (int i = 0; i < 2; ++i) EXPECT_THAT(SignIn("siti", "salah"), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("siti", "salah"), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("siti", kPassword), Refuses("TOO_MANY_ATTEMPTS"));
  now_ += absl::Seconds(5);
  EXPECT_THAT(SignIn("siti", "salah"), Refuses("SIGN_IN_FAILED"));
  now_ += absl::Seconds(29);
  EXPECT_THAT(SignIn("siti", kPassword), Refuses("TOO_MANY_ATTEMPTS"));
  now_ += absl::Seconds(1);
  EXPECT_THAT(SignIn("siti", "salah"), Refuses("SIGN_IN_FAILED"));
  now_ += absl::Minutes(14);
  EXPECT_THAT(SignIn("siti", kPassword), Refuses("TOO_MANY_ATTEMPTS"));
  now_ += absl::Minutes(1);
  EXPECT_THAT(SignIn("siti", kPassword), IsOk());
  // A success clears the slate.
  EXPECT_THAT(SignIn("siti", "salah"), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("siti", kPassword), IsOk());
}

TEST_F(SignInTest, NamesThatDoNotExistAreSlowedDownLikewise) {
  for (int i = 0; i < 3; ++i) EXPECT_THAT(SignIn("nobody", "salah"), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("nobody", "salah"), Refuses("TOO_MANY_ATTEMPTS"));
}

TEST_F(SignInTest, AttemptsAtTheSameTimeAreCountedOneAfterTheOther) {
  Session("siti");
  std::vector<std::thread> guesses;
  std::vector<absl::Status> answers(6);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    guesses.emplace_back([this, &answers, i] { answers[i] = SignIn("siti", "salah").status(); });
  }
  for (std::thread& guess : guesses) guess.join();
  int failed = 0;
  for (const absl::Status& answer : answers) failed += ReasonOf(answer) == "SIGN_IN_FAILED";
  EXPECT_LE(failed, 3);
}

TEST_F(SignInTest, SignInsAreInTheTrailFailedOnesToo) {
  Session("siti");
  SignIn("siti", "salah").IgnoreError();
  const std::vector<std::string> trail = Trail();
  ASSERT_GE(trail.size(), 3u);
  EXPECT_EQ(trail[0], "sign_in people/siti SIGN_IN_FAILED");
  EXPECT_EQ(trail[2], "sign_in people/siti");
}

TEST_F(SignInTest, SigningOutEndsTheSessionAtOnce) {
  const std::string token = Session("siti");
  CallScope call = Call(token);
  EXPECT_THAT(sign_in_.SignOut(call, {}), IsOk());
  EXPECT_EQ(authenticator_.Cached({token, "melati", ""}), std::nullopt);
  EXPECT_THAT(authenticator_.Authenticate({token, "melati", ""}, call.deadline),
              Refuses("CREDENTIALS_REVOKED"));
}

TEST_F(SignInTest, ChangingThePasswordEndsTheOtherSessions) {
  const std::string one = Session("siti");
  const std::string other = SignIn("siti", kPassword)->token();
  CallScope call = Call(one);
  v1::ChangePasswordRequest change;
  change.set_current_password("salah sekali ini");
  change.set_new_password("sawah hijau membentang");
  EXPECT_THAT(sign_in_.ChangePassword(call, change),
              RefusesAt("SIGN_IN_FAILED", "current_password"));
  EXPECT_THAT(authenticator_.Authenticate({other, "", ""}, call.deadline), IsOk());
  change.set_current_password(kPassword);
  EXPECT_THAT(sign_in_.ChangePassword(call, change), IsOk());
  EXPECT_THAT(authenticator_.Authenticate({one, "", ""}, call.deadline), IsOk());
  EXPECT_THAT(authenticator_.Authenticate({other, "", ""}, call.deadline),
              Refuses("CREDENTIALS_REVOKED"));
}

TEST_F(SignInTest, CodesAreAskedForOnceTheDeviceIsProved) {
  const std::string token = Session("siti");
  EXPECT_THAT(Confirm(token, "123456"), Refuses("TOTP_NOT_BEGUN"));
  const std::string secret = Enroll(token);
  EXPECT_THAT(SignIn("siti", kPassword), IsOk());
  EXPECT_THAT(Confirm(token, "x"), RefusesAt("INVALID_CODE", "code"));
  const auto confirmed = Confirm(token, CodeAt(secret));
  ASSERT_THAT(confirmed, IsOk());
  EXPECT_EQ(confirmed->recovery_codes_size(), 10);

  EXPECT_THAT(SignIn("siti", kPassword), RefusesAt("TOTP_REQUIRED", "totp_code"));
  // The code that proved the device is used up.
  EXPECT_THAT(SignIn("siti", kPassword, CodeAt(secret)), Refuses("SIGN_IN_FAILED"));
  now_ += absl::Minutes(1);
  EXPECT_THAT(SignIn("siti", "salah", CodeAt(secret)), Refuses("SIGN_IN_FAILED"));
  now_ += absl::Minutes(1);
  EXPECT_THAT(SignIn("siti", kPassword, CodeAt(secret)), IsOk());
  EXPECT_THAT(SignIn("siti", kPassword, CodeAt(secret)), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("siti", kPassword, CodeAt(secret, -1)), Refuses("SIGN_IN_FAILED"));
}

TEST_F(SignInTest, ARecoveryCodeSignsInOnce) {
  const std::string token = Session("siti");
  const auto confirmed = Confirm(token, CodeAt(Enroll(token)));
  ASSERT_THAT(confirmed, IsOk());
  const std::string code = confirmed->recovery_codes(3);
  EXPECT_THAT(SignIn("siti", kPassword, "", code), IsOk());
  EXPECT_THAT(SignIn("siti", kPassword, "", code), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(SignIn("siti", kPassword, "", confirmed->recovery_codes(4)), IsOk());
}

TEST_F(SignInTest, AResetTakesPasswordCodesAndSessionsAway) {
  const std::string token = Session("siti");
  ASSERT_THAT(Confirm(token, CodeAt(Enroll(token))), IsOk());
  CallScope call = Call(admin_);
  v1::ResetPasswordRequest reset;
  reset.set_name("people/siti");
  const auto response = people_.ResetPassword(call, reset);
  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(authenticator_.Authenticate({token, "", ""}, call.deadline),
              Refuses("CREDENTIALS_REVOKED"));
  EXPECT_THAT(SignIn("siti", kPassword), Refuses("SIGN_IN_FAILED"));
  EXPECT_TRUE(SignIn("siti", response->one_time_password())->must_change_password());
}

TEST_F(SignInTest, TheServersOwnSessionAsksForNoPassword) {
  CallScope call = Call(admin_);
  EXPECT_FALSE(call.access.must_change_password);
  EXPECT_TRUE(call.access.platform_operator);
  const auto me = sign_in_.GetMe(call, {});
  ASSERT_THAT(me, IsOk());
  EXPECT_EQ(me->person().user_name(), "admin");
  EXPECT_THAT(me->organizations(), ElementsAre("melati"));
  ASSERT_EQ(me->grants_size(), 1);
  EXPECT_EQ(me->grants(0).role(), "organization_admin");
  EXPECT_THAT(me->permissions(), Contains("role.manage"));
  EXPECT_THAT(me->permissions(), Not(Contains("journal.post")));
}

}  // namespace
}  // namespace lumbung::identity
