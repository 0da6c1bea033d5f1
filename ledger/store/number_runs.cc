#include "ledger/store/number_runs.h"

#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kNumberRuns = {
    "read_number_runs",
    "select series_id, fiscal_year, min(number), max(number), count(*), count(distinct number) "
    "from ledger.journal_entry where organization_id = $1 and book_id = $2 "
    "group by series_id, fiscal_year order by series_id, fiscal_year"};

}  // namespace

std::vector<NumberRun> ReadNumberRuns(TransactionScope& scope, BookKey book) {
  std::vector<NumberRun> runs;
  for (const pqxx::row& row :
       scope.Execute(kNumberRuns, ToInteger(book.organization), ToInteger(book.book))) {
    runs.push_back({StoredId<SeriesId>(row[0]), row[1].as<int>(), row[2].as<std::int64_t>(),
                    row[3].as<std::int64_t>(), row[4].as<std::int64_t>(),
                    row[5].as<std::int64_t>()});
  }
  return runs;
}

}  // namespace lumbung::store
