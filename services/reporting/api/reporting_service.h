// The gRPC service of statements, documents of books and vouchers, and what auditors ask for.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/reporting/api/audit_pack_handler.h"
#include "services/reporting/api/audit_test_handler.h"
#include "services/reporting/api/book_document_handler.h"
#include "services/reporting/api/report_handlers.h"
#include "services/reporting/api/reporting_handlers.h"
#include "services/reporting/api/verify_handler.h"
#include "services/reporting/api/voucher_print_handler.h"

namespace lumbung::reporting::api {

struct ReportingParts {
  ReportingHandlers* statements = nullptr;
  BookDocumentHandler* books = nullptr;
  VoucherPrintHandler* vouchers = nullptr;
  AuditPackHandler* audit_packs = nullptr;
  AuditTestHandler* audit_tests = nullptr;
  VerifyHandler* verification = nullptr;
  ReportHandlers* reports = nullptr;
};

// The adapter and all parts outlive the service.
std::unique_ptr<grpc::Service> MakeReportingService(GrpcAdapter* adapter,
                                                    const ReportingParts& parts);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
