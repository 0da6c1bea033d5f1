// Balances of a book: at a date or over a range of dates, as known now or at an earlier moment, of
// some accounts, one fund, some dimension values. Every figure is the sum of its postings
// (INV-016); where it comes from is this file's affair: totals per month and per day, and postings
// where those do not reach. The cost does not grow with the history.
//
// The functions run inside the caller's database transaction, which is Access::kReadOnly, so that
// all of one answer is one view of the book.
#ifndef LUMBUNG_LEDGER_STORE_BALANCE_QUERY_H_
#define LUMBUNG_LEDGER_STORE_BALANCE_QUERY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/balance.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/dimension_filter.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct BalanceFilter {
  // Effective dates whose postings count.
  DateRange dates;
  // Only what was recorded at or before this moment (INV-017).
  std::optional<absl::Time> known_at;
  // These accounts alone, without descendants; all when empty.
  std::vector<AccountId> accounts;
  DimensionFilter dimensions;
  // Leaves out year-end closing entries and reversals of such.
  bool exclude_closing = false;
  // Tells rows apart by fund and dimension values.
  bool by_dimensions = false;
};

struct Balances {
  // In no particular order; a row may be all zero. One row per account, currency, functional
  // currency and, when asked for, dimension set.
  std::vector<BalanceRow> rows;
  // The newest entry the book has, and the newest one that counts here.
  EntryId last_entry{};
  EntryId last_known_entry{};
  // Entries that are still to be folded into the totals per account; FoldTurnover makes them few.
  std::int64_t unfolded_entries = 0;
};

// BOOK_NOT_FOUND.
absl::StatusOr<Balances> ReadBalances(TransactionScope& scope, BookKey book,
                                      const BalanceFilter& filter);

// From this many on, FoldTurnover is worth its while.
inline constexpr std::int64_t kUnfoldedEntriesWanted = 2'000;

// Folds the postings of new entries into the totals per account. Readers are right without it, only
// slower the more entries wait. Takes no lock that posting waits for.
absl::Status FoldTurnover(ConnectionPool& pool, BookKey book, absl::Time deadline);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_BALANCE_QUERY_H_
