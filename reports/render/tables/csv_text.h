// Cells of CSV (RFC 4180).
#ifndef LUMBUNG_REPORTS_RENDER_TABLES_CSV_TEXT_H_
#define LUMBUNG_REPORTS_RENDER_TABLES_CSV_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::reports {

// As it is, in quotes where it has to be: for names of columns and for numbers.
std::string CsvQuoted(absl::string_view text);

// What a user may have typed. An apostrophe keeps a spreadsheet from taking it for a formula; bytes
// that are not UTF-8 become U+FFFD.
std::string CsvText(absl::string_view text);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_TABLES_CSV_TEXT_H_
