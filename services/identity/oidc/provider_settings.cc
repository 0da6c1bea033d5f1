#include "services/identity/oidc/provider_settings.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung::identity {
namespace {

using Json = nlohmann::json;

absl::Status Invalid(absl::string_view problem) {
  return InvalidArgument("INVALID_PROVIDERS", "", absl::StrCat("identity providers: ", problem));
}

bool IsId(absl::string_view id) {
  return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' || c == '_';
  });
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Invalid(absl::StrCat("cannot read ", path));
  return text.str();
}

// The text of a field; empty when there is none and it is not `required`.
absl::StatusOr<std::string> TextOf(const Json& object, const char* field, bool required) {
  const auto found = object.find(field);
  const bool is_there = found != object.end();
  if ((!is_there && required) || (is_there && !found->is_string())) {
    return Invalid(absl::StrCat("\"", field, "\" has to be a text"));
  }
  std::string text = is_there ? found->get<std::string>() : std::string();
  if (required && text.empty()) return Invalid(absl::StrCat("\"", field, "\" is empty"));
  return text;
}

absl::StatusOr<ProviderSettings> ParseOne(const Json& object) {
  if (!object.is_object()) return Invalid("an object for each provider is expected");
  for (const auto& [field, value] : object.items()) {
    static constexpr const char* kFields[] = {"id",        "display_name",       "issuer",
                                              "client_id", "client_secret_file", "redirect_uris",
                                              "ca_file"};
    if (std::find(std::begin(kFields), std::end(kFields), field) == std::end(kFields)) {
      return Invalid(absl::StrCat("there is no \"", field, "\""));
    }
  }
  ProviderSettings settings;
  LUMBUNG_ASSIGN_OR_RETURN(settings.id, TextOf(object, "id", true));
  if (!IsId(settings.id)) {
    return Invalid("\"id\" has 1 to 40 lower-case letters, digits, '-' and '_'");
  }
  LUMBUNG_ASSIGN_OR_RETURN(settings.display_name, TextOf(object, "display_name", false));
  if (settings.display_name.empty()) settings.display_name = settings.id;
  LUMBUNG_ASSIGN_OR_RETURN(settings.issuer, TextOf(object, "issuer", true));
  if (!IsSafeUrl(settings.issuer)) {
    return Invalid(absl::StrCat("the issuer ", settings.issuer, " has to be an https:// address"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(settings.client_id, TextOf(object, "client_id", true));
  LUMBUNG_ASSIGN_OR_RETURN(settings.ca_file, TextOf(object, "ca_file", false));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string secret_file,
                           TextOf(object, "client_secret_file", false));
  if (!secret_file.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::string secret, ReadFile(secret_file));
    settings.client_secret = std::string(absl::StripAsciiWhitespace(secret));
    if (settings.client_secret.empty()) return Invalid(absl::StrCat(secret_file, " is empty"));
  }
  const auto uris = object.find("redirect_uris");
  if (uris == object.end() || !uris->is_array() || uris->empty()) {
    return Invalid("\"redirect_uris\" has to be a list of addresses");
  }
  for (const Json& uri : *uris) {
    if (!uri.is_string() || !IsSafeUrl(uri.get<std::string>())) {
      return Invalid(absl::StrCat("the redirect address ", uri.dump(),
                                  " has to be https://, or http:// of this machine"));
    }
    settings.redirect_uris.push_back(uri);
  }
  return settings;
}

}  // namespace

bool IsSafeUrl(absl::string_view url) {
  if (absl::ConsumePrefix(&url, "https://")) return !url.empty() && url.front() != '/';
  if (!absl::ConsumePrefix(&url, "http://")) return false;
  const absl::string_view host = url.substr(0, url.find_first_of(":/?#"));
  // "localhost@evil.example" is a host behind a name.
  const absl::string_view authority = url.substr(0, url.find_first_of("/?#"));
  if (absl::StrContains(authority, '@') || absl::StrContains(authority, '\\')) return false;
  return host == "127.0.0.1" || host == "localhost" || absl::StartsWith(url, "[::1]");
}

absl::StatusOr<std::vector<ProviderSettings>> ParseProviderSettings(absl::string_view json) {
  const Json list = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) return Invalid("a list in JSON is expected");
  std::vector<ProviderSettings> providers;
  for (const Json& object : list) {
    LUMBUNG_ASSIGN_OR_RETURN(ProviderSettings settings, ParseOne(object));
    for (const ProviderSettings& other : providers) {
      if (other.id == settings.id || other.issuer == settings.issuer) {
        return Invalid(absl::StrCat("\"", settings.id, "\" is there twice"));
      }
    }
    providers.push_back(std::move(settings));
  }
  return providers;
}

absl::StatusOr<std::vector<ProviderSettings>> ReadProviderSettings(const std::string& file) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string json, ReadFile(file));
  return ParseProviderSettings(json);
}

}  // namespace lumbung::identity
