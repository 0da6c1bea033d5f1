#include "ledger/import/csv_dialect.h"

#include <cstddef>
#include <istream>
#include <memory>
#include <utility>

#include "ledger/core/status.h"
#include "ledger/import/csv_rows.h"

namespace lumbung::import {
namespace {

constexpr int kRowsToCompare = 20;

// The number of columns that the first rows share; 0 when they differ or cannot be read.
absl::StatusOr<std::size_t> SharedColumns(const FileSource& files, const std::string& file,
                                          int skip_lines, char delimiter) {
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<std::istream> input, files.Open(file));
  CsvRows rows(LineReader(std::move(input), file), delimiter);
  LUMBUNG_RETURN_IF_ERROR(rows.SkipLines(skip_lines));
  std::size_t columns = 0;
  for (int i = 0; i < kRowsToCompare; ++i) {
    const absl::StatusOr<bool> more = rows.Next();
    if (!more.ok()) return 0;
    if (!*more) break;
    if (columns != 0 && rows.fields().size() != columns) return 0;
    columns = rows.fields().size();
  }
  return columns;
}

}  // namespace

absl::StatusOr<char> DetectDelimiter(const FileSource& files, const std::string& file,
                                     int skip_lines) {
  std::size_t most = 1;
  char best = '\0';
  bool tie = false;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::size_t columns,
                             SharedColumns(files, file, skip_lines, delimiter));
    tie = columns > most ? false : tie || (columns == most && best != '\0');
    if (columns > most) best = delimiter;
    most = columns > most ? columns : most;
  }
  if (best != '\0' && !tie) return best;
  return RefusalAt(Place{file, 1}, "UNKNOWN_DELIMITER",
                   "none of comma, semicolon, tab and | separates the columns of every row; name "
                   "the delimiter in the mapping");
}

}  // namespace lumbung::import
