// From what a request says to figures: the books it names, read in one view.
#ifndef LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_READER_H_
#define LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "lumbung/reporting/v1/resources.pb.h"
#include "reports/model/figures.h"
#include "reports/model/statement_definition.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"

namespace lumbung::reporting {

// Everything that statements of one basis are made from, as of one moment.
struct Reading {
  reports::Figures figures;
  // Of each book: the newest entry that counts.
  std::vector<EntryId> last_entries;
  std::string organization;
  // One person may write and approve; every report says so.
  bool small_organization = false;
  // The newest signed note of the log, with its witnesses; empty before the first.
  std::string checkpoint;
};

// What a reading is of: books that exist and that the caller may read.
struct ReadingOf {
  // The first one is the one that was asked for.
  std::vector<BookKey> books;
  // By slug.
  std::string organization;
  // The current period first. Both ends of every range are set.
  std::vector<DateRange> periods;
  std::optional<absl::Time> known_at;
  // Only this fund, when not empty.
  std::string fund;
  absl::Span<const reports::StatementDefinition* const> definitions;
};

// Reads in the caller's database transaction, which is Access::kReadOnly. BOOK_NOT_FOUND,
// UNKNOWN_FUND, FUNCTIONAL_CURRENCY_CHANGED.
absl::StatusOr<Reading> ReadFor(store::TransactionScope& scope, const ReadingOf& what);

// The newest signed note of the log, with its witnesses; empty before the first.
std::string CheckpointText(store::TransactionScope& scope);

// The period and, unless the basis says otherwise, the same days of the year before. INVALID_DATE,
// INVALID_FILTER.
absl::StatusOr<std::vector<DateRange>> PeriodsOf(const v1::StatementBasis& basis);

// Thread-safe.
class StatementReader {
 public:
  // Both outlive it.
  StatementReader(store::ConnectionPool* pool, BookDirectory* directory)
      : pool_(pool), directory_(directory) {}

  // For these definitions together. INVALID_NAME, BOOK_NOT_FOUND, PERMISSION_DENIED for another
  // book that the caller may not read, INVALID_DATE, INVALID_FILTER, UNKNOWN_FUND,
  // FUNCTIONAL_CURRENCY_CHANGED.
  absl::StatusOr<Reading> Read(const CallScope& call, const std::string& parent,
                               const v1::StatementBasis& basis, const std::string& fund,
                               absl::Span<const reports::StatementDefinition* const> definitions);

  // The chart template of the book, without its version: "isak35-ngo". INVALID_NAME,
  // BOOK_NOT_FOUND.
  absl::StatusOr<std::string> ChartOf(const CallScope& call, const std::string& parent);

 private:
  absl::StatusOr<std::vector<BookKey>> Books(const CallScope& call, const std::string& parent,
                                             const v1::StatementBasis& basis,
                                             const std::string& fund);

  store::ConnectionPool* const pool_;
  BookDirectory* const directory_;
};

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_READER_H_
