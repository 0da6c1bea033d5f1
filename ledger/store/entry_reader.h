// Reads posted entries back, exactly as they were stored.
#ifndef LUMBUNG_LEDGER_STORE_ENTRY_READER_H_
#define LUMBUNG_LEDGER_STORE_ENTRY_READER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// The entries with all their postings, in the order of `ids`. ENTRY_NOT_FOUND.
absl::StatusOr<std::vector<PostedEntry>> ReadEntriesIn(TransactionScope& scope, BookKey book,
                                                       const std::vector<EntryId>& ids);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ENTRY_READER_H_
