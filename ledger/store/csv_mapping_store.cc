#include "ledger/store/csv_mapping_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {
namespace {

constexpr Statement kSave = {
    "save_csv_mapping",
    "insert into ledger.csv_mapping (organization_id, book_id, key, definition) "
    "values ($1, $2, $3, $4::jsonb) "
    "on conflict on constraint csv_mapping_pkey do update set definition = excluded.definition"};

constexpr Statement kFindMapping = {"find_csv_mapping",
                             "select key, definition::text from ledger.csv_mapping "
                             "where organization_id = $1 and book_id = $2 and key = $3"};

constexpr Statement kList = {
    "list_csv_mappings",
    "select key, definition::text from ledger.csv_mapping "
    "where organization_id = $1 and book_id = $2 and key > $3 order by key limit $4"};

}  // namespace

absl::Status SaveCsvMapping(TransactionScope& scope, BookKey book,
                            const StoredCsvMapping& mapping) {
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(mapping.key, "mapping_id"));
  scope.Execute(kSave, ToInteger(book.organization), ToInteger(book.book), mapping.key,
                mapping.definition);
  return absl::OkStatus();
}

absl::StatusOr<StoredCsvMapping> FindCsvMapping(TransactionScope& scope, BookKey book,
                                                absl::string_view key) {
  const pqxx::result rows = scope.Execute(kFindMapping, ToInteger(book.organization),
                                          ToInteger(book.book), std::string(key));
  if (rows.empty()) {
    return NotFound("CSV_MAPPING_NOT_FOUND", "csv_mapping",
                    absl::StrCat("the book has no CSV mapping \"", key, "\""));
  }
  return StoredCsvMapping{rows[0][0].c_str(), rows[0][1].c_str()};
}

std::vector<StoredCsvMapping> ListCsvMappings(TransactionScope& scope, BookKey book,
                                              absl::string_view after, int limit) {
  std::vector<StoredCsvMapping> mappings;
  for (const pqxx::row& row : scope.Execute(kList, ToInteger(book.organization),
                                            ToInteger(book.book), std::string(after), limit)) {
    mappings.push_back({row[0].c_str(), row[1].c_str()});
  }
  return mappings;
}

}  // namespace lumbung::store
