#include "ledger/core/date_range.h"

#include <algorithm>

namespace lumbung {

MonthSplit SplitAtMonths(const DateRange& range) {
  MonthSplit split;
  if (range.IsEmpty()) return split;
  DateRange months = range;
  if (range.from.has_value() && *range.from != range.from->FirstOfMonth()) {
    const Date end = range.from->LastOfMonth();
    split.days.push_back({range.from, range.to.has_value() ? std::min(end, *range.to) : end});
    months.from = end.AddDays(1);
  }
  if (range.to.has_value()) {
    months.to = range.to->FirstOfMonth();
    if (*range.to != range.to->LastOfMonth()) {
      // Unless the days at the other end reach into this month and cover it already.
      if (!months.from.has_value() || *months.from <= *months.to) {
        split.days.push_back({*months.to, range.to});
      }
      months.to = months.to->AddMonths(-1);
    }
  }
  if (!months.IsEmpty()) split.months = months;
  return split;
}

}  // namespace lumbung
