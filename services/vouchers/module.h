// The service module of vouchers: its gRPC service and what that needs while it runs.
#ifndef LUMBUNG_SERVICES_VOUCHERS_MODULE_H_
#define LUMBUNG_SERVICES_VOUCHERS_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/service_module.h"

namespace lumbung::vouchers {

absl::StatusOr<std::unique_ptr<HostedService>> CreateVouchersModule(const HostContext& context);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_MODULE_H_
