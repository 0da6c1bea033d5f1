// Which character separates the columns of a CSV file whose owner does not know.
#ifndef LUMBUNG_LEDGER_IMPORT_CSV_DIALECT_H_
#define LUMBUNG_LEDGER_IMPORT_CSV_DIALECT_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// The one of , ; tab and | that gives the first rows the same number of columns, the most where
// several do. UNKNOWN_DELIMITER when none does or two do equally well.
absl::StatusOr<char> DetectDelimiter(const FileSource& files, const std::string& file,
                                     int skip_lines);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_CSV_DIALECT_H_
