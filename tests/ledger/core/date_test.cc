#include "ledger/core/date.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/string_view.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Refuses;

Date Day(absl::string_view text) {
  return Date::Parse(text).value();
}

TEST(DateTest, ReadsAndWritesIsoDates) {
  for (const char* text : {"1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29",
                           "2025-12-31", "9999-12-31"}) {
    EXPECT_EQ(Day(text).ToString(), text);
  }
  EXPECT_EQ(Date().ToString(), "1970-01-01");
  EXPECT_EQ(Day("2025-07-09").year(), 2025);
  EXPECT_EQ(Day("2025-07-09").month(), 7);
  EXPECT_EQ(Day("2025-07-09").day(), 9);
}

TEST(DateTest, RefusesWhatIsNotADay) {
  for (const char* text : {"",
                           "2025",
                           "2025-1-01",
                           "2025-01-1",
                           "2025/01/01",
                           "20250101",
                           "01-01-2025",
                           "2025-00-10",
                           "2025-13-01",
                           "2025-01-00",
                           "2025-01-32",
                           "2025-02-29",
                           "1900-02-29",
                           "2025-04-31",
                           "1899-12-31",
                           "0000-01-01",
                           "10000-01-01",
                           "-025-01-01",
                           "2025-01-01 ",
                           " 2025-01-01",
                           "2025-01-01T00:00:00",
                           "2025-+1-01",
                           "2025- 1-01",
                           "abcd-ef-gh"}) {
    EXPECT_THAT(Date::Parse(text), Refuses("INVALID_DATE")) << text;
  }
  EXPECT_THAT(Date::FromCivil(2147483647, 1, 1), Refuses("INVALID_DATE"));
  EXPECT_THAT(Date::FromCivil(2025, -1, 2147483647), Refuses("INVALID_DATE"));
}

TEST(DateTest, SaysWhichPartIsWrong) {
  EXPECT_EQ(Date::Parse("2025-02-29").status().message(), "there is no day 29 of month 2 in 2025");
  EXPECT_EQ(Date::Parse("1899-12-31").status().message(), "the year 1899 is outside 1900 to 9999");
  EXPECT_EQ(Date::Parse("31/12/2025").status().message(),
            "\"31/12/2025\" is not a date; expected YYYY-MM-DD");
}

TEST(DateTest, CountsDays) {
  EXPECT_EQ(Day("1970-01-01").days(), 0);
  EXPECT_EQ(Day("1969-12-31").days(), -1);
  EXPECT_EQ(Day("2000-03-01").days(), 11017);
  EXPECT_EQ(Date::FromDays(20089), Day("2025-01-01"));
  EXPECT_EQ(Day("2024-12-31").AddDays(1), Day("2025-01-01"));
  EXPECT_EQ(Day("2025-03-01").AddDays(-1), Day("2025-02-28"));
  EXPECT_LT(Day("2025-01-31"), Day("2025-02-01"));
}

TEST(DateTest, EveryDayOfFourCenturiesFollowsTheOneBefore) {
  // 400 years are one full cycle of the calendar.
  Date day = Day("1900-01-01");
  int weekday = day.weekday();
  EXPECT_EQ(weekday, 0) << "1 January 1900 was a Monday";
  for (; day < Day("2300-01-01"); day = day.AddDays(1), weekday = (weekday + 1) % 7) {
    ASSERT_EQ(Day(day.ToString()), day);
    ASSERT_EQ(day.weekday(), weekday) << day;
    ASSERT_EQ(Date::FromCivil(day.year(), day.month(), day.day()).value(), day);
  }
}

TEST(DateTest, KnowsTheEndsOfAMonth) {
  EXPECT_EQ(Day("2024-02-15").FirstOfMonth(), Day("2024-02-01"));
  EXPECT_EQ(Day("2024-02-15").LastOfMonth(), Day("2024-02-29"));
  EXPECT_EQ(Day("2025-02-01").LastOfMonth(), Day("2025-02-28"));
  EXPECT_EQ(Day("2025-12-31").LastOfMonth(), Day("2025-12-31"));
  EXPECT_EQ(Day("9999-12-01").LastOfMonth(), Day("9999-12-31"));
}

TEST(DateTest, AddsMonthsWithinTheShorterMonth) {
  struct {
    const char* from;
    int months;
    const char* to;
  } const cases[] = {
      {"2025-01-15", 1, "2025-02-15"},  {"2025-01-31", 1, "2025-02-28"},
      {"2024-01-31", 1, "2024-02-29"},  {"2024-02-29", 12, "2025-02-28"},
      {"2025-03-31", -1, "2025-02-28"}, {"2025-12-31", 2, "2026-02-28"},
      {"2025-05-31", 0, "2025-05-31"},  {"2025-01-30", -14, "2023-11-30"},
  };
  for (const auto& c : cases) EXPECT_EQ(Day(c.from).AddMonths(c.months), Day(c.to)) << c.from;
}

TEST(FiscalYearTest, StartsInTheMonthTheBookSays) {
  // Calendar year.
  EXPECT_EQ(FiscalYearOf(Day("2025-12-31"), 1), 2025);
  EXPECT_EQ(FiscalYearStart(2025, 1), Day("2025-01-01"));
  EXPECT_EQ(FiscalYearEnd(2025, 1), Day("2025-12-31"));
  // July to June.
  EXPECT_EQ(FiscalYearOf(Day("2025-06-30"), 7), 2024);
  EXPECT_EQ(FiscalYearOf(Day("2025-07-01"), 7), 2025);
  EXPECT_EQ(FiscalYearStart(2025, 7), Day("2025-07-01"));
  EXPECT_EQ(FiscalYearEnd(2025, 7), Day("2026-06-30"));
  // March to February, over a leap day.
  EXPECT_EQ(FiscalYearEnd(2023, 3), Day("2024-02-29"));
}

}  // namespace
}  // namespace lumbung
