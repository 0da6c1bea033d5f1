// Writing any text where only some characters may stand, readably and without loss: a byte that may
// not stand there becomes %XX, and so does a '%' that two hexadecimal digits follow; all else
// stays. "50% off" is written as it is. Pure.
#ifndef LUMBUNG_LEDGER_EXPORT_PERCENT_CODE_H_
#define LUMBUNG_LEDGER_EXPORT_PERCENT_CODE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::ledger_export {

// Characters of ASCII that may not stand in a text, besides control characters.
struct PercentRules {
  absl::string_view nowhere;
  absl::string_view not_first;
  // Blanks at either end, and two in a row.
  bool bare_blanks = true;
};

std::string PercentEncode(absl::string_view text, const PercentRules& rules);
// What was encoded, whatever the rules were.
std::string PercentDecode(absl::string_view text);

// "0A": two hexadecimal digits.
void AppendHexByte(unsigned char byte, std::string* out);
// The byte that the first two characters write, or -1 when they are not upper-case hexadecimal.
int HexByteAt(absl::string_view text);

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_PERCENT_CODE_H_
