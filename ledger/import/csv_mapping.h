// A CsvMapping made ready for one file: which column each field stands in, and how dates are
// written. Immutable once built.
#ifndef LUMBUNG_LEDGER_IMPORT_CSV_MAPPING_H_
#define LUMBUNG_LEDGER_IMPORT_CSV_MAPPING_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/import/readers.h"

namespace lumbung::import {

// Dates by a pattern of %Y, %y, %m, %b, %d, %% and other characters that stand for themselves.
// Months by name (%b) are the three letters of English or Indonesian.
class DatePattern {
 public:
  // Each of year, month and day must occur once. INVALID_MAPPING.
  static absl::StatusOr<DatePattern> Parse(absl::string_view pattern);
  // INVALID_DATE.
  absl::StatusOr<Date> Read(absl::string_view text) const;

 private:
  explicit DatePattern(std::string pattern) : pattern_(std::move(pattern)) {}
  std::string pattern_;
};

// The columns of one file.
class CsvColumns {
 public:
  // `header` is empty when the file has none. INVALID_MAPPING for a column that the header lacks or
  // has twice.
  static absl::StatusOr<CsvColumns> Resolve(const CsvMapping& mapping,
                                            const std::vector<std::string>& header);

  // Where a field stands, from 0; nothing when it has no column.
  std::optional<std::size_t> Find(absl::string_view field) const;
  // ("grant", 7) for each column `dimension:grant`.
  const std::vector<std::pair<std::string, std::size_t>>& dimensions() const { return dimensions_; }
  // How many columns a row must have.
  std::size_t width() const { return width_; }

 private:
  std::map<std::string, std::size_t> columns_;
  std::vector<std::pair<std::string, std::size_t>> dimensions_;
  std::size_t width_ = 0;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_CSV_MAPPING_H_
