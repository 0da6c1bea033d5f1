#include "services/reporting/api/verify_handler.h"

#include <utility>

#include "ledger/core/status.h"
#include "services/reporting/api/statement_conversion.h"
#include "services/reporting/verification/verify_book.h"

namespace lumbung::reporting::api {
namespace {

v1::VerifyBookResponse ToProto(const CheckedPromise& promise) {
  v1::VerifyBookResponse response;
  v1::CheckedPromise& out = *response.mutable_promise();
  out.set_promise(promise.promise);
  SetLabel(promise.label, out.mutable_label());
  out.set_checked(promise.checked);
  out.set_finding_count(promise.finding_count);
  for (const Finding& finding : promise.findings) {
    v1::Finding& proto = *out.add_findings();
    proto.set_place(finding.place);
    SetLabel(finding.label, proto.mutable_label());
  }
  return response;
}

}  // namespace

absl::Status VerifyHandler::VerifyBook(CallScope& call, const v1::VerifyBookRequest& request,
                                       StreamWriter<v1::VerifyBookResponse>& writer) {
  VerificationRequest verification;
  LUMBUNG_ASSIGN_OR_RETURN(verification.book, directory_->Book(call, request.parent(), "parent"));
  verification.deadline = call.deadline;
  return reporting::VerifyBook(*pool_, verification,
                               [&writer](const CheckedPromise& promise) -> absl::Status {
                                 if (writer.Write(ToProto(promise))) return absl::OkStatus();
                                 return absl::CancelledError("the client has gone");
                               });
}

}  // namespace lumbung::reporting::api
