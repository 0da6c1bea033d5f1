#include "ledger/import/csv_mapping.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"
#include "ledger/import/csv_rows.h"

namespace lumbung::import {
namespace {

constexpr absl::string_view kDimensionPrefix = "dimension:";
constexpr absl::string_view kFields[] = {"date",           "description", "reference", "account",
                                         "contra_account", "amount",      "debit",     "credit",
                                         "currency",       "fund",        "memo",      "entry"};
constexpr absl::string_view kFieldsWithDefault[] = {"account", "contra_account", "currency",
                                                    "fund"};
constexpr int kMaxSkippedLines = 1000;

// English and Indonesian names, where they differ, for one month each.
constexpr std::array<absl::string_view, 12> kMonths = {
    "jan", "feb",     "mar",     "apr",    "may mei", "jun", "jul", "aug agu agt ags",
    "sep", "oct okt", "nov nop", "dec des"};

absl::Status InvalidMapping(absl::string_view field, absl::string_view message) {
  return InvalidArgument("INVALID_MAPPING", field, message);
}

std::string FieldPath(absl::string_view map, absl::string_view key) {
  return absl::StrCat(map, "[", key, "]");
}

template <typename Names>
bool Contains(const Names& names, absl::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// The number that a column is named by, from 1; 0 when it is a name.
std::size_t ColumnNumber(absl::string_view column) {
  std::size_t number = 0;
  return absl::SimpleAtoi(column, &number) ? number : 0;
}

absl::Status CheckNames(const CsvMapping& mapping) {
  for (const auto& [field, column] : mapping.columns) {
    const std::string path = FieldPath("columns", field);
    const bool dimension =
        absl::StartsWith(field, kDimensionPrefix) && field.size() > kDimensionPrefix.size();
    if (!dimension && !Contains(kFields, field)) {
      return InvalidMapping(path, absl::StrCat("there is no field \"", field, "\""));
    }
    if (absl::StripAsciiWhitespace(column).empty()) {
      return InvalidMapping(path, "expected the name or the number of a column");
    }
    const std::size_t number = ColumnNumber(column);
    if (!mapping.has_header && (number == 0 || number > kMaxCsvColumns)) {
      return InvalidMapping(path, absl::StrCat("found \"", column,
                                               "\", expected the number of a "
                                               "column, 1 to ",
                                               kMaxCsvColumns, ", because the file has no header"));
    }
  }
  for (const auto& [field, value] : mapping.defaults) {
    const std::string path = FieldPath("defaults", field);
    if (!Contains(kFieldsWithDefault, field)) {
      return InvalidMapping(path, absl::StrCat("the field \"", field,
                                               "\" has no default; only "
                                               "account, contra_account, currency and fund have"));
    }
    if (value.empty()) return InvalidMapping(path, "the default is empty");
  }
  return absl::OkStatus();
}

// The fields that together make an entry of a row, or of several.
absl::Status CheckFields(const CsvMapping& mapping) {
  const auto column = [&mapping](const char* field) { return mapping.columns.count(field) > 0; };
  const auto known = [&](const char* field) {
    return column(field) || mapping.defaults.count(field) > 0;
  };
  if (!column("date")) return InvalidMapping("columns[date]", "the date has no column");
  if (column("amount") == (column("debit") || column("credit"))) {
    return InvalidMapping("columns[amount]",
                          "expected either a column for the amount or two for debit and credit");
  }
  if (column("debit") != column("credit")) {
    return InvalidMapping(column("debit") ? "columns[credit]" : "columns[debit]",
                          "debit and credit need a column each");
  }
  if (!known("account")) {
    return InvalidMapping("columns[account]", "the account has neither a column nor a default");
  }
  if (!known("currency")) {
    return InvalidMapping("columns[currency]", "the currency has neither a column nor a default");
  }
  if (column("entry") == known("contra_account")) {
    return InvalidMapping("columns[entry]",
                          "expected either a column that says which rows form one entry, or a "
                          "contra_account for the other side of each row");
  }
  return absl::OkStatus();
}

absl::Status NotADate(absl::string_view text, absl::string_view pattern) {
  return InvalidArgument(
      "INVALID_DATE", "",
      absl::StrCat("found \"", absl::Utf8SafeCEscape(Beginning(text, kQuotedLength)),
                   "\", expected a date such as ", pattern));
}

// Takes up to `most` digits, at least one.
std::optional<int> TakeDigits(absl::string_view* text, std::size_t most) {
  std::size_t count = 0;
  while (count < std::min(most, text->size()) &&
         absl::ascii_isdigit(static_cast<unsigned char>((*text)[count]))) {
    ++count;
  }
  int value = 0;
  if (!absl::SimpleAtoi(text->substr(0, count), &value)) return std::nullopt;
  text->remove_prefix(count);
  return value;
}

std::optional<int> TakeMonthName(absl::string_view* text) {
  constexpr std::size_t kLetters = 3;
  const std::string name = absl::AsciiStrToLower(text->substr(0, kLetters));
  if (name.size() < kLetters || absl::StrContains(name, ' ')) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (absl::StrContains(kMonths[i], name)) {
      text->remove_prefix(kLetters);
      return static_cast<int>(i + 1);
    }
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<DatePattern> DatePattern::Parse(absl::string_view pattern) {
  int years = 0;
  int months = 0;
  int days = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    const char c = ++i < pattern.size() ? pattern[i] : '\0';
    years += c == 'Y' || c == 'y' ? 1 : 0;
    months += c == 'm' || c == 'b' ? 1 : 0;
    days += c == 'd' ? 1 : 0;
    if (!absl::StrContains("YymbdB%", c) || c == 'B' || c == '\0') {
      return InvalidMapping("date_format", absl::StrCat("\"%", std::string(1, c == '\0' ? ' ' : c),
                                                        "\" is none of %Y %y %m %b %d %%"));
    }
  }
  if (years == 1 && months == 1 && days == 1) return DatePattern(std::string(pattern));
  return InvalidMapping("date_format",
                        absl::StrCat("\"", pattern,
                                     "\" must have a year (%Y or %y), a month (%m or %b) and a day "
                                     "(%d), each once"));
}

absl::StatusOr<Date> DatePattern::Read(absl::string_view text) const {
  const absl::string_view whole = text = absl::StripAsciiWhitespace(text);
  std::optional<int> year = 0;
  std::optional<int> month = 0;
  std::optional<int> day = 0;
  for (std::size_t i = 0; i < pattern_.size(); ++i) {
    const char c = pattern_[i] == '%' ? pattern_[++i] : '\0';
    if (c == 'Y') {
      const std::size_t before = text.size();
      year = TakeDigits(&text, 4);
      if (before - text.size() != 4) year.reset();
    } else if (c == 'y') {
      const std::size_t before = text.size();
      year = TakeDigits(&text, 2);
      if (before - text.size() != 2) year.reset();
      if (year.has_value()) *year += *year < 69 ? 2000 : 1900;
    } else if (c == 'm') {
      month = TakeDigits(&text, 2);
    } else if (c == 'b') {
      month = TakeMonthName(&text);
    } else if (c == 'd') {
      day = TakeDigits(&text, 2);
    } else if (!absl::ConsumePrefix(&text, absl::string_view(&pattern_[i], 1))) {
      return NotADate(whole, pattern_);
    }
    if (!year || !month || !day) return NotADate(whole, pattern_);
  }
  if (!text.empty()) return NotADate(whole, pattern_);
  return Date::FromCivil(*year, *month, *day);
}

absl::Status ValidateCsvMapping(const CsvMapping& mapping) {
  const char delimiter = mapping.delimiter;
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == '.' ||
      absl::ascii_isalnum(static_cast<unsigned char>(delimiter)) ||
      (static_cast<unsigned char>(delimiter) & 0x80u) != 0) {
    return InvalidMapping("delimiter",
                          "expected one character such as a comma, a semicolon or a "
                          "tab; no letter, digit, quote or dot");
  }
  if (mapping.skip_lines < 0 || mapping.skip_lines > kMaxSkippedLines) {
    return InvalidMapping("skip_lines", absl::StrCat("found ", mapping.skip_lines,
                                                     ", expected 0 to ", kMaxSkippedLines));
  }
  LUMBUNG_RETURN_IF_ERROR(DatePattern::Parse(mapping.date_format).status());
  LUMBUNG_RETURN_IF_ERROR(CheckNames(mapping));
  return CheckFields(mapping);
}

absl::StatusOr<CsvColumns> CsvColumns::Resolve(const CsvMapping& mapping,
                                               const std::vector<std::string>& header) {
  CsvColumns columns;
  for (const auto& [field, column] : mapping.columns) {
    const absl::string_view name = absl::StripAsciiWhitespace(column);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (absl::StripAsciiWhitespace(header[i]) == name) found.push_back(i);
    }
    const std::size_t number = ColumnNumber(name);
    if (found.empty() && number > 0 && number <= kMaxCsvColumns) found.push_back(number - 1);
    if (found.size() != 1) {
      return InvalidMapping(FieldPath("columns", field),
                            absl::StrCat("the header has ", found.empty() ? "no" : "more than one",
                                         " column \"", absl::Utf8SafeCEscape(name), "\""));
    }
    columns.columns_.emplace(field, found.front());
    columns.width_ = std::max(columns.width_, found.front() + 1);
    absl::string_view dimension = field;
    if (absl::ConsumePrefix(&dimension, kDimensionPrefix)) {
      columns.dimensions_.emplace_back(dimension, found.front());
    }
  }
  return columns;
}

std::optional<std::size_t> CsvColumns::Find(absl::string_view field) const {
  const auto it = columns_.find(std::string(field));
  if (it == columns_.end()) return std::nullopt;
  return it->second;
}

}  // namespace lumbung::import
