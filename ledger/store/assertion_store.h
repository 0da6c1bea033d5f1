// Balance assertions: statements about a balance at the end of a day that must stay true (INV-018).
// The functions run inside the caller's database transaction.
#ifndef LUMBUNG_LEDGER_STORE_ASSERTION_STORE_H_
#define LUMBUNG_LEDGER_STORE_ASSERTION_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct BalanceAssertion {
  std::int32_t id = 0;
  AccountId account{};
  bool include_descendants = false;
  Date date;
  CurrencyId currency{};
  Decimal expected;
  // The balance of all funds when absent.
  std::optional<FundId> fund;
  std::string source;
  absl::Time recorded_at;
};

// Stores the assertion, if it holds, under the book's row lock; id and recorded_at are given here.
// BOOK_NOT_FOUND, ASSERTION_FAILED (at `expected.amount`).
absl::StatusOr<BalanceAssertion> CreateAssertion(TransactionScope& scope, BookKey book,
                                                 const BalanceAssertion& assertion);

// At most `limit` assertions, of one account if given, in order of recording, behind id `after`.
absl::StatusOr<std::vector<BalanceAssertion>> ListAssertions(TransactionScope& scope, BookKey book,
                                                             std::optional<AccountId> account,
                                                             std::int32_t after, int limit);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ASSERTION_STORE_H_
