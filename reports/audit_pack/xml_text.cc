#include "reports/audit_pack/xml_text.h"

#include <optional>

#include "ledger/core/utf8.h"

namespace lumbung::reports {
namespace {

// Char of XML 1.0, section 2.2; surrogates are no UTF-8.
bool IsXmlCharacter(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

}  // namespace

std::string XmlText(absl::string_view text, std::size_t length) {
  std::string result;
  for (std::size_t count = 0; !text.empty() && count < length; ++count) {
    const absl::string_view before = text;
    const std::optional<char32_t> c = TakeCodePoint(&text);
    if (!c.has_value()) text.remove_prefix(1);
    if (c.has_value() && IsXmlCharacter(*c)) {
      result.append(before.data(), before.size() - text.size());
    } else {
      result += "\uFFFD";
    }
  }
  return result;
}

}  // namespace lumbung::reports
