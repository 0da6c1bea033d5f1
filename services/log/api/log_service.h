// The gRPC service of the log: names its handlers to the adapter, and nothing else.
#ifndef LUMBUNG_SERVICES_LOG_API_LOG_SERVICE_H_
#define LUMBUNG_SERVICES_LOG_API_LOG_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/log/api/log_handlers.h"

namespace lumbung::log::api {

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeLogService(GrpcAdapter* adapter, LogHandlers* handlers);

}  // namespace lumbung::log::api

#endif  // LUMBUNG_SERVICES_LOG_API_LOG_SERVICE_H_
