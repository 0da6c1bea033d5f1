// Which entry the last part of a resource name means.
#ifndef LUMBUNG_SERVICES_LEDGER_API_ENTRY_LOOKUP_H_
#define LUMBUNG_SERVICES_LEDGER_API_ENTRY_LOOKUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::ledger::api {

// `id` is a sequence (42) or a number as printed (JU-2026-000042). A sequence is not looked up.
// ENTRY_NOT_FOUND.
absl::StatusOr<EntryId> FindEntry(store::TransactionScope& scope, const BookSnapshot& book,
                                  const std::string& id);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_ENTRY_LOOKUP_H_
