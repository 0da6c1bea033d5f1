// Importing a journal: one file and what it includes become entries of one book, all or nothing.
//
//   1. A first pass over the file finds out what it asks of the book (import::ImportPlan). What
//      cannot be is refused here, before the database is touched.
//   2. One database transaction creates the accounts, currencies, dimension values and rates that
//      the book lacks, posts the entries of a second pass in chunks, checks the file's balance
//      assertions and keeps those that may be kept.
//
// An import is idempotent by content: an entry that was imported before is skipped, and when all
// were, nothing at all is changed. It never rounds. A cancelled or refused import, and a dry run,
// leave no trace. Memory does not grow with the number of entries but for the hashes that tell
// repeated entries apart, and for what the assertions speak of.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_IMPORT_JOURNAL_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_IMPORT_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/ids.h"
#include "ledger/import/import_plan.h"
#include "ledger/import/parsed_journal.h"
#include "ledger/import/readers.h"
#include "ledger/store/connection_pool.h"

namespace lumbung::transfer {

struct ImportOptions {
  std::string main_file;
  // Detected when absent.
  std::optional<import::JournalFormat> format;
  // Needed for CSV.
  std::optional<import::CsvMapping> csv_mapping;
  // Commodity symbol in the file -> currency code in the book.
  std::map<std::string, std::string> currency_names;
  // Takes tolerance residues; created when the book lacks it and its name tells its type. Without
  // it residues are refused.
  std::string residue_account;
  bool dry_run = false;
  bool allow_unsupported = false;
  // Create no accounts, currencies or dimension values.
  bool existing_only = false;
  PostingPermissions permissions;
  std::function<absl::Time()> now;
  std::function<void(char* bytes, std::size_t count)> random_bytes;
  // Told after a change of the book was committed.
  std::function<void(BookKey)> on_book_changed;
};

// Is told how far an import is, and asked whether to go on. Called from the importing thread.
class ImportProgress {
 public:
  virtual ~ImportProgress() = default;
  // `total` is 0 when unknown.
  virtual void OnStage(absl::string_view stage, std::int64_t total) = 0;
  virtual void OnProgress(std::int64_t done) = 0;
  virtual bool cancelled() const = 0;
};

struct AccountTurnover {
  std::string account;
  std::string currency;
  std::string functional_currency;
  Decimal debit;
  Decimal credit;
  Decimal functional_debit;
  Decimal functional_credit;
};

struct ImportReport {
  import::JournalFormat format{};
  // What this import posted.
  std::int64_t entry_count = 0;
  std::int64_t posting_count = 0;
  // Entries that were in the book before.
  std::int64_t already_imported_count = 0;
  std::int64_t accounts_created = 0;
  std::int64_t currencies_created = 0;
  std::int64_t dimension_values_created = 0;
  std::int64_t rates_created = 0;
  std::int64_t assertions_checked = 0;
  std::int64_t assertions_stored = 0;
  // What was left out or had to be assumed, by what it is.
  std::map<std::string, import::Unsupported> unsupported;
  std::vector<import::Residue> residues;
  std::int64_t residue_count = 0;
  // Of what was posted, by account key and currency.
  std::vector<AccountTurnover> totals;
  // SHA-256 over all entries of the file, in order, as hexadecimal.
  std::string digest;
  std::optional<Date> first_date;
  std::optional<Date> last_date;
};

// Refusals carry every problem found (ProblemsOf), each with file and line. In this order:
// BOOK_NOT_FOUND, what the readers refuse (UNKNOWN_FORMAT, INVALID_MAPPING, PARSE_ERROR, ...),
// UNSUPPORTED, RESIDUE, SCALE_EXCEEDED, UNKNOWN_ACCOUNT, UNKNOWN_CURRENCY, UNKNOWN_DIMENSION_VALUE,
// what creating the parts of a book refuses, RATE_MISSING and what ValidateEntry refuses,
// ASSERTION_FAILED; CANCELLED.
absl::StatusOr<ImportReport> ImportJournal(store::ConnectionPool& pool, BookKey book,
                                           const import::FileSource& files,
                                           const ImportOptions& options, ImportProgress& progress);

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_IMPORT_JOURNAL_H_
