#include "services/identity/domain/jwt.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/services/identity/domain/signing_keys.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using Json = nlohmann::json;
using testing::IsOk;
using testing::Refuses;

const absl::Time kNow = absl::FromUnixSeconds(1'781'524'800);
constexpr std::int64_t kNowSeconds = 1'781'524'800;
const JwtRules kRules{"https://idp.example", "lumbung", "n-1"};

class JwtTest : public ::testing::Test {
 protected:
  static const SigningKeys& TheseKeys() {
    static const auto* const kKeys = new SigningKeys;
    return *kKeys;
  }
  static Json Header(const char* alg = "RS256") {
    return {{"alg", alg}, {"typ", "JWT"}, {"kid", std::string(alg) == "ES256" ? "ec" : "rsa"}};
  }
  static Json Claims() {
    return {{"iss", "https://idp.example"},
            {"aud", "lumbung"},
            {"sub", "u-1"},
            {"nonce", "n-1"},
            {"iat", kNowSeconds - 10},
            {"exp", kNowSeconds + 300},
            {"email", "siti@desa.id"},
            {"name", "Siti"}};
  }
  static Json With(Json object, const char* name, Json value) {
    object[name] = std::move(value);
    return object;
  }
  absl::StatusOr<JwtClaims> Verify(const std::string& token) {
    return VerifyJwt(token, *JwkSet::Parse(provider_.Jwks().dump()), kRules, kNow);
  }
  absl::StatusOr<JwtClaims> VerifyClaims(const Json& claims) {
    return Verify(provider_.Sign(Header(), claims));
  }

  const SigningKeys& provider_ = TheseKeys();
};

TEST_F(JwtTest, TakesEachOfItsAlgorithms) {
  for (const char* alg : {"RS256", "PS256", "ES256"}) {
    const auto claims = Verify(provider_.Sign(Header(alg), Claims()));
    ASSERT_THAT(claims, IsOk()) << alg;
    EXPECT_EQ(claims->subject, "u-1");
    EXPECT_EQ(claims->email, "siti@desa.id");
    EXPECT_EQ(claims->expires_at, kNow + absl::Minutes(5));
  }
}

TEST_F(JwtTest, TheAlgorithmIsNotTheTokensToChoose) {
  EXPECT_THAT(Verify(provider_.Sign(Header("none"), Claims())), Refuses("ALGORITHM_NOT_ALLOWED"));
  EXPECT_THAT(Verify(provider_.SignWithPublicKey(Header(), Claims())),
              Refuses("ALGORITHM_NOT_ALLOWED"));
  // Nor is the kind of key.
  EXPECT_THAT(Verify(provider_.Sign(With(Header("ES256"), "kid", "rsa"), Claims())),
              Refuses("ALGORITHM_NOT_ALLOWED"));
  EXPECT_THAT(Verify(provider_.Sign(With(Header("RS256"), "kid", "ec"), Claims())),
              Refuses("ALGORITHM_NOT_ALLOWED"));
  EXPECT_THAT(Verify(provider_.Sign(With(Header(), "kid", "shared"), Claims())),
              Refuses("UNKNOWN_KEY"));
  EXPECT_THAT(Verify(provider_.Sign(With(Header(), "kid", "other"), Claims())),
              Refuses("UNKNOWN_KEY"));
}

TEST_F(JwtTest, EverySignedByteCounts) {
  for (const char* alg : {"RS256", "PS256", "ES256"}) {
    const std::string token = provider_.Sign(Header(alg), Claims());
    const std::size_t body = token.find('.') + 1;
    const std::size_t signature = token.rfind('.') + 1;
    for (const std::size_t at : {body + 4, signature - 6, signature + 3, token.size() - 8}) {
      std::string changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      EXPECT_THAT(Verify(changed), Refuses("SIGNATURE_INVALID")) << alg << " at " << at;
    }
  }
  // One padding is not another.
  std::string as_other = provider_.Sign(Header("RS256"), Claims());
  const std::string other = provider_.Sign(Header("PS256"), Claims());
  as_other = other.substr(0, other.rfind('.')) + as_other.substr(as_other.rfind('.'));
  EXPECT_THAT(Verify(as_other), Refuses("SIGNATURE_INVALID"));
}

TEST_F(JwtTest, RefusesWhatIsNoToken) {
  const std::string token = provider_.Sign(Header(), Claims());
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("a.b"), token + ".x",
        token + "=", " " + token, token.substr(0, token.rfind('.')), std::string(10'000, 'a'),
        provider_.Sign(With(Header(), "crit", {"exp"}), Claims()),
        provider_.Sign(Header(), Json::array({1}))}) {
    EXPECT_THAT(Verify(text), Refuses("INVALID_TOKEN")) << text.substr(0, 80);
  }
}

TEST_F(JwtTest, TheTokenIsOurProvidersForUs) {
  EXPECT_THAT(VerifyClaims(With(Claims(), "iss", "https://idp.example/")), Refuses("WRONG_ISSUER"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "aud", "another")), Refuses("WRONG_AUDIENCE"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "aud", Json())), Refuses("WRONG_AUDIENCE"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "aud", {"another", "lumbung"})), IsOk());
  EXPECT_THAT(VerifyClaims(With(Claims(), "aud", {{"lumbung", 1}})), Refuses("WRONG_AUDIENCE"));
}

TEST_F(JwtTest, TheTokenIsOfNow) {
  EXPECT_THAT(VerifyClaims(With(Claims(), "exp", kNowSeconds - 59)), IsOk());
  EXPECT_THAT(VerifyClaims(With(Claims(), "exp", kNowSeconds - 60)), Refuses("TOKEN_EXPIRED"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "exp", Json())), Refuses("TOKEN_EXPIRED"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "exp", "9999999999")), Refuses("TOKEN_EXPIRED"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "exp", 1e300)), Refuses("TOKEN_EXPIRED"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "nbf", kNowSeconds + 60)), IsOk());
  EXPECT_THAT(VerifyClaims(With(Claims(), "nbf", kNowSeconds + 61)),
              Refuses("TOKEN_NOT_YET_VALID"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "iat", kNowSeconds + 61)),
              Refuses("TOKEN_NOT_YET_VALID"));
}

TEST_F(JwtTest, TheTokenIsOfThisSignIn) {
  EXPECT_THAT(VerifyClaims(With(Claims(), "nonce", "n-0")), Refuses("WRONG_NONCE"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "nonce", Json())), Refuses("WRONG_NONCE"));
  EXPECT_THAT(VerifyClaims(With(Claims(), "sub", "")), Refuses("INVALID_TOKEN"));
}

TEST_F(JwtTest, KeysThatAreTooWeakOrNoKeysAreLeftOut) {
  EXPECT_EQ(JwkSet::Parse(provider_.Jwks().dump())->size(), 2u);
  EXPECT_THAT(JwkSet::Parse(provider_.SmallKey().dump()), Refuses("INVALID_JWKS"));
  Json encrypting = provider_.Jwks();
  for (Json& key : encrypting["keys"]) key["use"] = "enc";
  EXPECT_THAT(JwkSet::Parse(encrypting.dump()), Refuses("INVALID_JWKS"));
  Json off_the_curve = provider_.Jwks();
  off_the_curve["keys"][1]["y"] = off_the_curve["keys"][1]["x"];
  EXPECT_EQ(JwkSet::Parse(off_the_curve.dump())->size(), 1u);
  Json many = {{"keys", Json::array()}};
  for (int i = 0; i < 65; ++i) many["keys"].push_back(provider_.Jwks()["keys"][0]);
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{}"), std::string("{\"keys\":{}}"),
        std::string(kMaxJwksBytes + 1, ' '), std::string(100'000, '['), many.dump()}) {
    EXPECT_THAT(JwkSet::Parse(text), Refuses("INVALID_JWKS")) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace lumbung::identity
