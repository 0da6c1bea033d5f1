// Amounts in words (terbilang), as receipts and vouchers repeat them so that a digit cannot be
// added later.
#ifndef LUMBUNG_REPORTS_MODEL_AMOUNT_IN_WORDS_H_
#define LUMBUNG_REPORTS_MODEL_AMOUNT_IN_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "reports/model/label.h"

namespace lumbung::reports {

// "seratus dua belas ribu lima", "one hundred twelve thousand five"; of any whole number that a
// Decimal holds, without its sign.
std::string NumberInWords(const Decimal& whole, Language language);

// "seribu dua ratus rupiah lima puluh sen", "one thousand two hundred rupiah and fifty sen". The
// currency by its ISO 4217 code: one whose names are not known here is named by its code, and its
// decimals are read out digit by digit ("seribu koma dua lima XAU"), as are decimals that the
// currency's smallest coin does not reach. A negative amount begins with "minus".
std::string AmountInWords(const Decimal& amount, absl::string_view currency, Language language);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_AMOUNT_IN_WORDS_H_
