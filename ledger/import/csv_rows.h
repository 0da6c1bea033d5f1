// The rows of a CSV file (RFC 4180): fields between delimiters, quoted where they hold a delimiter,
// a quote or a line break. Constant memory; not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_CSV_ROWS_H_
#define LUMBUNG_LEDGER_IMPORT_CSV_ROWS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import {

inline constexpr std::size_t kMaxCsvColumns = 1000;

class CsvRows {
 public:
  CsvRows(LineReader lines, char delimiter) : lines_(std::move(lines)), delimiter_(delimiter) {}

  // Passes over lines that are no rows, before the first row.
  absl::Status SkipLines(int count);
  // Moves to the next row that has a field; false at the end of the file. A quote inside a field
  // that does not begin with one stands for itself. PARSE_ERROR for a quote that is never closed or
  // that is followed by text; ROW_TOO_LONG beyond 1 MiB or kMaxCsvColumns; what LineReader refuses.
  absl::StatusOr<bool> Next();

  const std::vector<std::string>& fields() const { return fields_; }
  // Counts the rows as a spreadsheet does: from 1, with empty lines and those passed over.
  int row() const { return row_; }
  // Where the row starts.
  Place place() const { return Place{lines_.file(), line_}; }

 private:
  // Takes one field off `rest`, and lines off the file while its quotes are open. Leaves `rest` at
  // the delimiter behind it.
  absl::Status TakeField(absl::string_view* rest);
  absl::Status TakeQuotedField(absl::string_view* rest, std::string* field);
  absl::Status Refuse(absl::string_view reason, absl::string_view message) const;

  LineReader lines_;
  char delimiter_;
  std::vector<std::string> fields_;
  std::size_t row_bytes_ = 0;
  int row_ = 0;
  int line_ = 0;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_CSV_ROWS_H_
