#include "services/host/service_module.h"

namespace lumbung::host {

absl::Span<const ServiceModule> AllModules() { return {}; }

}  // namespace lumbung::host
