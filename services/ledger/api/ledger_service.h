// LedgerService on the wire: which handler answers which call, and how it is run.
#ifndef LUMBUNG_SERVICES_LEDGER_API_LEDGER_SERVICE_H_
#define LUMBUNG_SERVICES_LEDGER_API_LEDGER_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/ledger/api/assertion_handlers.h"
#include "services/ledger/api/balance_handlers.h"
#include "services/ledger/api/entry_read_handlers.h"
#include "services/ledger/api/period_handlers.h"
#include "services/ledger/api/posting_handlers.h"

namespace lumbung::ledger::api {

// All outlive the service.
struct LedgerHandlers {
  PostingHandlers* posting = nullptr;
  EntryReadHandlers* entries = nullptr;
  BalanceHandlers* balances = nullptr;
  PeriodHandlers* periods = nullptr;
  AssertionHandlers* assertions = nullptr;
};

std::unique_ptr<grpc::Service> MakeLedgerService(GrpcAdapter* adapter, LedgerHandlers handlers);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_LEDGER_SERVICE_H_
