#include "services/gateway/browser_session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "lumbung/identity/v1/identity_service.pb.h"

namespace lumbung::gateway {
namespace {

constexpr char kSignIn[] = "/lumbung.identity.v1.IdentityService/SignIn";
constexpr char kCompleteSignIn[] = "/lumbung.identity.v1.IdentityService/CompleteOidcSignIn";
constexpr char kSignOut[] = "/lumbung.identity.v1.IdentityService/SignOut";
constexpr char kCookieHeader[] = "Cookie";

// As tokens are made; anything else in the cookie is not ours.
bool IsToken(absl::string_view text) {
  return !text.empty() && text.size() <= 256 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
         });
}

absl::Status ReadCookie(const Headers& headers, std::optional<std::string>* token) {
  for (const auto& [name, value] : headers) {
    if (!absl::EqualsIgnoreCase(name, kCookieHeader)) continue;
    for (const absl::string_view part : absl::StrSplit(value, ';')) {
      const std::pair<absl::string_view, absl::string_view> pair =
          absl::StrSplit(absl::StripAsciiWhitespace(part), absl::MaxSplits('=', 1));
      // One without a value was forgotten.
      if (pair.first != kSessionCookie || pair.second.empty()) continue;
      // A second one was put there by somebody else, and nobody can tell which.
      if (token->has_value() || !IsToken(pair.second)) {
        return InvalidArgument("INVALID_COOKIE", "",
                               absl::StrCat("one cookie ", kSessionCookie, " is read here"));
      }
      *token = std::string(pair.second);
    }
  }
  return absl::OkStatus();
}

bool IsFromOwnPage(const HttpRequest& request) {
  const absl::string_view site = FindHeader(request.headers, "Sec-Fetch-Site");
  if (!site.empty()) {
    // "none" is what the user typed; that changes nothing.
    return site == "same-origin" || (site == "none" && request.method == "GET");
  }
  const absl::string_view origin = FindHeader(request.headers, "Origin");
  if (!origin.empty()) {
    const absl::string_view host = FindHeader(request.headers, "Host");
    const std::size_t slashes = origin.find("://");
    return slashes != absl::string_view::npos &&
           absl::EqualsIgnoreCase(origin.substr(slashes + 3), host);
  }
  return !FindHeader(request.headers, "Connect-Protocol-Version").empty();
}

bool IsFromBrowser(const HttpRequest& request) {
  return !FindHeader(request.headers, "Sec-Fetch-Site").empty() ||
         !FindHeader(request.headers, "Origin").empty();
}

std::string Attributes(bool is_secure) {
  return absl::StrCat("; Path=/; HttpOnly; SameSite=Strict", is_secure ? "; Secure" : "");
}

}  // namespace

absl::Status AdmitBrowser(HttpRequest* request, BrowserSession* session) {
  session->wants_cookie =
      IsSignIn(request->target) && FindHeader(request->headers, "Lumbung-Session") == "cookie";
  std::optional<std::string> token;
  // A program that says who it is needs no cookie, whatever its library sends along.
  if (FindHeader(request->headers, "Authorization").empty()) {
    LUMBUNG_RETURN_IF_ERROR(ReadCookie(request->headers, &token));
  }
  session->by_cookie = token.has_value();
  // A browser shows a certificate without being asked by the page, as it does with cookies.
  const bool by_certificate = !request->client_certificate.empty() && IsFromBrowser(*request) &&
                              FindHeader(request->headers, "Authorization").empty();
  if (!session->by_cookie && !session->wants_cookie && !by_certificate) return absl::OkStatus();
  if (!IsFromOwnPage(*request)) {
    return Refusal(
        absl::StatusCode::kPermissionDenied, "CROSS_SITE", "",
        "a request that a browser proves by itself has to come from a page of this server");
  }
  // Whoever signs in does not do so as somebody.
  if (token.has_value() && !session->wants_cookie) {
    request->headers.emplace_back("Authorization", absl::StrCat("Bearer ", *token));
  }
  return absl::OkStatus();
}

bool IsSignIn(absl::string_view path) {
  return path == kSignIn || path == kCompleteSignIn;
}

bool IsSignOut(absl::string_view path) {
  return path == kSignOut;
}

std::string TakeCookie(std::string* sign_in_response, bool is_secure) {
  identity::v1::SignInResponse message;
  if (!message.ParseFromString(*sign_in_response) || message.token().empty()) return "";
  const absl::Duration left = absl::FromUnixSeconds(message.expire_time().seconds()) - absl::Now();
  const std::string cookie =
      absl::StrCat(kSessionCookie, "=", message.token(), Attributes(is_secure),
                   "; Max-Age=", std::max<std::int64_t>(absl::ToInt64Seconds(left), 0));
  message.clear_token();
  *sign_in_response = message.SerializeAsString();
  return cookie;
}

std::string ForgottenCookie(bool is_secure) {
  return absl::StrCat(kSessionCookie, "=", Attributes(is_secure), "; Max-Age=0");
}

}  // namespace lumbung::gateway
