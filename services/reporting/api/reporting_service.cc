#include "services/reporting/api/reporting_service.h"

#include "lumbung/reporting/v1/reporting_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type) \
  LUMBUNG_UNARY_METHOD("lumbung.reporting.v1.ReportingService", method, response_type, handlers_)

namespace lumbung::reporting::api {
namespace {

class ReportingServiceImpl final : public v1::ReportingService::CallbackService {
 public:
  ReportingServiceImpl(GrpcAdapter* adapter, const ReportingParts& parts)
      : adapter_(adapter),
        handlers_(parts.statements),
        books_(parts.books),
        audit_packs_(parts.audit_packs) {}

  LUMBUNG_METHOD(ListStatementDefinitions, ListStatementDefinitionsResponse)
  LUMBUNG_METHOD(GetStatement, Statement)
  LUMBUNG_METHOD(OpenFigure, OpenFigureResponse)

  grpc::ServerWriteReactor<v1::PrintStatementsResponse>* PrintStatements(
      grpc::CallbackServerContext* context, const v1::PrintStatementsRequest* request) override {
    return adapter_->ServerStream<v1::PrintStatementsRequest, v1::PrintStatementsResponse>(
        "lumbung.reporting.v1.ReportingService/PrintStatements", context, request,
        [this](CallScope& call, const v1::PrintStatementsRequest& message,
               StreamWriter<v1::PrintStatementsResponse>& writer) {
          return handlers_->PrintStatements(call, message, writer);
        });
  }
  grpc::ServerWriteReactor<v1::PrintBookResponse>* PrintBook(
      grpc::CallbackServerContext* context, const v1::PrintBookRequest* request) override {
    return adapter_->ServerStream<v1::PrintBookRequest, v1::PrintBookResponse>(
        "lumbung.reporting.v1.ReportingService/PrintBook", context, request,
        [this](CallScope& call, const v1::PrintBookRequest& message,
               StreamWriter<v1::PrintBookResponse>& writer) {
          return books_->PrintBook(call, message, writer);
        });
  }
  grpc::ServerWriteReactor<v1::BuildAuditPackResponse>* BuildAuditPack(
      grpc::CallbackServerContext* context, const v1::BuildAuditPackRequest* request) override {
    return adapter_->ServerStream<v1::BuildAuditPackRequest, v1::BuildAuditPackResponse>(
        "lumbung.reporting.v1.ReportingService/BuildAuditPack", context, request,
        [this](CallScope& call, const v1::BuildAuditPackRequest& message,
               StreamWriter<v1::BuildAuditPackResponse>& writer) {
          return audit_packs_->BuildAuditPack(call, message, writer);
        });
  }

 private:
  GrpcAdapter* const adapter_;
  ReportingHandlers* const handlers_;
  BookDocumentHandler* const books_;
  AuditPackHandler* const audit_packs_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeReportingService(GrpcAdapter* adapter,
                                                    const ReportingParts& parts) {
  return std::make_unique<ReportingServiceImpl>(adapter, parts);
}

}  // namespace lumbung::reporting::api
