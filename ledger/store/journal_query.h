// Finding journal entries. The functions run inside the caller's database transaction and take no
// locks.
#ifndef LUMBUNG_LEDGER_STORE_JOURNAL_QUERY_H_
#define LUMBUNG_LEDGER_STORE_JOURNAL_QUERY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/date_range.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "ledger/store/dimension_filter.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// What an entry must be to be listed; all conditions hold together. Those on a posting hold of one
// and the same posting of the entry.
struct EntryFilter {
  DateRange dates;
  // Found anywhere in description, reference or a memo, whatever the letter case; no wildcards.
  std::string text;
  std::optional<std::string> source;
  std::optional<EntryKind> kind;
  std::optional<std::string> request_id;

  // On a posting. No accounts means any.
  std::vector<AccountId> accounts;
  DimensionFilter dimensions;
  std::optional<CurrencyId> currency;
  // Bounds of the absolute amount, both included.
  std::optional<Decimal> min_amount;
  std::optional<Decimal> max_amount;

  bool HasPostingConditions() const {
    return !accounts.empty() || !dimensions.IsEmpty() || currency.has_value() ||
           min_amount.has_value() || max_amount.has_value();
  }
};

enum class EntryOrder { kOldestFirst, kNewestFirst };

// At most `limit` matching entries in order of recording, beginning behind `after`.
absl::StatusOr<std::vector<EntryId>> ListEntries(TransactionScope& scope, BookKey book,
                                                 const EntryFilter& filter, EntryOrder order,
                                                 std::optional<EntryId> after, int limit);

// ENTRY_NOT_FOUND.
absl::StatusOr<EntryId> FindEntryByNumber(TransactionScope& scope, BookKey book, SeriesId series,
                                          int fiscal_year, std::int64_t number);

// The closing entry of a fiscal year that is in force: the newest one that was not reversed.
absl::StatusOr<std::optional<EntryId>> FindClosingEntry(TransactionScope& scope, BookKey book,
                                                        int fiscal_year);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_JOURNAL_QUERY_H_
