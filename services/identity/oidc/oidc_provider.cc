#include "services/identity/oidc/oidc_provider.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung::identity {
namespace {

using Json = nlohmann::json;

constexpr absl::Duration kKept = absl::Hours(1);
constexpr absl::Duration kBetweenLooks = absl::Seconds(30);
constexpr std::size_t kMaxCodeBytes = 4'096;

absl::Status Misconfigured(const ProviderSettings& settings, absl::string_view problem) {
  return FailedPrecondition(
      "PROVIDER_MISCONFIGURED", "",
      absl::StrCat("the identity provider \"", settings.id, "\" cannot be used: ", problem));
}

// RFC 7636: the hash of the verifier is shown first, the verifier itself when the code is redeemed.
std::string ChallengeOf(const std::string& verifier) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), hash);
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(hash), sizeof hash));
}

std::string TextOf(const Json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

bool Offers(const Json& object, const char* field, const char* value) {
  const auto found = object.find(field);
  if (found == object.end()) return true;  // Not said.
  return found->is_array() && std::find(found->begin(), found->end(), value) != found->end();
}

}  // namespace

OidcProvider::OidcProvider(ProviderSettings settings, Fetch fetch, std::function<absl::Time()> now)
    : settings_(std::move(settings)), fetch_(std::move(fetch)), now_(std::move(now)) {}

absl::StatusOr<std::string> OidcProvider::AuthorizationUrl(const OidcSecrets& secrets,
                                                           absl::string_view redirect_uri) {
  LUMBUNG_ASSIGN_OR_RETURN(const Metadata metadata, CurrentMetadata());
  const bool has_query = absl::StrContains(metadata.authorization_endpoint, '?');
  return absl::StrCat(metadata.authorization_endpoint, has_query ? "&" : "?",
                      "response_type=code&scope=openid&client_id=", UrlEncode(settings_.client_id),
                      "&redirect_uri=", UrlEncode(std::string(redirect_uri)),
                      "&state=", UrlEncode(secrets.state), "&nonce=", UrlEncode(secrets.nonce),
                      "&code_challenge_method=S256&code_challenge=", ChallengeOf(secrets.verifier));
}

absl::StatusOr<JwtClaims> OidcProvider::Redeem(const std::string& code, const std::string& verifier,
                                               const std::string& nonce,
                                               const std::string& redirect_uri) {
  if (code.empty() || code.size() > kMaxCodeBytes) {
    return InvalidArgument(
        "INVALID_CODE", "code",
        absl::StrCat("found ", code.size(), " bytes; 1 to ", kMaxCodeBytes, " are allowed"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Metadata metadata, CurrentMetadata());
  LUMBUNG_ASSIGN_OR_RETURN(const std::string token,
                           FetchIdToken(metadata, code, verifier, redirect_uri));
  LUMBUNG_ASSIGN_OR_RETURN(std::shared_ptr<const JwkSet> keys, CurrentKeys(metadata));
  const JwtRules rules{settings_.issuer, settings_.client_id, nonce};
  const absl::StatusOr<JwtClaims> claims = VerifyJwt(token, *keys, rules, now_());
  if (ReasonOf(claims.status()) != "UNKNOWN_KEY") return claims;
  LUMBUNG_ASSIGN_OR_RETURN(keys, NewerKeys(metadata));
  return VerifyJwt(token, *keys, rules, now_());
}

absl::StatusOr<OidcProvider::Metadata> OidcProvider::CurrentMetadata() {
  const absl::MutexLock lock(&mutex_);
  if (metadata_ && now_() - metadata_at_ < kKept) return *metadata_;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text,
                           FetchText(absl::StrCat(absl::StripSuffix(settings_.issuer, "/"),
                                                  "/.well-known/openid-configuration")));
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return Misconfigured(settings_, "it publishes no JSON");
  // What another issuer says must not pass for this one's.
  if (TextOf(json, "issuer") != settings_.issuer) {
    return Misconfigured(settings_, absl::StrCat("it calls itself \"", TextOf(json, "issuer"),
                                                 "\" and not \"", settings_.issuer, "\""));
  }
  if (!Offers(json, "code_challenge_methods_supported", "S256") ||
      !Offers(json, "response_types_supported", "code")) {
    return Misconfigured(settings_, "it offers no authorization codes with PKCE (S256)");
  }
  Metadata metadata{TextOf(json, "authorization_endpoint"), TextOf(json, "token_endpoint"),
                    TextOf(json, "jwks_uri")};
  for (const std::string& url :
       {metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri}) {
    if (!IsSafeUrl(url)) {
      return Misconfigured(settings_, absl::StrCat("\"", url, "\" is no https:// address"));
    }
  }
  metadata_ = metadata;
  metadata_at_ = now_();
  return metadata;
}

absl::StatusOr<std::shared_ptr<const JwkSet>> OidcProvider::CurrentKeys(const Metadata& metadata) {
  const absl::MutexLock lock(&mutex_);
  if (keys_ != nullptr && now_() - keys_at_ < kKept) return keys_;
  return FetchKeys(metadata);
}

absl::StatusOr<std::shared_ptr<const JwkSet>> OidcProvider::NewerKeys(const Metadata& metadata) {
  const absl::MutexLock lock(&mutex_);
  if (keys_ != nullptr && now_() - keys_at_ < kBetweenLooks) return keys_;
  return FetchKeys(metadata);
}

absl::StatusOr<std::shared_ptr<const JwkSet>> OidcProvider::FetchKeys(const Metadata& metadata) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text, FetchText(metadata.jwks_uri));
  absl::StatusOr<JwkSet> keys = JwkSet::Parse(text);
  if (!keys.ok()) return Misconfigured(settings_, keys.status().message());
  keys_ = std::make_shared<const JwkSet>(*std::move(keys));
  keys_at_ = now_();
  return keys_;
}

absl::StatusOr<std::string> OidcProvider::FetchText(const std::string& url) {
  FetchRequest request;
  request.url = url;
  request.ca_file = settings_.ca_file;
  LUMBUNG_ASSIGN_OR_RETURN(FetchResponse response, fetch_(request));
  if (response.status == 200) return std::move(response.body);
  return Misconfigured(settings_, absl::StrCat(url, " answers with status ", response.status));
}

absl::StatusOr<std::string> OidcProvider::FetchIdToken(const Metadata& metadata,
                                                       const std::string& code,
                                                       const std::string& verifier,
                                                       const std::string& redirect_uri) {
  FetchRequest request;
  request.url = metadata.token_endpoint;
  request.ca_file = settings_.ca_file;
  request.form = absl::StrCat("grant_type=authorization_code&code=", UrlEncode(code),
                              "&redirect_uri=", UrlEncode(redirect_uri),
                              "&code_verifier=", UrlEncode(verifier));
  if (settings_.client_secret.empty()) {
    absl::StrAppend(&request.form, "&client_id=", UrlEncode(settings_.client_id));
  } else {
    request.basic =
        absl::StrCat(UrlEncode(settings_.client_id), ":", UrlEncode(settings_.client_secret));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const FetchResponse response, fetch_(request));
  const Json json = Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  if (response.status != 200) {
    const std::string error = json.is_object() ? TextOf(json, "error") : "";
    // It is ours to mend when the provider does not know us.
    if (error == "invalid_client" || error == "unauthorized_client") {
      return Misconfigured(settings_, "it does not know this client or its secret");
    }
    return Refusal(absl::StatusCode::kUnauthenticated, "CODE_REFUSED", "code",
                   "the identity provider does not take this code; sign in again");
  }
  std::string token = json.is_object() ? TextOf(json, "id_token") : "";
  if (token.empty()) return Misconfigured(settings_, "it answers without an id_token");
  return token;
}

}  // namespace lumbung::identity
