// The gRPC service of statements.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/reporting/api/reporting_handlers.h"

namespace lumbung::reporting::api {

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeReportingService(GrpcAdapter* adapter,
                                                    ReportingHandlers* handlers);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORTING_SERVICE_H_
