#include "ledger/core/date_range.h"

#include <random>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace lumbung {
namespace {

Date Day(const char* text) {
  return Date::Parse(text).value();
}

std::string Text(const DateRange& range) {
  return absl::StrCat(range.from.has_value() ? range.from->ToString() : "...", " to ",
                      range.to.has_value() ? range.to->ToString() : "...");
}

std::string Text(const MonthSplit& split) {
  std::string text = split.months.has_value() ? Text(*split.months) : "none";
  for (const DateRange& days : split.days) absl::StrAppend(&text, " + ", Text(days));
  return text;
}

TEST(SplitAtMonthsTest, SplitsAsAPersonWould) {
  struct Case {
    DateRange range;
    const char* months_and_days;
  };
  const Case cases[] = {
      {{}, "... to ..."},
      {{{}, Day("2026-03-31")}, "... to 2026-03-01"},
      {{{}, Day("2026-03-15")}, "... to 2026-02-01 + 2026-03-01 to 2026-03-15"},
      {{Day("2026-01-01"), {}}, "2026-01-01 to ..."},
      {{Day("2026-01-20"), {}}, "2026-02-01 to ... + 2026-01-20 to 2026-01-31"},
      {{Day("2026-01-01"), Day("2026-12-31")}, "2026-01-01 to 2026-12-01"},
      {{Day("2026-01-20"), Day("2026-03-15")},
       "2026-02-01 to 2026-02-01 + 2026-01-20 to 2026-01-31 + 2026-03-01 to 2026-03-15"},
      {{Day("2026-01-20"), Day("2026-02-15")},
       "none + 2026-01-20 to 2026-01-31 + 2026-02-01 to 2026-02-15"},
      {{Day("2026-01-20"), Day("2026-01-25")}, "none + 2026-01-20 to 2026-01-25"},
      {{Day("2026-01-01"), Day("2026-01-25")}, "none + 2026-01-01 to 2026-01-25"},
      {{Day("2026-01-20"), Day("2026-01-31")}, "none + 2026-01-20 to 2026-01-31"},
      {{Day("2026-01-25"), Day("2026-01-20")}, "none"},
  };
  for (const Case& c : cases) EXPECT_EQ(Text(SplitAtMonths(c.range)), c.months_and_days);
}

TEST(SplitAtMonthsTest, CoversEachDayOnce) {
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::uniform_int_distribution<int> offset(0, 150);
  for (int round = 0; round < 500; ++round) {
    const DateRange range{Day("2025-11-20").AddDays(offset(random)),
                          Day("2025-11-20").AddDays(offset(random))};
    const MonthSplit split = SplitAtMonths(range);
    for (int day = 0; day <= 200; ++day) {
      const Date date = Day("2025-11-01").AddDays(day);
      int covered = 0;
      for (const DateRange& days : split.days) covered += days.Contains(date) ? 1 : 0;
      if (split.months.has_value()) covered += split.months->Contains(date.FirstOfMonth()) ? 1 : 0;
      ASSERT_EQ(covered, range.Contains(date) ? 1 : 0) << date << " of " << Text(range);
    }
  }
}

}  // namespace
}  // namespace lumbung
