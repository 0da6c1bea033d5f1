// Dates and periods as statements print them.
#ifndef LUMBUNG_REPORTS_MODEL_DATE_WORDS_H_
#define LUMBUNG_REPORTS_MODEL_DATE_WORDS_H_

#include <string>
#include <vector>

#include "ledger/core/date.h"
#include "ledger/core/date_range.h"
#include "reports/model/label.h"

namespace lumbung::reports {

// "31 Desember 2026", "31 December 2026".
std::string DateInWords(Date date, Language language);

// "Per 31 Desember 2026 dan 2025": the last days of the periods. The days are named in full where
// they differ in more than the year.
std::string AtDaysInWords(const std::vector<DateRange>& periods, Language language);

// "Untuk tahun yang berakhir pada 31 Desember 2026 dan 2025"; for other spans "Untuk periode
// 1 Januari sampai 30 Juni 2026 dan 2025". Both ends of every range are set.
std::string PeriodsInWords(const std::vector<DateRange>& periods, Language language);

// How a column over one of the periods is headed: the year where a year is meant, else its last
// day.
std::string PeriodHeading(const DateRange& period, Language language);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_DATE_WORDS_H_
