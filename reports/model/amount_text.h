// Amounts as documents print them.
#ifndef LUMBUNG_REPORTS_MODEL_AMOUNT_TEXT_H_
#define LUMBUNG_REPORTS_MODEL_AMOUNT_TEXT_H_

#include <string>

#include "ledger/core/decimal.h"
#include "ledger/core/user_number.h"
#include "reports/model/document.h"

namespace lumbung::reports {

struct AmountStyle {
  NumberLocale locale = NumberLocale::kIndonesian;
  // "(1.250,00)", as accountants print it, instead of "-1.250,00".
  bool parentheses = true;
};

// With `scale` decimals, or its own when it has more that are not zero: nothing is ever rounded.
// Zero is "-".
std::string AmountText(const Decimal& amount, int scale, const AmountStyle& style);

// What a cell of the column prints. Dates are written as in the locale's country: 31/12/2026.
std::string CellText(const DocumentCell& cell, const DocumentColumn& column,
                     const AmountStyle& style);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_AMOUNT_TEXT_H_
