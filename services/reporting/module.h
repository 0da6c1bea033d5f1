// The reporting service as the host sees it.
#ifndef LUMBUNG_SERVICES_REPORTING_MODULE_H_
#define LUMBUNG_SERVICES_REPORTING_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/service_module.h"

namespace lumbung::reporting {

absl::StatusOr<std::unique_ptr<HostedService>> CreateReportingModule(const HostContext& context);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_MODULE_H_
