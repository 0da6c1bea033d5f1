// The one place where an amount becomes a spreadsheet's number, which is binary and keeps 15
// significant digits.
#ifndef LUMBUNG_REPORTS_RENDER_XLSX_SHEET_NUMBER_H_
#define LUMBUNG_REPORTS_RENDER_XLSX_SHEET_NUMBER_H_

#include <optional>

#include "ledger/core/decimal.h"

namespace lumbung::reports {

// The number that reads back as exactly this amount, or nothing when 15 digits cannot hold it.
std::optional<double> SheetNumber(const Decimal& amount);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_XLSX_SHEET_NUMBER_H_
