#include "ledger/core/entry.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace lumbung {

std::string FormatEntryNumber(const std::string& series_code, int fiscal_year,
                              std::int64_t number) {
  return absl::StrFormat("%s-%04d-%06d", series_code, fiscal_year, number);
}

std::optional<EntryNumber> ParseEntryNumber(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  EntryNumber parsed;
  if (parts.size() != 3 || parts[0].empty() || !absl::SimpleAtoi(parts[1], &parsed.fiscal_year) ||
      !absl::SimpleAtoi(parts[2], &parsed.number)) {
    return std::nullopt;
  }
  parsed.series = std::string(parts[0]);
  return parsed;
}

}  // namespace lumbung
