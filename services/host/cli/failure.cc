#include "services/host/cli/failure.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/errors.pb.h"
#include "services/host/cli/display_text.h"
#include "services/host/cli/message_json.h"

namespace lumbung::cli {
namespace {

constexpr absl::string_view kUsageUrl = "lumbung/cli/usage";
constexpr absl::string_view kRequestIdUrl = "lumbung/cli/request_id";

bool IsUsageError(const absl::Status& status) {
  return status.GetPayload(kUsageUrl).has_value();
}

std::string RequestIdOf(const absl::Status& status) {
  const auto id = status.GetPayload(kRequestIdUrl);
  return id ? std::string(*id) : "";
}

// What to print before the message when the server gave no reason of its own.
std::string ReasonOrCode(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

// A message of several lines keeps them; those after the first are indented.
std::string Lines(absl::string_view message) {
  std::string result;
  for (const absl::string_view line : absl::StrSplit(message, '\n')) {
    absl::StrAppend(&result, result.empty() ? "" : "\n  ", Printable(line));
  }
  return result;
}

}  // namespace

absl::Status UsageError(absl::string_view flag, absl::string_view message) {
  return UsageError(flag, InvalidArgument("USAGE", "", message));
}

absl::Status UsageError(absl::string_view flag, const absl::Status& status) {
  absl::Status usage = InvalidArgument(ReasonOrCode(status), flag, status.message());
  usage.SetPayload(kUsageUrl, absl::Cord(flag));
  return usage;
}

absl::Status FromGrpcStatus(const grpc::Status& status, absl::string_view server) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  std::string reason;
  std::string field;
  common::v1::RpcStatus details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details()) {
      common::v1::ErrorInfo info;
      common::v1::BadRequest request;
      if (absl::EndsWith(detail.type_url(), "/google.rpc.ErrorInfo") &&
          info.ParseFromString(detail.value())) {
        reason = info.reason();
      } else if (absl::EndsWith(detail.type_url(), "/google.rpc.BadRequest") &&
                 request.ParseFromString(detail.value()) && request.field_violations_size() > 0) {
        field = request.field_violations(0).field();
      }
    }
  }
  if (!reason.empty()) return Refusal(code, reason, field, status.error_message());
  if (code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kDeadlineExceeded) {
    return absl::Status(code,
                        absl::StrCat("no answer from ", server, ": ", status.error_message()));
  }
  return absl::Status(code, status.error_message());
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (IsUsageError(status)) return ExitCode::kUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kDone;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kUnreachable;
    case absl::StatusCode::kResourceExhausted:
      // With a reason it is a limit of ours; without one the server is overloaded.
      return ReasonOf(status).empty() ? ExitCode::kUnreachable : ExitCode::kRefused;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnimplemented:
      return ExitCode::kInternal;
    default:
      return ExitCode::kRefused;
  }
}

absl::Status WithRequestId(absl::Status status, absl::string_view request_id) {
  if (!status.ok()) status.SetPayload(kRequestIdUrl, absl::Cord(request_id));
  return status;
}

void PrintFailure(const absl::Status& status, const FailureStyle& style, std::ostream& err) {
  const std::string reason = ReasonOrCode(status);
  const std::string field = FieldOf(status);
  const std::string request_id = RequestIdOf(status);
  if (style.json) {
    std::string json =
        absl::StrCat("{\"error\":{\"code\":", JsonString(absl::StatusCodeToString(status.code())),
                     ",\"reason\":", JsonString(reason), ",\"field\":", JsonString(field),
                     ",\"message\":", JsonString(status.message()));
    if (!request_id.empty()) absl::StrAppend(&json, ",\"request_id\":", JsonString(request_id));
    err << json << "}}\n";
    return;
  }
  const auto text = [&style](Label label) { return Text(label, style.language); };
  const bool usage = IsUsageError(status);
  err << text(Label::kError) << ": " << reason << ": ";
  if (usage && !field.empty()) err << field << ": ";
  err << Lines(status.message()) << "\n";
  if (!usage && !field.empty()) {
    err << "  " << text(Label::kField) << ": " << Printable(field) << "\n";
  }
  if (usage) err << "  " << text(Label::kSeeHelp) << "\n";
  if (!request_id.empty()) {
    err << "  " << absl::Substitute(text(Label::kRetryWith), request_id) << "\n";
  }
  if (ExitCodeOf(status) == ExitCode::kUnreachable) {
    err << "  " << text(Label::kIsTheServerRunning) << "\n";
  }
}

}  // namespace lumbung::cli
