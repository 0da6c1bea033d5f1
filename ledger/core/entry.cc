#include "ledger/core/entry.h"

#include "absl/strings/str_format.h"

namespace lumbung {

std::string FormatEntryNumber(const std::string& series_code, int fiscal_year,
                              std::int64_t number) {
  return absl::StrFormat("%s-%04d-%06d", series_code, fiscal_year, number);
}

}  // namespace lumbung
