// Ranges of days, and how a range splits into whole months and single days.
#ifndef LUMBUNG_LEDGER_CORE_DATE_RANGE_H_
#define LUMBUNG_LEDGER_CORE_DATE_RANGE_H_

#include <optional>
#include <vector>

#include "ledger/core/date.h"

namespace lumbung {

// From the first day to the last one, both included; open where absent.
struct DateRange {
  std::optional<Date> from;
  std::optional<Date> to;
  friend bool operator==(const DateRange&, const DateRange&) = default;

  bool IsEmpty() const { return from.has_value() && to.has_value() && *from > *to; }
  bool Contains(Date date) const {
    return (!from.has_value() || *from <= date) && (!to.has_value() || date <= *to);
  }
};

struct MonthSplit {
  // From the first day of the first whole month to the first day of the last one.
  std::optional<DateRange> months;
  // What is left at either end: at most two ranges, each within one month.
  std::vector<DateRange> days;
};

MonthSplit SplitAtMonths(const DateRange& range);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_DATE_RANGE_H_
