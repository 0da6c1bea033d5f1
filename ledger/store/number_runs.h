// The numbers that a series has given, counted: what tells gaps and numbers given twice.
#ifndef LUMBUNG_LEDGER_STORE_NUMBER_RUNS_H_
#define LUMBUNG_LEDGER_STORE_NUMBER_RUNS_H_

#include <cstdint>
#include <vector>

#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// Of one series in one fiscal year.
struct NumberRun {
  SeriesId series{};
  int fiscal_year = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count = 0;
  // Told apart.
  std::int64_t distinct = 0;
};

// Of all entries of the book, by series and year. Reads every entry's number.
std::vector<NumberRun> ReadNumberRuns(TransactionScope& scope, BookKey book);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_NUMBER_RUNS_H_
