// Amounts as people read them in a table. The server's decimal strings go in; nothing is ever
// rounded or read as a binary number.
#ifndef LUMBUNG_SERVICES_HOST_CLI_NUMBER_OUTPUT_H_
#define LUMBUNG_SERVICES_HOST_CLI_NUMBER_OUTPUT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ledger/core/user_number.h"

namespace lumbung::cli {

enum class NegativeStyle { kMinus, kParentheses };

struct NumberStyle {
  NumberLocale locale = NumberLocale::kPlain;
  NegativeStyle negative = NegativeStyle::kMinus;
};

struct ShownNumber {
  std::string text;
  // Columns from the decimal mark to the end, so that a column of numbers can line up on the mark.
  int tail = 0;
  bool negative = false;
};

// `decimal` as the wire carries it ("-1234.50"). A text that is no decimal is shown as it is: it is
// the server's, and hiding it would help nobody.
ShownNumber ShowNumber(absl::string_view decimal, const NumberStyle& style);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_NUMBER_OUTPUT_H_
