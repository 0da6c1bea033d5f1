#include "services/gateway/connect_error.h"

#include <cstddef>
#include <iterator>
#include <utility>

#include <google/protobuf/util/json_util.h>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "lumbung/common/v1/errors.pb.h"
#include "services/common/error_mapping.h"
#include "services/gateway/connect_codes.h"
#include "services/gateway/envelope.h"

namespace lumbung::gateway {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kUnknown = 2;

const ConnectCode& RowOf(grpc::StatusCode code) {
  const auto number = static_cast<std::size_t>(code);
  return kConnectCodes[number < std::size(kConnectCodes) ? number : kUnknown];
}

// The fields of a detail, for whoever reads the answer without the types at hand; null when
// unknown.
template <typename Message>
Json Readable(const std::string& bytes) {
  Message message;
  std::string text;
  if (!message.ParseFromString(bytes) ||
      !google::protobuf::util::MessageToJsonString(message, &text).ok()) {
    return nullptr;
  }
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

Json DetailJson(const google::protobuf::Any& detail) {
  const absl::string_view url = detail.type_url();
  const absl::string_view type = url.substr(url.rfind('/') + 1);
  const std::string padded = absl::Base64Escape(detail.value());
  const absl::string_view unpadded = absl::string_view(padded).substr(0, padded.find('='));
  Json json = {{"type", std::string(type)}, {"value", std::string(unpadded)}};
  Json readable;
  if (type == "google.rpc.ErrorInfo") readable = Readable<common::v1::ErrorInfo>(detail.value());
  if (type == "google.rpc.BadRequest") readable = Readable<common::v1::BadRequest>(detail.value());
  if (readable.is_object()) json["debug"] = std::move(readable);
  return json;
}

Json ErrorObject(const grpc::Status& status) {
  Json error = {{"code", std::string(ConnectCodeName(status.error_code()))}};
  if (!status.error_message().empty()) error["message"] = status.error_message();
  common::v1::RpcStatus details;
  if (details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : details.details()) {
      error["details"].push_back(DetailJson(detail));
    }
  }
  return error;
}

// The same call may succeed in a moment.
bool PassesSoon(const grpc::Status& status) {
  if (status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED) return false;
  common::v1::RpcStatus details;
  if (!details.ParseFromString(status.error_details())) return false;
  for (const google::protobuf::Any& detail : details.details()) {
    common::v1::ErrorInfo info;
    if (!absl::EndsWith(detail.type_url(), "/google.rpc.ErrorInfo")) continue;
    if (!info.ParseFromString(detail.value())) continue;
    if (info.reason() == "RATE_LIMITED" || info.reason() == "OVERLOADED") return true;
  }
  return false;
}

// A message that is no UTF-8 loses its bad bytes and not its client.
std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

absl::string_view ConnectCodeName(grpc::StatusCode code) {
  return RowOf(code).name;
}

int HttpStatusOf(grpc::StatusCode code) {
  return RowOf(code).http_status;
}

std::string ErrorJson(const grpc::Status& status) {
  return Dump(ErrorObject(status));
}

HttpResponse ErrorResponse(const grpc::Status& status) {
  HttpResponse response;
  response.status = HttpStatusOf(status.error_code());
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = ErrorJson(status);
  if (PassesSoon(status)) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse ErrorResponse(const absl::Status& status) {
  return ErrorResponse(ToGrpcStatus(status, ""));
}

std::string EndOfStream(const grpc::Status& status) {
  return Envelope(kEndOfStreamFlag, status.ok() ? "{}" : Dump({{"error", ErrorObject(status)}}));
}

}  // namespace lumbung::gateway
