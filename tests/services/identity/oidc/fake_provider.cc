#include "tests/services/identity/oidc/fake_provider.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/identity/domain/secrets.h"

namespace lumbung::identity {
namespace {

constexpr char kIssuer[] = "https://idp.example";

}  // namespace

FakeProvider::FakeProvider(const absl::Time* now)
    : metadata({{"issuer", kIssuer},
                {"authorization_endpoint", "https://idp.example/authorize"},
                {"token_endpoint", "https://idp.example/token"},
                {"jwks_uri", "https://idp.example/keys"},
                {"code_challenge_methods_supported", {"plain", "S256"}}}),
      header({{"alg", "RS256"}, {"kid", "rsa"}}),
      now_(now),
      keys_(std::make_unique<SigningKeys>()) {}

ProviderSettings FakeProvider::Settings() {
  ProviderSettings settings;
  settings.id = "kantor";
  settings.display_name = "Kantor pusat";
  settings.issuer = kIssuer;
  settings.client_id = "lumbung";
  settings.redirect_uris = {"https://keuangan.example/signed-in"};
  return settings;
}

Fetch FakeProvider::AsFetch() {
  return [this](const FetchRequest& request) -> absl::StatusOr<FetchResponse> {
    ++asked[request.url];
    if (!unreachable.ok()) return unreachable;
    if (absl::EndsWith(request.url, "/token")) return Token(request);
    if (absl::EndsWith(request.url, "/keys")) return FetchResponse{status, keys_->Jwks().dump()};
    return FetchResponse{status, metadata.dump()};
  };
}

std::string FakeProvider::SignIn(const std::string& authorization_url, const std::string& subject) {
  const std::string code = absl::StrCat("code-", codes_.size());
  codes_[code] = {subject, Parameter(authorization_url, "nonce"),
                  Parameter(authorization_url, "code_challenge")};
  return code;
}

std::string FakeProvider::Parameter(const std::string& url, const std::string& name) {
  const std::string query = url.substr(url.find('?') + 1);
  for (const absl::string_view part : absl::StrSplit(query, '&')) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.first == name) return std::string(pair.second);
  }
  return "";
}

FetchResponse FakeProvider::Token(const FetchRequest& request) {
  last_token_request = request;
  const auto found = codes_.find(Parameter("?" + request.form, "code"));
  const std::string verifier = Parameter("?" + request.form, "code_verifier");
  if (found == codes_.end() ||
      found->second.challenge != absl::WebSafeBase64Escape(Sha256(verifier))) {
    return {400, R"({"error": "invalid_grant"})"};
  }
  nlohmann::json claims = {{"iss", kIssuer},
                           {"aud", "lumbung"},
                           {"sub", found->second.subject},
                           {"nonce", found->second.nonce},
                           {"iat", absl::ToUnixSeconds(*now_)},
                           {"exp", absl::ToUnixSeconds(*now_) + 300}};
  claims.update(more_claims);
  codes_.erase(found);
  return {200, nlohmann::json({{"id_token", keys_->Sign(header, claims)}}).dump()};
}

}  // namespace lumbung::identity
