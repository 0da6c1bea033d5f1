#include "services/reporting/api/report_work.h"

#include <utility>

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/access.pb.h"
#include "services/reporting/api/audit_pack_handler.h"
#include "services/reporting/api/audit_test_handler.h"
#include "services/reporting/api/book_document_handler.h"
#include "services/reporting/api/reporting_handlers.h"
#include "services/reporting/api/voucher_print_handler.h"

namespace lumbung::reporting::api {
namespace {

using Case = v1::ReportRequest::DocumentCase;

// A year's books of anybody are made in less.
constexpr absl::Duration kLongest = absl::Hours(12);
constexpr absl::Duration kLongestSealing = absl::Minutes(1);
constexpr absl::Duration kSealPause = absl::Milliseconds(250);

// A stream whose pieces go to a sink.
template <typename Response>
class SinkStream final : public StreamWriter<Response> {
 public:
  explicit SinkStream(reports::ByteSink& sink) : sink_(sink) {}

  bool Write(Response response) override {
    status_ = sink_.Write(response.piece());
    return status_.ok();
  }
  // What the sink said matters more than that the stream ended early.
  absl::Status Outcome(absl::Status made) const { return status_.ok() ? made : status_; }

 private:
  reports::ByteSink& sink_;
  absl::Status status_;
};

template <typename Response, typename Handler, typename Request>
absl::Status Make(Handler handler,
                  absl::Status (Handler::*method)(CallScope&, const Request&,
                                                  StreamWriter<Response>&),
                  CallScope& call, const Request& request, reports::ByteSink& sink) {
  SinkStream<Response> stream(sink);
  return stream.Outcome((handler.*method)(call, request, stream));
}

// Nobody waits, so the sealer may take its time: nothing is written before it has come to the
// newest entries.
absl::Status MakePack(const ReportParts& parts, CallScope& call,
                      const v1::BuildAuditPackRequest& request, const ReportWatch& watch,
                      reports::ByteSink& sink) {
  const DocumentParts& documents = parts.documents;
  const absl::Time give_up = documents.now() + kLongestSealing;
  while (true) {
    const absl::Status made =
        Make(AuditPackHandler({documents.pool, documents.directory, documents.scratch_dir,
                               parts.keys_dir, documents.now}),
             &AuditPackHandler::BuildAuditPack, call, request, sink);
    if (ReasonOf(made) != "NOT_SEALED" || documents.now() > give_up) return made;
    LUMBUNG_RETURN_IF_ERROR(watch.Check());
    absl::SleepFor(kSealPause);
  }
}

}  // namespace

absl::string_view MethodOf(const v1::ReportRequest& request) {
  switch (request.document_case()) {
    case Case::kStatements:
      return "lumbung.reporting.v1.ReportingService/PrintStatements";
    case Case::kBook:
      return "lumbung.reporting.v1.ReportingService/PrintBook";
    case Case::kVouchers:
      return "lumbung.reporting.v1.ReportingService/PrintVouchers";
    case Case::kAuditTests:
      return "lumbung.reporting.v1.ReportingService/PrintAuditTests";
    case Case::kAuditSample:
      return "lumbung.reporting.v1.ReportingService/PrintAuditSample";
    case Case::kAuditPack:
      return "lumbung.reporting.v1.ReportingService/BuildAuditPack";
    case Case::DOCUMENT_NOT_SET:
      return "";
  }
  return "";
}

std::string PermissionOf(const v1::ReportRequest& request) {
  const std::pair<std::string, std::string> name = absl::StrSplit(MethodOf(request), '/');
  const google::protobuf::ServiceDescriptor* const service =
      v1::ReportRequest::descriptor()->file()->FindServiceByName("ReportingService");
  const google::protobuf::MethodDescriptor* const method = service->FindMethodByName(name.second);
  return method->options().GetExtension(common::v1::permission);
}

const google::protobuf::Message& DocumentOf(const v1::ReportRequest& request) {
  const google::protobuf::FieldDescriptor* const field =
      request.GetDescriptor()->FindFieldByNumber(static_cast<int>(request.document_case()));
  return request.GetReflection()->GetMessage(request, field);
}

absl::Status WriteReport(const ReportParts& parts, CallScope call, const v1::ReportRequest& request,
                         ReportWatch& watch, reports::ByteSink& sink) {
  DocumentParts documents = parts.documents;
  documents.watch = &watch;
  call.method = MethodOf(request);
  call.deadline = documents.now() + kLongest;
  call.cancelled = [&watch] { return watch.cancelled(); };
  switch (request.document_case()) {
    case Case::kStatements:
      return Make(ReportingHandlers({parts.reader, documents.scratch_dir, documents.now}),
                  &ReportingHandlers::PrintStatements, call, request.statements(), sink);
    case Case::kBook:
      return Make(BookDocumentHandler(documents), &BookDocumentHandler::PrintBook, call,
                  request.book(), sink);
    case Case::kVouchers:
      return Make(VoucherPrintHandler(documents), &VoucherPrintHandler::PrintVouchers, call,
                  request.vouchers(), sink);
    case Case::kAuditTests:
      return Make(AuditTestHandler(documents), &AuditTestHandler::PrintAuditTests, call,
                  request.audit_tests(), sink);
    case Case::kAuditSample:
      return Make(AuditTestHandler(documents), &AuditTestHandler::PrintAuditSample, call,
                  request.audit_sample(), sink);
    case Case::kAuditPack:
      return MakePack(parts, call, request.audit_pack(), watch, sink);
    case Case::DOCUMENT_NOT_SET:
      break;
  }
  return absl::InternalError("a report without a document");
}

}  // namespace lumbung::reporting::api
