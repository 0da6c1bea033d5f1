// The calls that read balances and registers. Straight-line functions; the adapter runs them on a
// worker.
#ifndef LUMBUNG_SERVICES_LEDGER_API_BALANCE_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_BALANCE_HANDLERS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/store/balance_query.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/grpc_adapter.h"
#include "services/ledger/api/book_access.h"

namespace lumbung::ledger::api {

class BalanceHandlers {
 public:
  explicit BalanceHandlers(BookAccess* books) : books_(books) {}

  // Named like the calls; their reasons stand in ledger_service.proto.
  absl::StatusOr<v1::GetBalanceResponse> GetBalance(CallScope& call,
                                                    const v1::GetBalanceRequest& request);
  absl::StatusOr<v1::ListBalancesResponse> ListBalances(CallScope& call,
                                                        const v1::ListBalancesRequest& request);
  absl::Status QueryPostings(CallScope& call, const v1::QueryPostingsRequest& request,
                             StreamWriter<v1::QueryPostingsResponse>& writer);

 private:
  // Spares the next reader the sum over new entries, when there are very many.
  void FoldIfWorthwhile(const CallScope& call, BookKey book, const store::Balances& balances);

  BookAccess* const books_;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_BALANCE_HANDLERS_H_
