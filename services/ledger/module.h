// The ledger's service module: its gRPC services and what they share while they run.
#ifndef LUMBUNG_SERVICES_LEDGER_MODULE_H_
#define LUMBUNG_SERVICES_LEDGER_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/service_module.h"

namespace lumbung::ledger {

absl::StatusOr<std::unique_ptr<HostedService>> CreateLedgerModule(const HostContext& context);

}  // namespace lumbung::ledger

#endif  // LUMBUNG_SERVICES_LEDGER_MODULE_H_
