// From what a request says to figures: the books it names, read in one view.
#ifndef LUMBUNG_SERVICES_REPORTING_API_STATEMENT_READER_H_
#define LUMBUNG_SERVICES_REPORTING_API_STATEMENT_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/reporting/v1/resources.pb.h"
#include "reports/model/figures.h"
#include "reports/model/statement_definition.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"

namespace lumbung::reporting::api {

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

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_STATEMENT_READER_H_
