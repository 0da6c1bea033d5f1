// One HTTP request to an identity provider: in TLS, without following it elsewhere, and bounded in
// time and size.
#ifndef LUMBUNG_SERVICES_IDENTITY_OIDC_HTTP_FETCH_H_
#define LUMBUNG_SERVICES_IDENTITY_OIDC_HTTP_FETCH_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace lumbung::identity {

inline constexpr std::size_t kMaxFetchedBytes = 256 * 1'024;

struct FetchRequest {
  std::string url;
  // Form fields, encoded; empty for GET.
  std::string form = "";
  // "user:password" for basic authentication, encoded; empty for none.
  std::string basic = "";
  // Empty for the system's.
  std::string ca_file = "";
  absl::Duration timeout = absl::Seconds(10);
};

struct FetchResponse {
  int status = 0;
  std::string body;
};

// UNAVAILABLE: PROVIDER_UNREACHABLE. Also when the answer is too large or too slow; other statuses
// than 200 are answers.
using Fetch = std::function<absl::StatusOr<FetchResponse>(const FetchRequest& request)>;
absl::StatusOr<FetchResponse> FetchByHttp(const FetchRequest& request);

// As form fields and query parameters are written.
std::string UrlEncode(const std::string& text);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_OIDC_HTTP_FETCH_H_
