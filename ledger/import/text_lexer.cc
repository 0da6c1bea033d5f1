#include "ledger/import/text_lexer.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

constexpr std::size_t kDescribedBytes = 40;

constexpr bool IsDateSeparator(char c) {
  return c == '-' || c == '/' || c == '.';
}

absl::Status InvalidDate(absl::string_view found) {
  return InvalidArgument(
      "INVALID_DATE", "",
      absl::StrCat("found ", Describe(found), ", expected a date such as 2023-01-31"));
}

}  // namespace

void SkipSpaces(absl::string_view* rest) {
  std::size_t n = 0;
  while (n < rest->size() && IsSpace((*rest)[n])) ++n;
  rest->remove_prefix(n);
}

bool TakeChar(absl::string_view* rest, char c) {
  if (rest->empty() || rest->front() != c) return false;
  rest->remove_prefix(1);
  return true;
}

absl::string_view TakeWord(absl::string_view* rest) {
  std::size_t n = 0;
  while (n < rest->size() && !IsSpace((*rest)[n])) ++n;
  const absl::string_view word = rest->substr(0, n);
  rest->remove_prefix(n);
  return word;
}

absl::string_view TakeDigits(absl::string_view* rest) {
  std::size_t n = 0;
  while (n < rest->size() && IsDigit((*rest)[n])) ++n;
  const absl::string_view digits = rest->substr(0, n);
  rest->remove_prefix(n);
  return digits;
}

absl::string_view Trimmed(absl::string_view text) {
  SkipSpaces(&text);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string Describe(absl::string_view rest) {
  rest = Trimmed(rest);
  if (rest.empty()) return "the end of the line";
  if (rest.size() <= kDescribedBytes) {
    return absl::StrCat("\"", absl::Utf8SafeCHexEscape(rest), "\"");
  }
  std::size_t size = kDescribedBytes;  // Brought back to where a character starts.
  while (size > 0 && (static_cast<unsigned char>(rest[size]) & 0xC0u) == 0x80u) --size;
  return absl::StrCat("\"", absl::Utf8SafeCHexEscape(rest.substr(0, size)), "...\"");
}

absl::StatusOr<Date> TakeDate(absl::string_view* rest, const DateRules& rules) {
  const absl::string_view found = *rest;
  const absl::string_view first = TakeDigits(rest);
  if (first.empty() || rest->empty() || !IsDateSeparator(rest->front())) return InvalidDate(found);
  const char separator = rest->front();
  rest->remove_prefix(1);
  const absl::string_view second = TakeDigits(rest);
  absl::string_view third;
  const bool has_year = first.size() >= 4;
  const bool first_of_month =
      rules.lenient && has_year && (rest->empty() || !IsDateSeparator(rest->front()));
  if (has_year && !first_of_month) {
    if (rest->empty() || !IsDateSeparator(rest->front())) return InvalidDate(found);
    if (rest->front() != separator && !rules.lenient) return InvalidDate(found);
    rest->remove_prefix(1);
    third = TakeDigits(rest);
  }
  int numbers[3] = {0, 0, 1};
  const absl::string_view parts[3] = {first, second, third};
  for (int i = 0; i < 3; ++i) {
    if (parts[i].empty() && i == 2 && (first_of_month || !has_year)) continue;
    if (!absl::SimpleAtoi(parts[i], &numbers[i])) return InvalidDate(found);
  }
  if (has_year) return Date::FromCivil(numbers[0], numbers[1], numbers[2]);
  if (!rules.default_year.has_value()) {
    return InvalidArgument("INVALID_DATE", "",
                           absl::StrCat("the date ", Describe(found),
                                        " has no year and no default year was set before it"));
  }
  return Date::FromCivil(*rules.default_year, numbers[0], numbers[1]);
}

absl::StatusOr<Decimal> DecimalFromDigits(absl::string_view digits, std::size_t decimal_mark,
                                          int exponent) {
  int128 units = 0;
  int significant = 0;
  std::int64_t scale = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (!IsDigit(digits[i])) continue;
    if (significant > 0 || digits[i] != '0') ++significant;
    if (significant > Decimal::kMaxDigits) break;
    units = units * 10 + (digits[i] - '0');
    if (decimal_mark != absl::string_view::npos && i > decimal_mark) ++scale;
  }
  scale -= exponent;
  while (scale < 0 && units != 0 && ++significant <= Decimal::kMaxDigits) {
    units *= 10;
    ++scale;
  }
  if (units == 0) scale = std::max<std::int64_t>(scale, 0);
  if (significant > Decimal::kMaxDigits || scale < 0 || scale > Decimal::kMaxScale) {
    return InvalidArgument(
        "INVALID_AMOUNT", "",
        absl::StrCat("the number ", Describe(digits), " needs more than ", Decimal::kMaxDigits,
                     " digits or ", Decimal::kMaxScale, " decimals"));
  }
  return Decimal::FromUnits(units, static_cast<int>(scale));
}

}  // namespace lumbung::import
