#include "services/vouchers/domain/schedule.h"

#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::IsOk;
using testing::RefusesAt;

Date Day(const char* text) {
  return *Date::Parse(text);
}

TEST(ScheduleTest, ComesAgainOnItsDay) {
  struct Row {
    Frequency every;
    int day;
    const char* first;
    const char* then;
  };
  constexpr Row kRows[] = {
      {Frequency::kWeekly, 1, "2026-02-25", "2026-03-04 2026-03-11 2026-03-18"},
      {Frequency::kMonthly, 5, "2026-01-05", "2026-02-05 2026-03-05 2026-04-05"},
      // The last day of short months, and the 31st again after them.
      {Frequency::kMonthly, 31, "2026-01-31", "2026-02-28 2026-03-31 2026-04-30"},
      {Frequency::kQuarterly, 30, "2025-11-30", "2026-02-28 2026-05-30 2026-08-30"},
      {Frequency::kYearly, 29, "2024-02-29", "2025-02-28 2026-02-28 2027-02-28"},
  };
  for (const Row& row : kRows) {
    Schedule schedule{row.every, row.day, Day(row.first), std::nullopt};
    std::string then;
    for (int i = 0; i < 3; ++i) {
      schedule.next = FollowingDate(schedule);
      absl::StrAppend(&then, i > 0 ? " " : "", schedule.next.ToString());
    }
    EXPECT_EQ(then, row.then);
  }
}

TEST(ScheduleTest, IsDueFromItsDateToItsEnd) {
  Schedule schedule{Frequency::kMonthly, 5, Day("2026-01-05"), Day("2026-01-31")};
  EXPECT_FALSE(IsDue(schedule, Day("2026-01-04")));
  EXPECT_TRUE(IsDue(schedule, Day("2026-01-05")));
  EXPECT_TRUE(IsDue(schedule, Day("2026-03-05")));
  schedule.next = FollowingDate(schedule);
  EXPECT_FALSE(IsDue(schedule, Day("2026-03-05")));
}

TEST(ScheduleTest, RefusesDaysAndEndsThatCannotBe) {
  const auto check = [](int day, const char* until) {
    return CheckSchedule({Frequency::kMonthly, day, Day("2026-01-05"), Day(until)});
  };
  EXPECT_THAT(check(31, "2026-01-05"), IsOk());
  EXPECT_THAT(check(0, "2026-12-31"), RefusesAt("INVALID_SCHEDULE", "schedule.day"));
  EXPECT_THAT(check(32, "2026-12-31"), RefusesAt("INVALID_SCHEDULE", "schedule.day"));
  EXPECT_THAT(check(1, "2026-01-04"), RefusesAt("INVALID_SCHEDULE", "schedule.until_date"));
}

}  // namespace
}  // namespace lumbung::vouchers
