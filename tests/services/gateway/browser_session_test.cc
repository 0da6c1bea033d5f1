#include "services/gateway/browser_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::gateway {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;
using ::testing::StartsWith;

constexpr char kSignIn[] = "/lumbung.identity.v1.IdentityService/SignIn";
constexpr char kOther[] = "/lumbung.ledger.v1.BooksService/ListBooks";

HttpRequest Request(const char* method, Headers headers, const char* target = kOther) {
  headers.emplace_back("Host", "localhost:8080");
  return {method, target, std::move(headers), ""};
}

Headers WithCookie(Headers headers) {
  headers.emplace_back("Cookie", "theme=dark; lumbung_session=abc_DEF-123");
  return headers;
}

TEST(BrowserSessionTest, TheCookieSaysWhoCalls) {
  HttpRequest request = Request("POST", WithCookie({{"Sec-Fetch-Site", "same-origin"}}));
  BrowserSession session;
  EXPECT_THAT(AdmitBrowser(&request, &session), IsOk());
  EXPECT_TRUE(session.by_cookie);
  EXPECT_EQ(FindHeader(request.headers, "Authorization"), "Bearer abc_DEF-123");
}

TEST(BrowserSessionTest, AProgramThatSaysWhoItIsNeedsNoCookie) {
  HttpRequest request = Request(
      "POST", WithCookie({{"Authorization", "Bearer own"}, {"Sec-Fetch-Site", "cross-site"}}));
  BrowserSession session;
  EXPECT_THAT(AdmitBrowser(&request, &session), IsOk());
  EXPECT_FALSE(session.by_cookie);
  EXPECT_EQ(FindHeader(request.headers, "Authorization"), "Bearer own");
}

// What browsers send in a user's name without the user, and what they send for our own pages.
TEST(BrowserSessionTest, OnlyOwnPagesUseTheCookie) {
  const struct {
    const char* what;
    const char* method;
    Headers headers;
    bool is_admitted;
  } kRows[] = {
      {"own page", "POST", {{"Sec-Fetch-Site", "same-origin"}}, true},
      {"own page, reading", "GET", {{"Sec-Fetch-Site", "same-origin"}}, true},
      {"typed by the user", "GET", {{"Sec-Fetch-Site", "none"}}, true},
      {"posted out of nowhere", "POST", {{"Sec-Fetch-Site", "none"}}, false},
      {"another port of this machine", "POST", {{"Sec-Fetch-Site", "same-site"}}, false},
      {"another site", "POST", {{"Sec-Fetch-Site", "cross-site"}}, false},
      {"another site, reading", "GET", {{"Sec-Fetch-Site", "cross-site"}}, false},
      {"another site that claims our origin",
       "POST",
       {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://localhost:8080"}},
       false},
      {"old browser, own page", "POST", {{"Origin", "http://localhost:8080"}}, true},
      {"old browser, other port", "POST", {{"Origin", "http://localhost:9090"}}, false},
      {"old browser, other site", "POST", {{"Origin", "https://evil.example"}}, false},
      {"sandboxed page", "POST", {{"Origin", "null"}}, false},
      {"neither header, a plain form", "POST", {}, false},
      {"neither header, but one that forms cannot set",
       "POST",
       {{"Connect-Protocol-Version", "1"}},
       true},
  };
  for (const auto& row : kRows) {
    HttpRequest request = Request(row.method, WithCookie(row.headers));
    BrowserSession session;
    const absl::Status status = AdmitBrowser(&request, &session);
    if (row.is_admitted) {
      EXPECT_THAT(status, IsOk()) << row.what;
    } else {
      EXPECT_THAT(status, Refuses("CROSS_SITE")) << row.what;
      EXPECT_EQ(FindHeader(request.headers, "Authorization"), "") << row.what;
    }
  }
}

// Browsers show certificates without being asked by the page.
TEST(BrowserSessionTest, ACertificateInABrowserIsForOwnPagesToo) {
  BrowserSession session;
  HttpRequest system = Request("POST", {});
  system.client_certificate = "ab";
  EXPECT_THAT(AdmitBrowser(&system, &session), IsOk());
  HttpRequest foreign = Request("POST", {{"Sec-Fetch-Site", "cross-site"}});
  foreign.client_certificate = "ab";
  EXPECT_THAT(AdmitBrowser(&foreign, &session), Refuses("CROSS_SITE"));
  HttpRequest own = Request("POST", {{"Sec-Fetch-Site", "same-origin"}});
  own.client_certificate = "ab";
  EXPECT_THAT(AdmitBrowser(&own, &session), IsOk());
}

TEST(BrowserSessionTest, WithoutTheCookieNothingIsAsked) {
  HttpRequest request = Request("POST", {{"Sec-Fetch-Site", "cross-site"}});
  BrowserSession session;
  EXPECT_THAT(AdmitBrowser(&request, &session), IsOk());
  EXPECT_EQ(FindHeader(request.headers, "Authorization"), "");
}

// Another site must not sign its victim in as somebody else.
TEST(BrowserSessionTest, SigningInIsForOwnPagesToo) {
  BrowserSession session;
  HttpRequest own = Request(
      "POST", WithCookie({{"Lumbung-Session", "cookie"}, {"Sec-Fetch-Site", "same-origin"}}),
      kSignIn);
  EXPECT_THAT(AdmitBrowser(&own, &session), IsOk());
  EXPECT_TRUE(session.wants_cookie);
  EXPECT_EQ(FindHeader(own.headers, "Authorization"), "");
  HttpRequest foreign =
      Request("POST", {{"Lumbung-Session", "cookie"}, {"Sec-Fetch-Site", "cross-site"}}, kSignIn);
  EXPECT_THAT(AdmitBrowser(&foreign, &session), Refuses("CROSS_SITE"));
  HttpRequest program = Request("POST", {}, kSignIn);
  EXPECT_THAT(AdmitBrowser(&program, &session), IsOk());
  EXPECT_FALSE(session.wants_cookie);
}

TEST(BrowserSessionTest, TwoCookiesAreAGuess) {
  for (const char* cookies :
       {"lumbung_session=a; lumbung_session=b", "lumbung_session=a\tb", "lumbung_session=\"a\""}) {
    HttpRequest request = Request("POST", {{"Cookie", cookies}, {"Sec-Fetch-Site", "same-origin"}});
    BrowserSession session;
    EXPECT_THAT(AdmitBrowser(&request, &session), Refuses("INVALID_COOKIE")) << cookies;
  }
}

TEST(BrowserSessionTest, TheTokenGoesIntoTheCookieAndNowhereElse) {
  identity::v1::SignInResponse response;
  response.set_token("abc");
  response.mutable_person()->set_display_name("Siti");
  response.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) + 3'600);
  std::string binary = response.SerializeAsString();
  const std::string cookie = TakeCookie(&binary, /*is_secure=*/true);
  EXPECT_THAT(
      cookie,
      StartsWith("lumbung_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age="));
  identity::v1::SignInResponse left;
  ASSERT_TRUE(left.ParseFromString(binary));
  EXPECT_EQ(left.token(), "");
  EXPECT_EQ(left.person().display_name(), "Siti");
  EXPECT_EQ(ForgottenCookie(/*is_secure=*/false),
            "lumbung_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

}  // namespace
}  // namespace lumbung::gateway
