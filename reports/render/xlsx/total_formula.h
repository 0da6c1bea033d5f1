// A total as a formula over the cells above it.
#ifndef LUMBUNG_REPORTS_RENDER_XLSX_TOTAL_FORMULA_H_
#define LUMBUNG_REPORTS_RENDER_XLSX_TOTAL_FORMULA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "reports/model/document.h"

namespace lumbung::reports {

// "A", "Z", "AA"; columns are counted from 0.
std::string ColumnLetters(int column);

// "=SUM(C5:C7)-C9": three or more rows that follow each other with the same sign become a range.
// `first_row` is the sheet's row, counted from 1, of the document's row 0. Empty when the formula
// would be longer than a spreadsheet reads.
std::string TotalFormula(const std::vector<FormulaTerm>& terms, int column, std::int64_t first_row);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_XLSX_TOTAL_FORMULA_H_
