#include "services/gateway/request_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace lumbung::gateway {
namespace {

std::vector<absl::string_view> AllOf(const Headers& headers, absl::string_view name) {
  std::vector<absl::string_view> values;
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(key, name)) values.push_back(value);
  }
  return values;
}

bool IsOwnHost(absl::string_view host, const std::vector<std::string>& host_names) {
  const std::size_t colon = host.rfind(':');
  // Not one of the colons in "[::1]".
  if (colon != absl::string_view::npos && !absl::StrContains(host.substr(colon), ']')) {
    const absl::string_view port = host.substr(colon + 1);
    if (!std::all_of(port.begin(), port.end(), absl::ascii_isdigit)) return false;
    host = host.substr(0, colon);
  }
  const std::string name = absl::AsciiStrToLower(host);
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]" ||
         std::find(host_names.begin(), host_names.end(), name) != host_names.end();
}

// One spelling for each path: nothing encoded, no empty or dotted parts.
bool IsStrictTarget(absl::string_view target) {
  if (!std::all_of(target.begin(), target.end(), absl::ascii_isgraph)) return false;
  const absl::string_view path = target.substr(0, target.find('?'));
  if (path.empty() || path.front() != '/' || absl::StrContains(target, '#')) return false;
  if (path == "/") return true;
  for (const absl::string_view part : absl::StrSplit(path.substr(1), '/')) {
    const bool is_plain = std::all_of(part.begin(), part.end(), [](unsigned char c) {
      return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
    });
    if (!is_plain || part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

}  // namespace

HttpResponse PlainAnswer(int status, absl::string_view text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, absl::StrCat(text, "\n")};
}

std::optional<HttpResponse> CheckRequestHead(int http_version, const HttpRequest& request,
                                             const std::vector<std::string>& host_names) {
  const Headers& headers = request.headers;
  if (http_version != 11) return PlainAnswer(505, "HTTP/1.1 is spoken here");
  const auto lengths = AllOf(headers, "Content-Length");
  const auto codings = AllOf(headers, "Transfer-Encoding");
  // "5, 5" is two lengths as well.
  const bool is_list = !lengths.empty() && absl::StrContains(lengths[0], ',');
  if (lengths.size() + codings.size() > 1 || is_list) {
    return PlainAnswer(400, "one Content-Length or one Transfer-Encoding is allowed");
  }
  if (!codings.empty() && !absl::EqualsIgnoreCase(codings[0], "chunked")) {
    return PlainAnswer(501, "\"chunked\" is the only Transfer-Encoding read here");
  }
  const bool has_body = !codings.empty() || (!lengths.empty() && lengths[0] != "0");
  if (has_body && request.method != "POST") {
    return PlainAnswer(400, "only POST has a body");
  }
  const auto hosts = AllOf(headers, "Host");
  if (hosts.size() != 1) return PlainAnswer(400, "exactly one Host is needed");
  if (!IsOwnHost(hosts[0], host_names)) {
    return PlainAnswer(421, "this server does not answer by that name");
  }
  if (!IsStrictTarget(request.target)) {
    return PlainAnswer(400, "paths are /package.Service/Method, with nothing encoded in them");
  }
  const auto expectations = AllOf(headers, "Expect");
  if (!expectations.empty() && !absl::EqualsIgnoreCase(expectations[0], "100-continue")) {
    return PlainAnswer(417, "100-continue is the only expectation that is met here");
  }
  return std::nullopt;
}

}  // namespace lumbung::gateway
