#include "reports/model/date_words.h"

#include <gtest/gtest.h>

namespace lumbung::reports {
namespace {

DateRange Days(const char* from, const char* to) {
  return {*Date::Parse(from), *Date::Parse(to)};
}

TEST(DateWordsTest, HeadsOfStatements) {
  const struct {
    std::vector<DateRange> periods;
    const char* at_days_id;
    const char* periods_id;
    const char* periods_en;
  } kCases[] = {
      {{Days("2026-01-01", "2026-12-31")},
       "Per 31 Desember 2026",
       "Untuk tahun yang berakhir pada 31 Desember 2026",
       "For the year ended 31 December 2026"},
      {{Days("2026-01-01", "2026-12-31"), Days("2025-01-01", "2025-12-31")},
       "Per 31 Desember 2026 dan 2025",
       "Untuk tahun-tahun yang berakhir pada 31 Desember 2026 dan 2025",
       "For the years ended 31 December 2026 and 2025"},
      {{Days("2023-03-01", "2024-02-29"), Days("2022-03-01", "2023-02-28")},
       "Per 29 Februari 2024 dan 28 Februari 2023",
       "Untuk tahun-tahun yang berakhir pada 29 Februari 2024 dan 28 Februari 2023",
       "For the years ended 29 February 2024 and 28 February 2023"},
      {{Days("2026-01-01", "2026-06-30"), Days("2025-01-01", "2025-06-30")},
       "Per 30 Juni 2026 dan 2025",
       "Untuk periode 1 Januari 2026 sampai 30 Juni 2026 dan 1 Januari 2025 sampai 30 Juni 2025",
       "For the period 1 January 2026 to 30 June 2026 and 1 January 2025 to 30 June 2025"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(AtDaysInWords(c.periods, Language::kIndonesian), c.at_days_id);
    EXPECT_EQ(PeriodsInWords(c.periods, Language::kIndonesian), c.periods_id);
    EXPECT_EQ(PeriodsInWords(c.periods, Language::kEnglish), c.periods_en);
  }
}

TEST(DateWordsTest, HeadsOfColumns) {
  EXPECT_EQ(PeriodHeading(Days("2026-01-01", "2026-12-31"), Language::kIndonesian), "2026");
  EXPECT_EQ(PeriodHeading(Days("2026-01-01", "2026-06-30"), Language::kIndonesian), "30 Juni 2026");
}

}  // namespace
}  // namespace lumbung::reports
