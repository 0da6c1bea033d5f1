#include "services/host/cli/failure.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "ledger/core/display_text.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"
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

// Other reasons under RESOURCE_EXHAUSTED are limits of ours, such as UPLOAD_TOO_LARGE.
bool IsOverload(const absl::Status& status) {
  const std::string reason = ReasonOrCode(status);
  return status.code() == absl::StatusCode::kResourceExhausted &&
         (reason == "OVERLOADED" || reason == "RESOURCE_EXHAUSTED");
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

absl::Status CallFailure(const grpc::Status& grpc_status, absl::string_view server) {
  const absl::Status status = FromGrpcStatus(grpc_status);
  if (!ReasonOf(status).empty() || ExitCodeOf(status) != ExitCode::kUnreachable) return status;
  // Not the server's own words: there was no answer.
  return absl::Status(status.code(),
                      absl::StrCat("no answer from ", server, ": ", status.message()));
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
      return IsOverload(status) ? ExitCode::kUnreachable : ExitCode::kRefused;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnimplemented:
      return ExitCode::kInternal;
    default:
      return ExitCode::kRefused;
  }
}

bool MayPass(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || IsOverload(status);
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
