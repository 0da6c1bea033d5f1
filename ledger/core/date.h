// Date: an accounting date. A calendar day without time or zone, between 1900-01-01 and 9999-12-31.
#ifndef LUMBUNG_LEDGER_CORE_DATE_H_
#define LUMBUNG_LEDGER_CORE_DATE_H_

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung {

class Date {
 public:
  // 1970-01-01.
  constexpr Date() = default;
  // Strict `YYYY-MM-DD`, a day that exists, within the range above. INVALID_DATE.
  static absl::StatusOr<Date> Parse(absl::string_view text);
  // INVALID_DATE.
  static absl::StatusOr<Date> FromCivil(int year, int month, int day);
  // Days since 1970-01-01; the caller vouches for the range.
  static constexpr Date FromDays(std::int32_t days) { return Date(days); }

  std::string ToString() const;
  constexpr std::int32_t days() const { return days_; }
  int year() const;
  int month() const;  // 1..12
  int day() const;    // 1..31
  // 0 is Monday.
  int weekday() const;

  Date FirstOfMonth() const;
  Date LastOfMonth() const;
  // The caller vouches that the result stays in range, as in AddMonths and FromDays.
  Date AddDays(int n) const { return Date(days_ + n); }
  // The same day n months later, or the last day of that month when it is shorter.
  Date AddMonths(int n) const;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

std::ostream& operator<<(std::ostream& out, const Date& date);

// The calendar year in which the fiscal year containing `date` starts.
int FiscalYearOf(Date date, int fiscal_year_start_month);
// First and last day of a fiscal year.
Date FiscalYearStart(int fiscal_year, int fiscal_year_start_month);
Date FiscalYearEnd(int fiscal_year, int fiscal_year_start_month);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_DATE_H_
