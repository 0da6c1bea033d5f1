// The gRPC service of statements, book documents and audit packs.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/reporting/api/audit_pack_handler.h"
#include "services/reporting/api/book_document_handler.h"
#include "services/reporting/api/reporting_handlers.h"

namespace lumbung::reporting::api {

struct ReportingParts {
  ReportingHandlers* statements = nullptr;
  BookDocumentHandler* books = nullptr;
  AuditPackHandler* audit_packs = nullptr;
};

// The adapter and all parts outlive the service.
std::unique_ptr<grpc::Service> MakeReportingService(GrpcAdapter* adapter,
                                                    const ReportingParts& parts);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
