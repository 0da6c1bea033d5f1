#include "services/identity/oidc/oidc_provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "tests/services/identity/oidc/fake_provider.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;

constexpr char kBack[] = "https://keuangan.example/signed-in";
constexpr char kMetadata[] = "https://idp.example/.well-known/openid-configuration";
constexpr char kKeys[] = "https://idp.example/keys";
const OidcSecrets kSecrets{"state-1", "nonce-1", "verifier-1"};

class OidcProviderTest : public ::testing::Test {
 protected:
  // Who signed in, when all goes its way.
  absl::StatusOr<JwtClaims> SignIn(const std::string& subject = "u-1") {
    const auto url = provider_.AuthorizationUrl(kSecrets, kBack);
    if (!url.ok()) return url.status();
    return provider_.Redeem(fake_.SignIn(*url, subject), kSecrets.verifier, kSecrets.nonce, kBack);
  }

  absl::Time now_ = absl::FromUnixSeconds(1'781'524'800);
  FakeProvider fake_{&now_};
  OidcProvider provider_{FakeProvider::Settings(), fake_.AsFetch(), [this] { return now_; }};
};

TEST_F(OidcProviderTest, SendsTheBrowserWithAChallengeAndKeepsTheVerifier) {
  const std::string url = *provider_.AuthorizationUrl(kSecrets, kBack);
  EXPECT_THAT(url, HasSubstr("https://idp.example/authorize?response_type=code&scope=openid"));
  EXPECT_EQ(FakeProvider::Parameter(url, "code_challenge_method"), "S256");
  EXPECT_EQ(FakeProvider::Parameter(url, "redirect_uri"),
            "https%3A%2F%2Fkeuangan.example%2Fsigned-in");
  EXPECT_THAT(url, Not(HasSubstr("verifier-1")));
}

TEST_F(OidcProviderTest, LearnsWhoSignedIn) {
  const auto claims = SignIn();
  ASSERT_THAT(claims, IsOk());
  EXPECT_EQ(claims->issuer, "https://idp.example");
  EXPECT_EQ(claims->subject, "u-1");
  EXPECT_EQ(fake_.last_token_request.basic, "");
  EXPECT_THAT(fake_.last_token_request.form, HasSubstr("&client_id=lumbung"));
}

TEST_F(OidcProviderTest, ProvesItselfWithItsSecret) {
  ProviderSettings settings = FakeProvider::Settings();
  settings.client_secret = "a:b";
  OidcProvider provider(settings, fake_.AsFetch(), [this] { return now_; });
  const std::string url = *provider.AuthorizationUrl(kSecrets, kBack);
  EXPECT_THAT(provider.Redeem(fake_.SignIn(url, "u-1"), kSecrets.verifier, kSecrets.nonce, kBack),
              IsOk());
  EXPECT_EQ(fake_.last_token_request.basic, "lumbung:a%3Ab");
}

TEST_F(OidcProviderTest, RefusesWhatIsNotOfThisSignIn) {
  const std::string url = *provider_.AuthorizationUrl(kSecrets, kBack);
  EXPECT_THAT(provider_.Redeem("guessed", kSecrets.verifier, kSecrets.nonce, kBack),
              Refuses("CODE_REFUSED"));
  // A code that was stolen is nothing without the verifier.
  EXPECT_THAT(provider_.Redeem(fake_.SignIn(url, "u-1"), "other", kSecrets.nonce, kBack),
              Refuses("CODE_REFUSED"));
  // A code of another sign-in, brought into this one.
  EXPECT_THAT(provider_.Redeem(fake_.SignIn(url, "u-1"), kSecrets.verifier, "nonce-2", kBack),
              Refuses("WRONG_NONCE"));
  EXPECT_THAT(provider_.Redeem("", kSecrets.verifier, kSecrets.nonce, kBack),
              Refuses("INVALID_CODE"));
  EXPECT_THAT(provider_.Redeem(std::string(5'000, 'c'), kSecrets.verifier, kSecrets.nonce, kBack),
              Refuses("INVALID_CODE"));
}

TEST_F(OidcProviderTest, RefusesTokensForOthers) {
  const struct {
    nlohmann::json claims;
    const char* reason;
  } kRows[] = {{{{"aud", "somebody"}}, "WRONG_AUDIENCE"},
               {{{"iss", "https://evil.example"}}, "WRONG_ISSUER"},
               {{{"exp", 1'000'000}}, "TOKEN_EXPIRED"}};
  for (const auto& row : kRows) {
    fake_.more_claims = row.claims;
    EXPECT_THAT(SignIn(), Refuses(row.reason));
  }
  fake_.more_claims = nlohmann::json::object();
  fake_.header["alg"] = "none";
  EXPECT_THAT(SignIn(), Refuses("ALGORITHM_NOT_ALLOWED"));
}

TEST_F(OidcProviderTest, FollowsTheProviderToNewKeys) {
  EXPECT_THAT(SignIn(), IsOk());
  fake_.RotateKeys();
  // The kid is the same, so this is a forgery as far as anybody can tell.
  EXPECT_THAT(SignIn(), Refuses("SIGNATURE_INVALID"));
  now_ += absl::Hours(2);
  EXPECT_THAT(SignIn(), IsOk());
}

TEST_F(OidcProviderTest, LooksForUnknownKeysNotTooOften) {
  fake_.header["kid"] = "made-up";
  for (int i = 0; i < 5; ++i) EXPECT_THAT(SignIn(), Refuses("UNKNOWN_KEY"));
  EXPECT_EQ(fake_.asked[kKeys], 1);
  now_ += absl::Minutes(1);
  EXPECT_THAT(SignIn(), Refuses("UNKNOWN_KEY"));
  EXPECT_EQ(fake_.asked[kKeys], 2);
  EXPECT_EQ(fake_.asked[kMetadata], 1);
}

TEST_F(OidcProviderTest, TrustsOnlyWhatTheIssuerSaysOfItself) {
  const struct {
    const char* field;
    nlohmann::json value;
  } kRows[] = {{"issuer", "https://evil.example"},
               {"token_endpoint", "http://idp.example/token"},
               {"jwks_uri", "file:///etc/passwd"},
               {"authorization_endpoint", ""},
               {"code_challenge_methods_supported", {"plain"}}};
  for (const auto& row : kRows) {
    FakeProvider fake(&now_);
    fake.metadata[row.field] = row.value;
    OidcProvider provider(FakeProvider::Settings(), fake.AsFetch(), [this] { return now_; });
    EXPECT_THAT(provider.AuthorizationUrl(kSecrets, kBack), Refuses("PROVIDER_MISCONFIGURED"))
        << row.field;
  }
  fake_.status = 404;
  EXPECT_THAT(provider_.AuthorizationUrl(kSecrets, kBack), Refuses("PROVIDER_MISCONFIGURED"));
  fake_.unreachable = Refusal(absl::StatusCode::kUnavailable, "PROVIDER_UNREACHABLE", "", "gone");
  EXPECT_THAT(provider_.AuthorizationUrl(kSecrets, kBack), Refuses("PROVIDER_UNREACHABLE"));
}

}  // namespace
}  // namespace lumbung::identity
