// The plain values of the model: amounts as integers of the smallest unit, dates as text. Written
// from the API's description alone; shares nothing with ledger/.
#ifndef LUMBUNG_TESTS_AUDITOR_PLAIN_VALUES_H_
#define LUMBUNG_TESTS_AUDITOR_PLAIN_VALUES_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/support/exact_number.h"

namespace lumbung::auditor {

using testing::ExactInteger;
using testing::ExactNumber;

// A decimal as it was written: `units` / 10^`scale`.
struct PlainAmount {
  ExactInteger units;
  int scale = 0;

  ExactNumber value() const { return ExactNumber(units, testing::PowerOfTen(scale)); }
};

// Nothing when the text is no decimal of the API.
std::optional<PlainAmount> ReadAmount(const std::string& text);
// The units at another scale; nothing when a digit would be lost or there are more than 38.
std::optional<ExactInteger> UnitsAt(const PlainAmount& amount, int scale);
// "-12.50".
std::string AmountText(const ExactInteger& units, int scale);
// The shortest spelling of the same number: "12.5" for "0012.500".
std::string TrimmedAmount(const std::string& text);

// Splits a non-negative total in proportion to the weights by largest remainder.
std::vector<ExactInteger> SplitByLargestRemainder(const ExactInteger& total,
                                                  const std::vector<ExactInteger>& weights);

// Whether the text is a day between 1900-01-01 and 9999-12-31. Days compare as text.
bool IsDate(const std::string& text);
// "2026-02" of "2026-02-14".
std::string MonthOf(const std::string& date);
std::string MonthAfter(const std::string& month, int months);
std::string FirstDayOf(const std::string& month);
std::string LastDayOf(const std::string& month);
// The calendar year in which the fiscal year of the date starts.
int FiscalYearOf(const std::string& date, int start_month);
std::string LastDayOfFiscalYear(int fiscal_year, int start_month);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_PLAIN_VALUES_H_
