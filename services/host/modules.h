// The services of this binary, in one list.
#ifndef LUMBUNG_SERVICES_HOST_MODULES_H_
#define LUMBUNG_SERVICES_HOST_MODULES_H_

#include "absl/types/span.h"
#include "services/common/service_module.h"

namespace lumbung::host {

absl::Span<const ServiceModule> AllModules();

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_MODULES_H_
