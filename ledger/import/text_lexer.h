// The small pieces of which hledger and ledger lines are made. Every function takes what it reads
// off the front of `rest`. Pure; errors carry no place, the caller adds it.
#ifndef LUMBUNG_LEDGER_IMPORT_TEXT_LEXER_H_
#define LUMBUNG_LEDGER_IMPORT_TEXT_LEXER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"

namespace lumbung::import {

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void SkipSpaces(absl::string_view* rest);
// Takes `c` when it comes next.
bool TakeChar(absl::string_view* rest, char c);
// Takes the characters up to the next white space.
absl::string_view TakeWord(absl::string_view* rest);
absl::string_view TakeDigits(absl::string_view* rest);
absl::string_view Trimmed(absl::string_view text);

// What to call the next thing in a message: `"= $5"`, or `the end of the line`.
std::string Describe(absl::string_view rest);

// How strict a format is about dates.
struct DateRules {
  // For dates without a year.
  std::optional<int> default_year = std::nullopt;
  // Whether "2023-01/31" is a date, and "2023/01" the first of January.
  bool lenient = false;
};

// Year, month and day separated by "-", "/" or "."; the year may be missing. INVALID_DATE.
absl::StatusOr<Date> TakeDate(absl::string_view* rest, const DateRules& rules);

// The value of `digits`, whose marks are skipped except for the decimal mark at `decimal_mark`
// (npos: none), times ten to the power of `exponent`. The scale is the number of decimals as
// written. INVALID_AMOUNT when it does not fit a Decimal.
absl::StatusOr<Decimal> DecimalFromDigits(absl::string_view digits, std::size_t decimal_mark,
                                          int exponent);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_TEXT_LEXER_H_
