#include "ledger/core/date.h"

#include <algorithm>
#include <ostream>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9999;

absl::CivilDay ToCivil(Date date) {
  return absl::CivilDay() + date.days();
}

Date FromCivilDay(absl::CivilDay day) {
  return Date::FromDays(static_cast<std::int32_t>(day - absl::CivilDay()));
}

// The number written by `digits`, or -1 when one of them is not an ASCII digit.
int ReadDigits(absl::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

absl::Status NotADate(absl::string_view text) {
  return InvalidArgument("INVALID_DATE", "",
                         absl::StrCat("\"", absl::CHexEscape(text.substr(0, kQuotedLength)),
                                      "\" is not a date; expected YYYY-MM-DD"));
}

}  // namespace

absl::StatusOr<Date> Date::Parse(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return NotADate(text);
  const int year = ReadDigits(text.substr(0, 4));
  const int month = ReadDigits(text.substr(5, 2));
  const int day = ReadDigits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return NotADate(text);
  return FromCivil(year, month, day);
}

absl::StatusOr<Date> Date::FromCivil(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) {
    return InvalidArgument(
        "INVALID_DATE", "",
        absl::StrCat("the year ", year, " is outside ", kFirstYear, " to ", kLastYear));
  }
  // CivilDay carries the 31st of June over into July, so a day that does not come back is not real.
  const absl::CivilDay civil(year, month, day);
  if (civil.year() != year || civil.month() != month || civil.day() != day) {
    return InvalidArgument(
        "INVALID_DATE", "",
        absl::StrCat("there is no day ", day, " of month ", month, " in ", year));
  }
  return FromCivilDay(civil);
}

std::string Date::ToString() const {
  const absl::CivilDay civil = ToCivil(*this);
  return absl::StrCat(absl::Dec(civil.year(), absl::kZeroPad4), "-",
                      absl::Dec(civil.month(), absl::kZeroPad2), "-",
                      absl::Dec(civil.day(), absl::kZeroPad2));
}

int Date::year() const {
  return static_cast<int>(ToCivil(*this).year());
}
int Date::month() const {
  return ToCivil(*this).month();
}
int Date::day() const {
  return ToCivil(*this).day();
}
int Date::weekday() const {
  return static_cast<int>(absl::GetWeekday(ToCivil(*this)));
}

Date Date::FirstOfMonth() const {
  return FromCivilDay(absl::CivilDay(absl::CivilMonth(ToCivil(*this))));
}

Date Date::LastOfMonth() const {
  return FromCivilDay(absl::CivilDay(absl::CivilMonth(ToCivil(*this)) + 1) - 1);
}

Date Date::AddMonths(int n) const {
  const Date first = FromCivilDay(absl::CivilDay(absl::CivilMonth(ToCivil(*this)) + n));
  return std::min(first.AddDays(day() - 1), first.LastOfMonth());
}

std::ostream& operator<<(std::ostream& out, const Date& date) {
  return out << date.ToString();
}

int FiscalYearOf(Date date, int fiscal_year_start_month) {
  return date.month() >= fiscal_year_start_month ? date.year() : date.year() - 1;
}

Date FiscalYearStart(int fiscal_year, int fiscal_year_start_month) {
  return FromCivilDay(absl::CivilDay(fiscal_year, fiscal_year_start_month, 1));
}

Date FiscalYearEnd(int fiscal_year, int fiscal_year_start_month) {
  return FiscalYearStart(fiscal_year + 1, fiscal_year_start_month).AddDays(-1);
}

}  // namespace lumbung
