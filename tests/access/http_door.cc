#include "tests/access/http_door.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "services/gateway/envelope.h"
#include "tests/services/gateway/http_client.h"

namespace lumbung::testing {
namespace {

using Json = nlohmann::json;

absl::StatusCode CodeOf(const std::string& name) {
  if (name == "unauthenticated") return absl::StatusCode::kUnauthenticated;
  if (name == "permission_denied") return absl::StatusCode::kPermissionDenied;
  return absl::StatusCode::kUnknown;
}

absl::Status StatusOf(const Json& error) {
  std::string reason = "NO_REASON";
  if (error.contains("details")) {
    reason = error["details"][0].value("/debug/reason"_json_pointer, reason);
  }
  return Refusal(CodeOf(error.value("code", "")), reason, "", error.value("message", ""));
}

// The message of the last envelope.
Json EndOf(absl::string_view body) {
  absl::string_view last;
  while (body.size() >= 5) {
    std::size_t size = 0;
    for (int i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
    last = body.substr(5, size);
    body.remove_prefix(std::min(size + 5, body.size()));
  }
  return Json::parse(last, nullptr, /*allow_exceptions=*/false);
}

}  // namespace

absl::Status AskByHttp(std::uint16_t port, const std::string& path, bool gives_stream,
                       const std::string& token, const std::string& organization) {
  std::string headers;
  if (!token.empty()) absl::StrAppend(&headers, "Authorization: Bearer ", token, "\r\n");
  if (!organization.empty()) {
    absl::StrAppend(&headers, "Lumbung-Organization: ", organization, "\r\n");
  }
  HttpClient client(port);
  const gateway::HttpResponse response =
      gives_stream
          ? client.Post(path, "application/connect+proto", gateway::Envelope(0, ""), headers)
          : client.Post(path, "application/proto", "", headers);
  if (!gives_stream) {
    if (response.status == 200) return absl::OkStatus();
    return StatusOf(Json::parse(response.body, nullptr, /*allow_exceptions=*/false));
  }
  const Json end = EndOf(response.body);
  return end.contains("error") ? StatusOf(end["error"]) : absl::OkStatus();
}

}  // namespace lumbung::testing
