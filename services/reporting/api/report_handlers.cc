#include "services/reporting/api/report_handlers.h"

#include <cstdint>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/transaction.h"
#include "services/common/access.h"
#include "services/common/change.h"
#include "services/common/entry_conversion.h"
#include "services/common/request_target.h"
#include "services/common/resource_names.h"

namespace lumbung::reporting::api {
namespace {

// What was stored by this code, or by an older version of it.
v1::ReportRequest RequestOf(const StoredReport& report) {
  v1::ReportRequest request;
  request.ParseFromString(report.request);
  return request;
}

v1::Report ToProto(const std::string& slug, const StoredReport& report) {
  v1::Report out;
  out.set_name(ResourceName({{"books", slug}, {"reports", absl::StrCat(ToInteger(report.id))}}));
  *out.mutable_request() = RequestOf(report);
  out.set_requested_by(ResourceName({{"people", report.requested_by}}));
  // The numbers of the API's states are those of the store's.
  out.set_state(static_cast<v1::ReportState>(report.state));
  out.set_rows(report.rows);
  out.set_last_sequence(report.last_sequence);
  out.set_checkpoint_size(report.checkpoint_size);
  out.set_bytes(report.bytes);
  out.set_sha256(report.sha256);
  out.set_reason(report.reason);
  out.set_message(report.message);
  *out.mutable_create_time() = TimestampOf(report.created_at);
  if (report.started_at.has_value()) *out.mutable_start_time() = TimestampOf(*report.started_at);
  if (report.ended_at.has_value()) *out.mutable_end_time() = TimestampOf(*report.ended_at);
  return out;
}

// The document is of the report's book, whether it says so or not.
absl::StatusOr<v1::ReportRequest> RequestFor(const v1::StartReportRequest& request) {
  v1::ReportRequest report = request.report();
  if (report.document_case() == v1::ReportRequest::DOCUMENT_NOT_SET) {
    return InvalidArgument("DOCUMENT_REQUIRED", "report", "say which document is to be made");
  }
  const google::protobuf::FieldDescriptor* const field =
      report.GetDescriptor()->FindFieldByNumber(static_cast<int>(report.document_case()));
  google::protobuf::Message* const document =
      report.GetReflection()->MutableMessage(&report, field);
  const google::protobuf::FieldDescriptor* const parent =
      document->GetDescriptor()->FindFieldByName("parent");
  const std::string named = document->GetReflection()->GetString(*document, parent);
  if (!named.empty() && named != request.parent()) {
    return InvalidArgument(
        "INVALID_NAME", absl::StrCat("report.", field->name(), ".parent"),
        absl::StrCat("found ", named, ", but the report is of ", request.parent()));
  }
  document->GetReflection()->SetString(document, parent, request.parent());
  return report;
}

std::string SlugOf(absl::string_view parent) {
  return std::string(parent.substr(parent.find('/') + 1));
}

}  // namespace

absl::Status ReportHandlers::CheckAllowed(const CallScope& call,
                                          const v1::ReportRequest& request) const {
  if (request.document_case() == v1::ReportRequest::DOCUMENT_NOT_SET) {
    return NotFound("REPORT_NOT_FOUND", "name", "the report is of a newer version of this service");
  }
  const std::string permission = PermissionOf(request);
  RequestTarget target = TargetOf(DocumentOf(request));
  target.organization = call.access.organization;
  if (Allows(call.access, permission, target)) return absl::OkStatus();
  return Denial(call.access, permission, parts_.roles_with(permission));
}

absl::StatusOr<ReportHandlers::Found> ReportHandlers::Find(const CallScope& call,
                                                           const std::string& name) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"books", "reports"}, "name"));
  Found found;
  found.slug = ids[0];
  const DocumentParts& documents = parts_.work.documents;
  LUMBUNG_ASSIGN_OR_RETURN(found.book, documents.directory->BookById(call, ids[0], "name"));
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(ids[1], &number)) {
    return InvalidArgument("INVALID_NAME", "name",
                           absl::StrCat("found '", ids[1], "'; reports have numbers"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      found.report,
      store::InTransaction(*documents.pool,
                           {found.book.organization, store::Access::kReadOnly, call.deadline},
                           [&](store::TransactionScope& scope) {
                             return FindReport(scope, found.book, ReportId{number});
                           }));
  LUMBUNG_RETURN_IF_ERROR(CheckAllowed(call, RequestOf(found.report)));
  return found;
}

absl::StatusOr<v1::Report> ReportHandlers::StartReport(CallScope& call,
                                                       const v1::StartReportRequest& request) {
  const DocumentParts& documents = parts_.work.documents;
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           documents.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ReportRequest report, RequestFor(request));
  LUMBUNG_RETURN_IF_ERROR(CheckAllowed(call, report));
  LUMBUNG_RETURN_IF_ERROR(RequestKeyOf(request, request.request_id(), false).status());
  NewReport wanted;
  wanted.request = report.SerializeAsString();
  wanted.request_key = request.request_id().empty() ? call.call_id : request.request_id();
  wanted.requested_by = call.access.actor;
  LUMBUNG_ASSIGN_OR_RETURN(
      const AddedReport added,
      store::InTransaction(
          *documents.pool, {book.organization, store::Access::kReadWrite, call.deadline},
          [&](store::TransactionScope& scope) { return AddReport(scope, book, wanted); }));
  if (added.is_new) {
    LUMBUNG_RETURN_IF_ERROR(parts_.runner->Add(
        book, added.report.id,
        [parts = parts_.work, call, report](ReportWatch& watch, reports::ByteSink& sink) {
          return WriteReport(parts, call, report, watch, sink);
        }));
  }
  return ToProto(SlugOf(request.parent()), added.report);
}

absl::StatusOr<v1::Report> ReportHandlers::GetReport(CallScope& call,
                                                     const v1::GetReportRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Found found, Find(call, request.name()));
  return ToProto(found.slug, found.report);
}

absl::StatusOr<v1::ListReportsResponse> ReportHandlers::ListReports(
    CallScope& call, const v1::ListReportsRequest& request) {
  const DocumentParts& documents = parts_.work.documents;
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           documents.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<StoredReport> reports,
      store::InTransaction(
          *documents.pool, {book.organization, store::Access::kReadOnly, call.deadline},
          [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredReport>> {
            return reporting::ListReports(scope, book);
          }));
  v1::ListReportsResponse response;
  for (const StoredReport& report : reports) {
    if (!CheckAllowed(call, RequestOf(report)).ok()) continue;
    *response.add_reports() = ToProto(SlugOf(request.parent()), report);
  }
  return response;
}

absl::StatusOr<v1::Report> ReportHandlers::CancelReport(CallScope& call,
                                                        const v1::CancelReportRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(Found found, Find(call, request.name()));
  if (found.report.HasEnded()) {
    return FailedPrecondition("REPORT_ENDED", "name",
                              "the report has ended; there is nothing to cancel");
  }
  LUMBUNG_RETURN_IF_ERROR(
      store::RunInTransaction(*parts_.work.documents.pool,
                              {found.book.organization, store::Access::kReadWrite, call.deadline},
                              [&](store::TransactionScope& scope) {
                                AskReportToEnd(scope, found.book, found.report.id);
                                return absl::OkStatus();
                              }));
  parts_.runner->Cancel(found.book, found.report.id);
  return ToProto(found.slug, found.report);
}

absl::Status ReportHandlers::DownloadReport(CallScope& call,
                                            const v1::DownloadReportRequest& request,
                                            StreamWriter<v1::DownloadReportResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const Found found, Find(call, request.name()));
  if (found.report.state != ReportState::kDone) {
    return FailedPrecondition("REPORT_NOT_DONE", "name",
                              found.report.HasEnded()
                                  ? "the report has no result; it failed or was cancelled"
                                  : "the report is not done yet; ask again a little later");
  }
  // Each piece in a database transaction of its own: a slow client holds no connection.
  for (int piece = 0;; ++piece) {
    LUMBUNG_ASSIGN_OR_RETURN(
        std::optional<std::string> data,
        store::InTransaction(
            *parts_.work.documents.pool,
            {found.book.organization, store::Access::kReadOnly, call.deadline},
            [&](store::TransactionScope& scope) -> absl::StatusOr<std::optional<std::string>> {
              return ReadReportPiece(scope, found.book, found.report.id, piece);
            }));
    if (!data.has_value()) return absl::OkStatus();
    v1::DownloadReportResponse response;
    response.set_piece(*std::move(data));
    if (!writer.Write(std::move(response))) return absl::CancelledError("the client has gone");
  }
}

}  // namespace lumbung::reporting::api
