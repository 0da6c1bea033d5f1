#include "services/common/error_mapping.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/errors.pb.h"

namespace lumbung {
namespace {

constexpr char kErrorInfoType[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestType[] = "type.googleapis.com/google.rpc.BadRequest";

void AddDetail(const char* type_url, const google::protobuf::MessageLite& detail,
               common::v1::RpcStatus* status) {
  google::protobuf::Any* any = status->add_details();
  any->set_type_url(type_url);
  any->set_value(detail.SerializeAsString());
}

// Trailers are limited to 8 KiB, and a message travels in them three times, encoded.
constexpr std::size_t kMaxMessageBytes = 1'200;

// The longest beginning of the text that fits and ends with a whole UTF-8 character.
std::string CutToFit(absl::string_view text) {
  if (text.size() <= kMaxMessageBytes) return std::string(text);
  std::size_t size = kMaxMessageBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return absl::StrCat(text.substr(0, size), " ...");
}

std::string MessageForClient(const absl::Status& status, absl::string_view call_id) {
  if (!IsOurFault(status.code())) return CutToFit(status.message());
  return absl::StrCat("the server met an error that it did not foresee; its log has the details",
                      call_id.empty() ? "" : " under call ", call_id);
}

}  // namespace

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  const std::string message = MessageForClient(status, call_id);
  common::v1::RpcStatus details;
  details.set_code(static_cast<int>(code));
  details.set_message(message);
  common::v1::ErrorInfo info;
  const std::string reason = ReasonOf(status);
  info.set_reason(reason.empty() ? absl::StatusCodeToString(status.code()) : reason);
  info.set_domain(kErrorDomain);
  AddDetail(kErrorInfoType, info, &details);
  const std::string field = FieldOf(status);
  if (!field.empty()) {
    common::v1::BadRequest bad_request;
    auto* violation = bad_request.add_field_violations();
    violation->set_field(field);
    violation->set_description(message);
    AddDetail(kBadRequestType, bad_request, &details);
  }
  return grpc::Status(code, message, details.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  std::string reason;
  std::string field;
  common::v1::RpcStatus details;
  if (details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& any : details.details()) {
      common::v1::ErrorInfo info;
      common::v1::BadRequest bad_request;
      if (any.type_url() == kErrorInfoType && info.ParseFromString(any.value())) {
        reason = info.reason();
      } else if (any.type_url() == kBadRequestType && bad_request.ParseFromString(any.value()) &&
                 bad_request.field_violations_size() > 0) {
        field = bad_request.field_violations(0).field();
      }
    }
  }
  if (reason.empty()) return absl::Status(code, status.error_message());
  return Refusal(code, reason, field, status.error_message());
}

}  // namespace lumbung
