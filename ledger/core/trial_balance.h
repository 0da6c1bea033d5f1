// Trial balances: rows of turnover, arranged as a reader asked for them.
#ifndef LUMBUNG_LEDGER_CORE_TRIAL_BALANCE_H_
#define LUMBUNG_LEDGER_CORE_TRIAL_BALANCE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/core/balance.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/ids.h"

namespace lumbung {

struct TrialBalanceShape {
  // Accounts below this depth count in their ancestor at it; 1 is the top, 0 leaves each alone.
  int depth = 0;
  bool by_fund = false;
  std::vector<DimensionId> by_dimensions;
  // Keeps rows without turnover, and adds one for each account of `accounts` that has no other.
  bool include_zero = false;
  std::vector<AccountId> accounts;
};

struct TrialBalance {
  // In tree order of the accounts, then by fund, dimension values and currencies. Amounts are at
  // their currency's scale.
  std::vector<BalanceRow> rows;
  // One row per functional currency, by code; only functional amounts are set.
  std::vector<BalanceRow> totals;
};

// Pure. `book` must know everything in the rows; rows that sum up several accounts have none, and
// come first. OVERFLOW.
absl::StatusOr<TrialBalance> ShapeTrialBalance(const BookSnapshot& book,
                                               absl::Span<const BalanceRow> rows,
                                               const TrialBalanceShape& shape);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_TRIAL_BALANCE_H_
