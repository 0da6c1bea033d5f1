// Periods: the months of a book, and how they close. The functions run inside the caller's database
// transaction; those that change a period take the book's row lock, so that nothing is posted
// beside them, and raise the book's metadata version when they change something.
//
// Whoever commits such a change in this process tells the posting side, which keeps books in
// memory.
#ifndef LUMBUNG_LEDGER_STORE_PERIOD_STORE_H_
#define LUMBUNG_LEDGER_STORE_PERIOD_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/balance.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct PeriodRecord {
  Date month;  // Its first day.
  PeriodState state = PeriodState::kOpen;
  std::int64_t entry_count = 0;
  // Of a month that was hard-closed itself; one before it that had no entries has neither.
  std::string trial_balance_hash;
  std::optional<absl::Time> closed_at;
};

// Months within the range that have entries or were closed, in order.
absl::StatusOr<std::vector<PeriodRecord>> ListPeriods(TransactionScope& scope, BookKey book,
                                                      const DateRange& range);

// Takes entries of adjusters only from here on; the same again changes nothing. BOOK_NOT_FOUND,
// PERIOD_HARD_CLOSED.
absl::StatusOr<PeriodRecord> SoftClosePeriod(TransactionScope& scope, BookKey book, Date month,
                                             absl::Time now);

// Takes entries again; an open month stays as it is. BOOK_NOT_FOUND, PERIOD_HARD_CLOSED.
absl::StatusOr<PeriodRecord> ReopenPeriod(TransactionScope& scope, BookKey book, Date month);

// Closes the month and all before it for good (INV-012), keeps its trial balance and the hash over
// it; the same again changes nothing. BOOK_NOT_FOUND; EARLIER_PERIOD_OPEN when an earlier month has
// entries and is not hard-closed; ASSERTION_FAILED when any assertion of the book does not hold.
absl::StatusOr<PeriodRecord> HardClosePeriod(TransactionScope& scope, BookKey book, Date month,
                                             absl::Time now);

// The trial balance as it was kept when the month was hard-closed.
absl::StatusOr<std::vector<BalanceRow>> ReadClosedTrialBalance(TransactionScope& scope,
                                                               BookKey book, Date month);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_PERIOD_STORE_H_
