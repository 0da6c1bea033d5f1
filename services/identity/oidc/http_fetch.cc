#include "services/identity/oidc/http_fetch.h"

#include <memory>
#include <mutex>

#include <curl/curl.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/identity/oidc/provider_settings.h"

namespace lumbung::identity {
namespace {

struct Body {
  std::string bytes;
  bool is_too_large = false;
};

// The library's way to take what arrives; fewer bytes than given end the transfer.
std::size_t Take(char* data, std::size_t size, std::size_t count, void* body) {
  auto* const own = static_cast<Body*>(body);
  if (own->bytes.size() + size * count > kMaxFetchedBytes) {
    own->is_too_large = true;
    return 0;
  }
  own->bytes.append(data, size * count);
  return size * count;
}

void InitializeOnce() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

absl::Status Unreachable(absl::string_view url, absl::string_view problem) {
  return Refusal(absl::StatusCode::kUnavailable, "PROVIDER_UNREACHABLE", "",
                 absl::StrCat("the identity provider does not answer at ", url, ": ", problem));
}

}  // namespace

absl::StatusOr<FetchResponse> FetchByHttp(const FetchRequest& request) {
  InitializeOnce();
  if (!IsSafeUrl(request.url)) return Unreachable(request.url, "this is no https:// address");
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (curl == nullptr) return Unreachable(request.url, "no memory");
  Body body;
  const auto set = [&curl](CURLoption option, auto value) {
    curl_easy_setopt(curl.get(), option, value);
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, absl::StartsWith(request.url, "https://") ? "https" : "http");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(request.timeout)));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_WRITEFUNCTION, Take);
  set(CURLOPT_WRITEDATA, &body);
  if (!request.ca_file.empty()) set(CURLOPT_CAINFO, request.ca_file.c_str());
  if (!request.form.empty()) set(CURLOPT_COPYPOSTFIELDS, request.form.c_str());
  if (!request.basic.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERPWD, request.basic.c_str());
  }
  const CURLcode result = curl_easy_perform(curl.get());
  if (body.is_too_large) {
    return Unreachable(request.url, absl::StrCat("more than ", kMaxFetchedBytes, " bytes"));
  }
  if (result != CURLE_OK) return Unreachable(request.url, curl_easy_strerror(result));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  return FetchResponse{static_cast<int>(status), std::move(body.bytes)};
}

std::string UrlEncode(const std::string& text) {
  InitializeOnce();
  char* const encoded = curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()));
  std::string result(encoded == nullptr ? "" : encoded);
  curl_free(encoded);
  return result;
}

}  // namespace lumbung::identity
