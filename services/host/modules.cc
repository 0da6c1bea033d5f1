#include "services/host/modules.h"

#include "services/ledger/module.h"

namespace lumbung::host {
namespace {

constexpr ServiceModule kModules[] = {
    {"ledger", ledger::CreateLedgerModule},
};

}  // namespace

absl::Span<const ServiceModule> AllModules() {
  return kModules;
}

}  // namespace lumbung::host
