#include "services/identity/api/oidc_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/identity/api/identity_fixture.h"
#include "tests/services/identity/oidc/fake_provider.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

constexpr char kBack[] = "https://keuangan.example/signed-in";

class OidcHandlersTest : public IdentityTest {
 protected:
  absl::StatusOr<v1::BeginOidcSignInResponse> Begin(const std::string& provider = "kantor",
                                                    const std::string& back = kBack) {
    CallScope call = Call("");
    v1::BeginOidcSignInRequest request;
    request.set_provider_id(provider);
    request.set_redirect_uri(back);
    return oidc_.BeginOidcSignIn(call, request);
  }
  absl::StatusOr<v1::SignInResponse> Complete(const std::string& sign_in, const std::string& state,
                                              const std::string& code) {
    CallScope call = Call("");
    v1::CompleteOidcSignInRequest request;
    request.set_sign_in(sign_in);
    request.set_state(state);
    request.set_code(code);
    return oidc_.CompleteOidcSignIn(call, request);
  }
  absl::StatusOr<v1::SignInResponse> SignInAs(const std::string& subject) {
    const auto begun = Begin();
    if (!begun.ok()) return begun.status();
    return Complete(begun->sign_in(), StateOf(*begun),
                    fake_.SignIn(begun->authorization_url(), subject));
  }
  static std::string StateOf(const v1::BeginOidcSignInResponse& begun) {
    return FakeProvider::Parameter(begun.authorization_url(), "state");
  }
  absl::StatusOr<v1::Person> Link(const std::string& user_name, const std::string& subject) {
    CallScope call = Call(admin_);
    v1::LinkIdentityRequest request;
    request.set_name("people/" + user_name);
    request.set_provider_id("kantor");
    request.set_subject(subject);
    return oidc_.LinkIdentity(call, request);
  }

  FakeProvider fake_{&now_};
  OidcHandlers oidc_{parts_, {FakeProvider::Settings()}, fake_.AsFetch()};
};

TEST_F(OidcHandlersTest, WhoIsLinkedSignsIn) {
  AddPerson("siti");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  const auto response = SignInAs("u-1");
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->person().user_name(), "siti");
  // The one-time password that nobody has used is no second way in.
  EXPECT_FALSE(response->must_change_password());
  EXPECT_EQ(Call(response->token()).access.actor, "siti");
  EXPECT_THAT(Trail(), Contains(HasSubstr("signInProviders/kantor")));
}

TEST_F(OidcHandlersTest, NobodyIsLetInByAnAddressOrAName) {
  AddPerson("siti");
  fake_.more_claims = {{"email", "siti@melati.example"}, {"preferred_username", "siti"}};
  EXPECT_THAT(SignInAs("siti"), Refuses("IDENTITY_NOT_LINKED"));
}

TEST_F(OidcHandlersTest, WhatWasBegunIsGoodOnceAndForTenMinutes) {
  AddPerson("siti");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  const auto begun = *Begin();
  const std::string code = fake_.SignIn(begun.authorization_url(), "u-1");
  EXPECT_THAT(Complete(begun.sign_in(), StateOf(begun), code), IsOk());
  EXPECT_THAT(Complete(begun.sign_in(), StateOf(begun), code), Refuses("SIGN_IN_EXPIRED"));

  const auto late = *Begin();
  now_ += absl::Minutes(10);
  EXPECT_THAT(
      Complete(late.sign_in(), StateOf(late), fake_.SignIn(late.authorization_url(), "u-1")),
      Refuses("SIGN_IN_EXPIRED"));
  EXPECT_THAT(Complete("made-up", "state", "code"), Refuses("SIGN_IN_EXPIRED"));
}

// A page that makes a victim's browser end what the attacker has begun.
TEST_F(OidcHandlersTest, TheStateOfAnotherSignInEndsIt) {
  AddPerson("siti");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  const auto own = *Begin();
  const auto other = *Begin();
  EXPECT_THAT(
      Complete(own.sign_in(), StateOf(other), fake_.SignIn(other.authorization_url(), "u-1")),
      Refuses("WRONG_STATE"));
  EXPECT_THAT(Complete(own.sign_in(), StateOf(own), fake_.SignIn(own.authorization_url(), "u-1")),
              Refuses("SIGN_IN_EXPIRED"));
}

TEST_F(OidcHandlersTest, GoesBackOnlyWhereTheOperatorSaid) {
  EXPECT_THAT(Begin("other"), RefusesAt("PROVIDER_NOT_FOUND", "provider_id"));
  for (const char* back : {"", "https://evil.example", "https://keuangan.example/signed-in/",
                           "https://keuangan.example/signed-in?x=1"}) {
    EXPECT_THAT(Begin("kantor", back), RefusesAt("REDIRECT_NOT_ALLOWED", "redirect_uri")) << back;
  }
}

TEST_F(OidcHandlersTest, OnePersonOfTheProviderIsOnePersonHere) {
  AddPerson("siti");
  AddPerson("budi");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  EXPECT_THAT(Link("budi", "u-1"), RefusesAt("IDENTITY_TAKEN", "subject"));
  EXPECT_THAT(Link("siti", "u-2"), IsOk());
  EXPECT_THAT(SignInAs("u-1"), Refuses("IDENTITY_NOT_LINKED"));
  EXPECT_THAT(Link("nobody", "u-3"), RefusesAt("PERSON_NOT_FOUND", "name"));
  EXPECT_THAT(Link("siti", ""), RefusesAt("INVALID_SUBJECT", "subject"));
  EXPECT_THAT(Link("siti", "a\nb"), RefusesAt("INVALID_SUBJECT", "subject"));
}

TEST_F(OidcHandlersTest, EndingTheLinkEndsTheSessions) {
  AddPerson("siti");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  const std::string token = SignInAs("u-1")->token();
  CallScope call = Call(admin_);
  v1::UnlinkIdentityRequest request;
  request.set_name("people/siti");
  const auto person = oidc_.UnlinkIdentity(call, request);
  ASSERT_THAT(person, IsOk());
  EXPECT_EQ(person->issuer(), "");
  EXPECT_FALSE(
      authenticator_.Authenticate({token, "melati", "10.1.2.3"}, absl::InfiniteFuture()).ok());
  EXPECT_THAT(SignInAs("u-1"), Refuses("IDENTITY_NOT_LINKED"));
}

TEST_F(OidcHandlersTest, ADisabledPersonStaysOut) {
  AddPerson("siti");
  ASSERT_THAT(Link("siti", "u-1"), IsOk());
  CallScope call = Call(admin_);
  v1::UpdatePersonRequest request;
  request.mutable_person()->set_name("people/siti");
  request.mutable_person()->set_disabled(true);
  request.add_update_paths("disabled");
  ASSERT_THAT(people_.UpdatePerson(call, request), IsOk());
  EXPECT_THAT(SignInAs("u-1"), Refuses("PERSON_DISABLED"));
}

}  // namespace
}  // namespace lumbung::identity
