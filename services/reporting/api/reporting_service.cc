#include "services/reporting/api/reporting_service.h"

#include "lumbung/reporting/v1/reporting_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type, handler) \
  LUMBUNG_UNARY_METHOD("lumbung.reporting.v1.ReportingService", method, response_type, handler)

// Answers with a stream of pieces, as many as the handler writes.
#define LUMBUNG_STREAM_METHOD(method, handler)                                             \
  grpc::ServerWriteReactor<v1::method##Response>* method(                                  \
      grpc::CallbackServerContext* context, const v1::method##Request* request) override { \
    return adapter_->ServerStream<v1::method##Request, v1::method##Response>(              \
        "lumbung.reporting.v1.ReportingService/" #method, context, request,                \
        [this](CallScope& call, const v1::method##Request& message,                        \
               StreamWriter<v1::method##Response>& writer) {                               \
          return (handler)->method(call, message, writer);                                 \
        });                                                                                \
  }

namespace lumbung::reporting::api {
namespace {

class ReportingServiceImpl final : public v1::ReportingService::CallbackService {
 public:
  ReportingServiceImpl(GrpcAdapter* adapter, const ReportingParts& parts)
      : adapter_(adapter),
        handlers_(parts.statements),
        books_(parts.books),
        vouchers_(parts.vouchers),
        audit_packs_(parts.audit_packs),
        audit_tests_(parts.audit_tests),
        verification_(parts.verification),
        reports_(parts.reports) {}

  LUMBUNG_METHOD(ListStatementDefinitions, ListStatementDefinitionsResponse, handlers_)
  LUMBUNG_METHOD(GetStatement, Statement, handlers_)
  LUMBUNG_METHOD(OpenFigure, OpenFigureResponse, handlers_)
  LUMBUNG_METHOD(StartReport, Report, reports_)
  LUMBUNG_METHOD(GetReport, Report, reports_)
  LUMBUNG_METHOD(ListReports, ListReportsResponse, reports_)
  LUMBUNG_METHOD(CancelReport, Report, reports_)

  LUMBUNG_STREAM_METHOD(PrintStatements, handlers_)
  LUMBUNG_STREAM_METHOD(PrintBook, books_)
  LUMBUNG_STREAM_METHOD(PrintVouchers, vouchers_)
  LUMBUNG_STREAM_METHOD(BuildAuditPack, audit_packs_)
  LUMBUNG_STREAM_METHOD(PrintAuditTests, audit_tests_)
  LUMBUNG_STREAM_METHOD(PrintAuditSample, audit_tests_)
  LUMBUNG_STREAM_METHOD(VerifyBook, verification_)
  LUMBUNG_STREAM_METHOD(DownloadReport, reports_)

 private:
  GrpcAdapter* const adapter_;
  ReportingHandlers* const handlers_;
  BookDocumentHandler* const books_;
  VoucherPrintHandler* const vouchers_;
  AuditPackHandler* const audit_packs_;
  AuditTestHandler* const audit_tests_;
  VerifyHandler* const verification_;
  ReportHandlers* const reports_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeReportingService(GrpcAdapter* adapter,
                                                    const ReportingParts& parts) {
  return std::make_unique<ReportingServiceImpl>(adapter, parts);
}

}  // namespace lumbung::reporting::api
