// Identity's service module: its gRPC service and the handlers behind it.
#ifndef LUMBUNG_SERVICES_IDENTITY_MODULE_H_
#define LUMBUNG_SERVICES_IDENTITY_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/service_module.h"

namespace lumbung::identity {

absl::StatusOr<std::unique_ptr<HostedService>> CreateIdentityModule(const HostContext& context);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_MODULE_H_
