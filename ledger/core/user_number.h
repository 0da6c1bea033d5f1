// Numbers as people write and read them, in the conventions of id-ID (1.234.567,89) and en-US
// (1,234,567.89). This is for keyboards, spreadsheets and terminals; the API and every file format
// of ours use Decimal::Parse and Decimal::ToString.
#ifndef LUMBUNG_LEDGER_CORE_USER_NUMBER_H_
#define LUMBUNG_LEDGER_CORE_USER_NUMBER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung {

enum class NumberLocale { kIndonesian, kEnglish, kPlain };

// "id", "id-ID", "id_ID.UTF-8" -> kIndonesian; "en..." -> kEnglish; "plain", "C", "POSIX" ->
// kPlain; everything else kEnglish.
NumberLocale NumberLocaleFromTag(absl::string_view tag);

struct UserNumberOptions {
  NumberLocale locale = NumberLocale::kIndonesian;
  // Accept "-5" and "(5)" as negative.
  bool allow_negative = true;
  // Accept "-" alone (or with the currency) as zero, as printed reports do.
  bool dash_is_zero = false;
  // The word or sign of the currency that may stand before or after the number: "Rp", "IDR", "$".
  // Its case does not matter, and a dot may follow a word ("Rp. 500"). Empty allows none.
  std::string currency_symbol = "Rp";
};

// Reads one number. Groups must be complete (1 to 3 digits that do not start with 0, then groups of
// exactly 3). In id-ID the ",-" of a price tag ("Rp 1.250.000,-") is read as no cents.
//
// A number that looks like the other convention, or whose only separator is a decimal one that the
// other convention would take for a complete group, is refused rather than guessed: in id-ID
// "1,500,000", "1.50", "20000000.50" and "1,500" are refused, and so is "1.500" in en-US.
// INVALID_AMOUNT, with the reading that was considered in the message.
absl::StatusOr<Decimal> ParseUserNumber(absl::string_view text, const UserNumberOptions& options);

// "1.234.567,89" (id-ID), "1,234,567.89" (en-US) or "1234567.89" (plain).
std::string FormatForLocale(const Decimal& value, NumberLocale locale);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_USER_NUMBER_H_
