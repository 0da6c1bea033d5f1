// Reads a whole journal, entry by entry, in order of date: for exports, which must not keep a book
// in memory.
#ifndef LUMBUNG_LEDGER_STORE_JOURNAL_CURSOR_H_
#define LUMBUNG_LEDGER_STORE_JOURNAL_CURSOR_H_

#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "ledger/core/date.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// Calls `visit` with every entry of the days from `from` to `to` (both included, either open), by
// date and then in order of recording. Inside the caller's read-only database transaction, which
// sees one state of the book throughout. Ends with the first error that `visit` returns.
absl::Status VisitEntries(TransactionScope& scope, BookKey book, std::optional<Date> from,
                          std::optional<Date> to,
                          const std::function<absl::Status(const PostedEntry&)>& visit);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_JOURNAL_CURSOR_H_
