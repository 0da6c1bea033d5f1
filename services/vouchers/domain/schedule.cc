#include "services/vouchers/domain/schedule.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

int MonthsBetween(Frequency every) {
  switch (every) {
    case Frequency::kWeekly:
      return 0;
    case Frequency::kMonthly:
      return 1;
    case Frequency::kQuarterly:
      return 3;
    case Frequency::kYearly:
      return 12;
  }
  return 0;
}

}  // namespace

absl::Status CheckSchedule(const Schedule& schedule) {
  if (schedule.day < 1 || schedule.day > 31) {
    return InvalidArgument("INVALID_SCHEDULE", "schedule.day",
                           absl::StrCat("found day ", schedule.day, "; 1 to 31 are allowed"));
  }
  if (schedule.until.has_value() && *schedule.until < schedule.next) {
    return InvalidArgument("INVALID_SCHEDULE", "schedule.until_date",
                           absl::StrCat("the schedule would end on ", schedule.until->ToString(),
                                        ", before its first date ", schedule.next.ToString()));
  }
  return absl::OkStatus();
}

bool IsDue(const Schedule& schedule, Date today) {
  return schedule.next <= today &&
         (!schedule.until.has_value() || schedule.next <= *schedule.until);
}

Date FollowingDate(const Schedule& schedule) {
  if (schedule.every == Frequency::kWeekly) return schedule.next.AddDays(7);
  const Date month = schedule.next.FirstOfMonth().AddMonths(MonthsBetween(schedule.every));
  return std::min(month.AddDays(schedule.day - 1), month.LastOfMonth());
}

}  // namespace lumbung::vouchers
