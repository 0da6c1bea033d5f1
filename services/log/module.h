// The service module of the log: its gRPC service, and the sealer where the server has the keys.
#ifndef LUMBUNG_SERVICES_LOG_MODULE_H_
#define LUMBUNG_SERVICES_LOG_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/service_module.h"

namespace lumbung::log {

// The refusals of OpenKeyFile.
absl::StatusOr<std::unique_ptr<HostedService>> CreateLogModule(const HostContext& context);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_MODULE_H_
