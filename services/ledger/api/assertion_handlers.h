// The calls about balance assertions. Straight-line functions; the adapter runs them on a worker.
#ifndef LUMBUNG_SERVICES_LEDGER_API_ASSERTION_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_ASSERTION_HANDLERS_H_

#include "absl/status/statusor.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/common/call_scope.h"
#include "services/ledger/api/book_access.h"

namespace lumbung::ledger::api {

class AssertionHandlers {
 public:
  explicit AssertionHandlers(BookAccess* books) : books_(books) {}

  // Named like the calls; their reasons stand in ledger_service.proto.
  absl::StatusOr<v1::BalanceAssertion> CreateBalanceAssertion(
      CallScope& call, const v1::CreateBalanceAssertionRequest& request);
  absl::StatusOr<v1::ListBalanceAssertionsResponse> ListBalanceAssertions(
      CallScope& call, const v1::ListBalanceAssertionsRequest& request);

 private:
  BookAccess* const books_;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_ASSERTION_HANDLERS_H_
