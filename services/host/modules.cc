#include "services/host/modules.h"

#include "services/identity/module.h"
#include "services/ledger/module.h"
#include "services/log/module.h"
#include "services/reporting/module.h"
#include "services/vouchers/module.h"

namespace lumbung::host {
namespace {

constexpr ServiceModule kModules[] = {
    {"identity", identity::CreateIdentityModule},
    {"ledger", ledger::CreateLedgerModule},
    {"log", log::CreateLogModule},
    {"reporting", reporting::CreateReportingModule},
    {"vouchers", vouchers::CreateVouchersModule},
};

}  // namespace

absl::Span<const ServiceModule> AllModules() {
  return kModules;
}

}  // namespace lumbung::host
