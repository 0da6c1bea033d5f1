// When a recurring voucher is due: rent each month, a licence each year. Pure.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_SCHEDULE_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_SCHEDULE_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "ledger/core/date.h"

namespace lumbung::vouchers {

// The numbers are those stored in the database.
enum class Frequency : std::int16_t { kWeekly = 1, kMonthly = 2, kQuarterly = 3, kYearly = 4 };

struct Schedule {
  Frequency every = Frequency::kMonthly;
  // The day of the month, 1 to 31; the last day of a month that is shorter. Weeks go by the
  // weekday of the first date.
  int day = 1;
  // The next date that is due.
  Date next;
  // The last date that may become due; for ever when absent.
  std::optional<Date> until;
};

// INVALID_SCHEDULE at `schedule.day` or `schedule.until_date`.
absl::Status CheckSchedule(const Schedule& schedule);

bool IsDue(const Schedule& schedule, Date today);

// The date after `schedule.next`.
Date FollowingDate(const Schedule& schedule);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_SCHEDULE_H_
