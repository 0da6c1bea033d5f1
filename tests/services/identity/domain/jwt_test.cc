#include "services/identity/domain/jwt.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using Json = nlohmann::json;
using testing::IsOk;
using testing::Refuses;

const absl::Time kNow = absl::FromUnixSeconds(1'781'524'800);
constexpr std::int64_t kNowSeconds = 1'781'524'800;
const JwtRules kRules{"https://idp.example", "lumbung", "n-1"};

// A provider with a key of each kind, made for this test.
class Provider {
 public:
  Provider() : rsa_(EVP_RSA_gen(2048)), small_(EVP_RSA_gen(1024)), ec_(EVP_EC_gen("P-256")) {}
  ~Provider() {
    for (EVP_PKEY* key : {rsa_, small_, ec_}) EVP_PKEY_free(key);
  }

  Json Jwks() const {
    return {{"keys",
             {Rsa(rsa_, "rsa"),
              Ec(),
              {{"kty", "oct"}, {"kid", "shared"}, {"k", absl::WebSafeBase64Escape("secret")}}}}};
  }
  Json SmallKey() const { return {{"keys", {Rsa(small_, "small")}}}; }

  std::string Sign(const Json& header, const Json& claims) const {
    const std::string part = absl::StrCat(absl::WebSafeBase64Escape(header.dump()), ".",
                                          absl::WebSafeBase64Escape(claims.dump()));
    return absl::StrCat(part, ".", absl::WebSafeBase64Escape(Signature(header, part)));
  }
  // The classic: the public key taken for the secret of an HMAC.
  std::string SignWithPublicKey(Json header, const Json& claims) const {
    header["alg"] = "HS256";
    const std::string secret = Jwks().dump();
    const std::string part = absl::StrCat(absl::WebSafeBase64Escape(header.dump()), ".",
                                          absl::WebSafeBase64Escape(claims.dump()));
    unsigned char digest[32];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(part.data()), part.size(), digest, &size);
    return absl::StrCat(
        part, ".",
        absl::WebSafeBase64Escape(absl::string_view(reinterpret_cast<char*>(digest), size)));
  }

 private:
  static std::string NumberOf(EVP_PKEY* key, const char* name, int width = 0) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    std::string bytes(static_cast<std::size_t>(width == 0 ? BN_num_bytes(number) : width), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    BN_free(number);
    return absl::WebSafeBase64Escape(bytes);
  }
  static Json Rsa(EVP_PKEY* key, const char* kid) {
    return {{"kty", "RSA"},
            {"kid", kid},
            {"use", "sig"},
            {"n", NumberOf(key, OSSL_PKEY_PARAM_RSA_N)},
            {"e", NumberOf(key, OSSL_PKEY_PARAM_RSA_E)}};
  }
  Json Ec() const {
    return {{"kty", "EC"},
            {"kid", "ec"},
            {"crv", "P-256"},
            {"alg", "ES256"},
            {"x", NumberOf(ec_, OSSL_PKEY_PARAM_EC_PUB_X, 32)},
            {"y", NumberOf(ec_, OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
  }
  std::string Signature(const Json& header, const std::string& part) const {
    const std::string alg = header.value("alg", "");
    if (alg == "none") return "";
    EVP_PKEY* const key = alg == "ES256" ? ec_ : rsa_;
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* settings = nullptr;
    EVP_DigestSignInit(context, &settings, EVP_sha256(), nullptr, key);
    if (alg == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = 512;
    std::string bytes(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(bytes.data()), &size,
                   reinterpret_cast<const unsigned char*>(part.data()), part.size());
    EVP_MD_CTX_free(context);
    bytes.resize(size);
    return alg == "ES256" ? SideBySide(bytes) : bytes;
  }
  static std::string SideBySide(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string bytes(64, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32);
    ECDSA_SIG_free(pair);
    return bytes;
  }

  EVP_PKEY* const rsa_;
  EVP_PKEY* const small_;
  EVP_PKEY* const ec_;
};

class JwtTest : public ::testing::Test {
 protected:
  static const Provider& ThisProvider() {
    static const auto* const kProvider = new Provider;
    return *kProvider;
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

  const Provider& provider_ = ThisProvider();
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
