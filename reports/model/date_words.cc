#include "reports/model/date_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lumbung::reports {
namespace {

constexpr const char* kMonths[][2] = {
    {"Januari", "January"}, {"Februari", "February"}, {"Maret", "March"},
    {"April", "April"},     {"Mei", "May"},           {"Juni", "June"},
    {"Juli", "July"},       {"Agustus", "August"},    {"September", "September"},
    {"Oktober", "October"}, {"November", "November"}, {"Desember", "December"},
};

absl::string_view Pick(Language language, absl::string_view id, absl::string_view en) {
  return language == Language::kIndonesian ? id : en;
}

std::string DayAndMonth(Date date, Language language) {
  return absl::StrCat(date.day(), " ",
                      kMonths[date.month() - 1][language == Language::kIndonesian ? 0 : 1]);
}

bool IsMonthEnd(Date date) {
  return date == date.LastOfMonth();
}

// The same day of the year, where the last day of February is one.
bool IsSameDay(Date a, Date b) {
  return a.month() == b.month() && (a.day() == b.day() || (IsMonthEnd(a) && IsMonthEnd(b)));
}

bool IsYear(const DateRange& period) {
  return period.from->AddMonths(12).AddDays(-1) == *period.to && period.from->day() == 1;
}

std::string And(const std::vector<std::string>& words, Language language) {
  return absl::StrJoin(words, Pick(language, " dan ", " and "));
}

// "31 Desember 2026 dan 2025".
std::string LastDays(const std::vector<DateRange>& periods, Language language) {
  const bool is_alike = std::all_of(periods.begin(), periods.end(), [&](const DateRange& period) {
    return IsSameDay(*period.to, *periods.front().to) &&
           period.to->day() == periods.front().to->day();
  });
  std::vector<std::string> words;
  for (const DateRange& period : periods) {
    words.push_back(is_alike && !words.empty() ? absl::StrCat(period.to->year())
                                               : DateInWords(*period.to, language));
  }
  return And(words, language);
}

}  // namespace

std::string DateInWords(Date date, Language language) {
  return absl::StrCat(DayAndMonth(date, language), " ", date.year());
}

std::string AtDaysInWords(const std::vector<DateRange>& periods, Language language) {
  return absl::StrCat(Pick(language, "Per ", "As of "), LastDays(periods, language));
}

std::string PeriodsInWords(const std::vector<DateRange>& periods, Language language) {
  if (std::all_of(periods.begin(), periods.end(), IsYear)) {
    return absl::StrCat(Pick(language,
                             periods.size() > 1 ? "Untuk tahun-tahun yang berakhir pada "
                                                : "Untuk tahun yang berakhir pada ",
                             periods.size() > 1 ? "For the years ended " : "For the year ended "),
                        LastDays(periods, language));
  }
  std::vector<std::string> words;
  for (const DateRange& period : periods) {
    words.push_back(absl::StrCat(DateInWords(*period.from, language),
                                 Pick(language, " sampai ", " to "),
                                 DateInWords(*period.to, language)));
  }
  return absl::StrCat(Pick(language, "Untuk periode ", "For the period "), And(words, language));
}

std::string PeriodHeading(const DateRange& period, Language language) {
  if (IsYear(period)) return absl::StrCat(period.to->year());
  return DateInWords(*period.to, language);
}

}  // namespace lumbung::reports
