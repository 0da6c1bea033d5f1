// Instants and dimension sets as PostgreSQL reads and prints them.
#ifndef LUMBUNG_LEDGER_STORE_TEXT_TIME_H_
#define LUMBUNG_LEDGER_STORE_TEXT_TIME_H_

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/entry.h"

namespace lumbung::store {

// "2026-01-31 12:34:56.123456+00".
inline std::string TimeText(absl::Time time) {
  return absl::FormatTime("%E4Y-%m-%d %H:%M:%E6S+00", time, absl::UTCTimeZone());
}

// From "1,4,2,9": dimension and value by turns, sorted by dimension.
inline DimensionSet DimensionSetFromText(FundId fund, absl::string_view members) {
  DimensionSet set;
  set.fund = fund;
  std::int32_t dimension = 0;
  bool is_value = false;
  for (const absl::string_view part : absl::StrSplit(members, ',', absl::SkipEmpty())) {
    std::int32_t number = 0;
    if (!absl::SimpleAtoi(part, &number)) break;
    if (is_value) {
      set.members.emplace_back(DimensionId{dimension}, ValueId{number});
    } else {
      dimension = number;
    }
    is_value = !is_value;
  }
  return set;
}

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_TEXT_TIME_H_
