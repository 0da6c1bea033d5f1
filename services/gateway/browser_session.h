// The session of a browser: the token of a sign-in is kept in a cookie that no script can read, and
// a request that brings the cookie must come from a page of this server.
//
// A page asks for it by the header `Lumbung-Session: cookie` when it signs in; the answer then has
// the cookie in place of the token. Programs keep their token themselves and have no need of this.
#ifndef LUMBUNG_SERVICES_GATEWAY_BROWSER_SESSION_H_
#define LUMBUNG_SERVICES_GATEWAY_BROWSER_SESSION_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/gateway/http_message.h"

namespace lumbung::gateway {

inline constexpr char kSessionCookie[] = "lumbung_session";

// What a request has to do with the cookie.
struct BrowserSession {
  // The caller is known by the cookie alone.
  bool by_cookie = false;
  // A sign-in whose token goes into the cookie.
  bool wants_cookie = false;
};

// Puts the cookie's token into `Authorization`, unless the request has one. Refuses what another
// site may have sent by a user's browser (PERMISSION_DENIED): CROSS_SITE. Sec-Fetch-Site decides
// where the browser sends it, then Origin against Host, then Connect-Protocol-Version, a header
// that a page of another site cannot set. INVALID_COOKIE when there are two.
absl::Status AdmitBrowser(HttpRequest* request, BrowserSession* session);

// Whether the answer to this path brings a new token.
bool IsSignIn(absl::string_view path);
bool IsSignOut(absl::string_view path);

// Moves the token out of the message (a SignInResponse in binary) and says the cookie's header. ""
// when the message has no token.
std::string TakeCookie(std::string* sign_in_response, bool is_secure);

// The header that makes the browser forget the cookie.
std::string ForgottenCookie(bool is_secure);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_BROWSER_SESSION_H_
