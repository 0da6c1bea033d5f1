// Column mappings for CSV imports, kept under a key per book. The store keeps their JSON and does
// not look inside.
#ifndef LUMBUNG_LEDGER_STORE_CSV_MAPPING_STORE_H_
#define LUMBUNG_LEDGER_STORE_CSV_MAPPING_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct StoredCsvMapping {
  std::string key;
  std::string definition;  // JSON, as PostgreSQL prints it.
};

// Replaces what stood under the key. INVALID_ID.
absl::Status SaveCsvMapping(TransactionScope& scope, BookKey book, const StoredCsvMapping& mapping);

// CSV_MAPPING_NOT_FOUND.
absl::StatusOr<StoredCsvMapping> FindCsvMapping(TransactionScope& scope, BookKey book,
                                                absl::string_view key);

// Those whose key comes after `after`, by key, at most `limit`.
std::vector<StoredCsvMapping> ListCsvMappings(TransactionScope& scope, BookKey book,
                                              absl::string_view after, int limit);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_CSV_MAPPING_STORE_H_
