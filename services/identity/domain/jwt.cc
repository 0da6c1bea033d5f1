#include "services/identity/domain/jwt.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung::identity {
namespace {

using Json = nlohmann::json;

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using PublicKey = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using KeyParameters = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;

constexpr std::size_t kMaxClaimBytes = 1'024;
constexpr int kMinRsaBits = 2'048;
constexpr std::size_t kP256Bytes = 32;

enum class Algorithm { kRs256, kPs256, kEs256 };

struct NamedAlgorithm {
  absl::string_view name;
  Algorithm algorithm;
  bool is_rsa;
};
// There is no "none", and nothing that takes a public key for a shared secret.
constexpr NamedAlgorithm kAlgorithms[] = {{"RS256", Algorithm::kRs256, true},
                                          {"PS256", Algorithm::kPs256, true},
                                          {"ES256", Algorithm::kEs256, false}};

absl::Status Refused(absl::string_view reason, absl::string_view message) {
  return Refusal(absl::StatusCode::kUnauthenticated, reason, "", message);
}

// Base64 for URLs without padding, in the one way to write it.
std::optional<std::string> Decode(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes) || absl::WebSafeBase64Escape(bytes) != text) {
    return std::nullopt;
  }
  return bytes;
}

std::string TextOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// An object, or null.
Json ObjectFrom(absl::string_view text) {
  Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  return value.is_object() ? value : Json();
}

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

PublicKey KeyFrom(const char* type, const Builder& builder) {
  const KeyParameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return PublicKey(key);
}

PublicKey RsaKey(const Json& jwk) {
  const std::optional<std::string> modulus = Decode(TextOf(jwk, "n"));
  const std::optional<std::string> exponent = Decode(TextOf(jwk, "e"));
  if (!modulus || !exponent || modulus->size() > 1'024 || exponent->size() > 8) return nullptr;
  const Number n(BN_bin2bn(Bytes(*modulus), static_cast<int>(modulus->size()), nullptr));
  const Number e(BN_bin2bn(Bytes(*exponent), static_cast<int>(exponent->size()), nullptr));
  if (BN_num_bits(n.get()) < kMinRsaBits || BN_is_zero(e.get()) || BN_is_one(e.get())) {
    return nullptr;
  }
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return KeyFrom("RSA", builder);
}

// OpenSSL refuses a point that is not on the curve.
PublicKey P256Key(const Json& jwk) {
  const std::optional<std::string> x = Decode(TextOf(jwk, "x"));
  const std::optional<std::string> y = Decode(TextOf(jwk, "y"));
  if (TextOf(jwk, "crv") != "P-256" || !x || !y || x->size() != kP256Bytes ||
      y->size() != kP256Bytes) {
    return nullptr;
  }
  const std::string point = absl::StrCat("\x04", *x, *y);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return KeyFrom("EC", builder);
}

// r and s side by side become what OpenSSL reads.
std::optional<std::string> DerOf(absl::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return std::nullopt;
  const EcSignature pair(ECDSA_SIG_new());
  BIGNUM* const r = BN_bin2bn(Bytes(signature), kP256Bytes, nullptr);
  BIGNUM* const s = BN_bin2bn(Bytes(signature.substr(kP256Bytes)), kP256Bytes, nullptr);
  if (ECDSA_SIG_set0(pair.get(), r, s) != 1) return std::nullopt;
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return std::nullopt;
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

bool IsSignedBy(EVP_PKEY* key, Algorithm algorithm, absl::string_view signed_part,
                const std::string& signature) {
  const std::optional<std::string> proof =
      algorithm == Algorithm::kEs256 ? DerOf(signature) : signature;
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  if (!proof || EVP_DigestVerifyInit(context.get(), &settings, EVP_sha256(), nullptr, key) != 1) {
    return false;
  }
  if (algorithm == Algorithm::kPs256 &&
      (EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(), Bytes(*proof), proof->size(), Bytes(signed_part),
                          signed_part.size()) == 1;
}

// A claim in seconds since 1970; nothing when it is not there or no such number.
std::optional<absl::Time> TimeOf(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const auto seconds = found->get<double>();
  // The year 9999.
  if (!(seconds >= 0 && seconds < 253'402'300'800.0)) return std::nullopt;
  return absl::FromUnixSeconds(static_cast<std::int64_t>(seconds));
}

bool IsFor(const Json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_string()) return *found == audience;
  return found->is_array() &&
         std::find(found->begin(), found->end(), Json(audience)) != found->end();
}

}  // namespace

struct JwkSet::Key {
  std::string kid;
  // Otherwise on the curve P-256.
  bool is_rsa = false;
  // As the provider confines it, or empty.
  std::string algorithm;
  std::shared_ptr<EVP_PKEY> key;
};

absl::StatusOr<JwkSet> JwkSet::Parse(absl::string_view json) {
  const auto invalid = [](absl::string_view message) {
    return InvalidArgument("INVALID_JWKS", "", message);
  };
  if (json.size() > kMaxJwksBytes) return invalid("the provider's set of keys is too large");
  const Json document = ObjectFrom(json);
  const auto list = document.find("keys");
  if (!document.is_object() || list == document.end() || !list->is_array() ||
      list->size() > kMaxJwksKeys) {
    return invalid("this is no set of keys: {\"keys\": [...]} with at most 64 is expected");
  }
  JwkSet set;
  for (const Json& jwk : *list) {
    if (!jwk.is_object()) continue;
    const std::string use = TextOf(jwk, "use");
    if (!use.empty() && use != "sig") continue;
    auto key = std::make_shared<Key>();
    key->kid = TextOf(jwk, "kid");
    key->algorithm = TextOf(jwk, "alg");
    if (TextOf(jwk, "kty") == "RSA") {
      key->is_rsa = true;
      key->key = RsaKey(jwk);
    } else if (TextOf(jwk, "kty") == "EC") {
      key->key = P256Key(jwk);
    }
    if (key->key != nullptr) set.keys_.push_back(std::move(key));
  }
  if (set.keys_.empty()) return invalid("no key in the set is one that tokens may be signed with");
  return set;
}

const JwkSet::Key* JwkSet::Find(absl::string_view kid) const {
  for (const std::shared_ptr<const Key>& key : keys_) {
    if (key->kid == kid) return key.get();
  }
  return nullptr;
}

// The steps of VerifyJwt.
class JwtReader {
 public:
  static absl::StatusOr<Json> SignedClaims(absl::string_view token, const JwkSet& keys) {
    const absl::Status invalid = Refused("INVALID_TOKEN", "this is no signed token");
    if (token.size() > kMaxJwtBytes) return invalid;
    const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
    if (parts.size() != 3) return invalid;
    const std::optional<std::string> head = Decode(parts[0]);
    const std::optional<std::string> body = Decode(parts[1]);
    const std::optional<std::string> signature = Decode(parts[2]);
    if (!head || !body || !signature) return invalid;
    const Json header = ObjectFrom(*head);
    // What has to be understood and is not, is not passed over.
    if (!header.is_object() || header.contains("crit")) return invalid;
    const std::string name = TextOf(header, "alg");
    const auto algorithm =
        std::find_if(std::begin(kAlgorithms), std::end(kAlgorithms),
                     [&name](const NamedAlgorithm& known) { return known.name == name; });
    if (algorithm == std::end(kAlgorithms)) {
      return Refused("ALGORITHM_NOT_ALLOWED", "tokens are signed with RS256, PS256 or ES256");
    }
    const JwkSet::Key* const key = keys.Find(TextOf(header, "kid"));
    if (key == nullptr) return Refused("UNKNOWN_KEY", "the provider has no such key");
    if (key->is_rsa != algorithm->is_rsa || (!key->algorithm.empty() && key->algorithm != name)) {
      return Refused("ALGORITHM_NOT_ALLOWED", "the token's algorithm is not that of its key");
    }
    const absl::string_view signed_part = token.substr(0, parts[0].size() + 1 + parts[1].size());
    if (!IsSignedBy(key->key.get(), algorithm->algorithm, signed_part, *signature)) {
      return Refused("SIGNATURE_INVALID", "the token's signature is not the provider's");
    }
    Json claims = ObjectFrom(*body);
    if (!claims.is_object()) return invalid;
    return claims;
  }
};

absl::StatusOr<JwtClaims> VerifyJwt(absl::string_view token, const JwkSet& keys,
                                    const JwtRules& rules, absl::Time now) {
  LUMBUNG_ASSIGN_OR_RETURN(const Json claims, JwtReader::SignedClaims(token, keys));
  if (TextOf(claims, "iss") != rules.issuer) {
    return Refused("WRONG_ISSUER", "the token comes from another provider");
  }
  if (!IsFor(claims, rules.audience)) return Refused("WRONG_AUDIENCE", "the token is not for us");
  const std::optional<absl::Time> expires = TimeOf(claims, "exp");
  if (!expires || now >= *expires + kClockLeeway) {
    return Refused("TOKEN_EXPIRED", "the token is over");
  }
  for (const char* name : {"nbf", "iat"}) {
    const std::optional<absl::Time> from = TimeOf(claims, name);
    if (claims.contains(name) && (!from || *from > now + kClockLeeway)) {
      return Refused("TOKEN_NOT_YET_VALID", "the token is from the future");
    }
  }
  if (rules.nonce && TextOf(claims, "nonce") != *rules.nonce) {
    return Refused("WRONG_NONCE", "the token is of another sign-in");
  }
  JwtClaims result{rules.issuer, TextOf(claims, "sub"), *expires, TextOf(claims, "email"),
                   TextOf(claims, "name")};
  if (result.subject.empty() || result.subject.size() > kMaxClaimBytes) {
    return Refused("INVALID_TOKEN", "the token names nobody");
  }
  return result;
}

}  // namespace lumbung::identity
