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
  // Accept "-5", "(5)" as negative.
  bool allow_negative = true;
  // Accept "-" alone as zero, as printed reports do.
  bool dash_is_zero = false;
  // Currency words and signs to accept before (or after) the number: "Rp", "IDR", "$".
  std::string currency_symbol = "Rp";
};

// Reads one number. Groups must be complete (1 to 3 digits, then groups of exactly 3). A number
// that reads differently in the two conventions, or that looks like the other one, is refused
// rather than guessed: in id-ID "1,500,000" and "1.50" are refused, and so is "20000000.50".
// INVALID_AMOUNT, with the reading that was considered in the message.
absl::StatusOr<Decimal> ParseUserNumber(absl::string_view text, const UserNumberOptions& options);

// "1.234.567,89" (id-ID), "1,234,567.89" (en-US) or "1234567.89" (plain).
std::string FormatForLocale(const Decimal& value, NumberLocale locale);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_USER_NUMBER_H_
