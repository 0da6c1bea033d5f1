// What a hard close freezes is under a checkpoint of the log (INV-029).
#ifndef LUMBUNG_SERVICES_LOG_STORE_PERIOD_SEAL_H_
#define LUMBUNG_SERVICES_LOG_STORE_PERIOD_SEAL_H_

#include <cstdint>
#include <map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/log/store/checkpoint_store.h"

namespace lumbung::log {

// The newest checkpoint, which covers the book's entries up to `last` (0 when it has none).
// NOT_SEALED at `field` while it does not, or there is none yet: ask again a little later.
absl::StatusOr<StoredCheckpoint> CoveringCheckpoint(store::TransactionScope& scope, BookId book,
                                                    std::int64_t last, absl::string_view field);

// Binds a hard-closed month to the newest checkpoint; the same again changes nothing. Whoever
// closes the month does so in the same database transaction, which holds the book's row lock.
// Without a log there is nothing to bind to, unless this server keeps one: then it is about to
// begin. NOT_SEALED while the checkpoint does not cover every entry.
absl::Status SealPeriod(store::TransactionScope& scope, BookKey book, Date month, bool keeps_log);

// Sizes of the checkpoints that months of the book were closed with, by first day.
absl::StatusOr<std::map<Date, std::int64_t>> PeriodSeals(store::TransactionScope& scope,
                                                         BookKey book);

// How many entries of the book dated on or before the day are not among the first `size` leaves.
std::int64_t EntriesBehind(store::TransactionScope& scope, BookKey book, Date last_day,
                           std::int64_t size);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_PERIOD_SEAL_H_
