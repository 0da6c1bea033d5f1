#include "ledger/export/percent_code.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "ledger/core/utf8.h"

namespace lumbung::ledger_export {
namespace {

constexpr absl::string_view kHexDigits = "0123456789ABCDEF";

int HexDigit(char c) {
  const std::size_t value = kHexDigits.find(c);
  return value == absl::string_view::npos ? -1 : static_cast<int>(value);
}

// Whether the character at the front of `rest` may not stand as it is. `previous` is what stands
// before it, '\0' at the start.
bool MustEncode(absl::string_view rest, char previous, const PercentRules& rules) {
  const char c = rest.front();
  if (c == '%') return HexByteAt(rest.substr(1)) >= 0;
  if (absl::StrContains(rules.nowhere, c)) return true;
  if (c == ' ') {
    return !rules.bare_blanks && (previous == '\0' || previous == ' ' || rest.size() == 1);
  }
  return previous == '\0' && absl::StrContains(rules.not_first, c);
}

}  // namespace

void AppendHexByte(unsigned char byte, std::string* out) {
  out->push_back(kHexDigits[byte >> 4u]);
  out->push_back(kHexDigits[byte & 0xFu]);
}

int HexByteAt(absl::string_view text) {
  if (text.size() < 2) return -1;
  const int high = HexDigit(text[0]);
  const int low = HexDigit(text[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string PercentEncode(absl::string_view text, const PercentRules& rules) {
  std::string out;
  out.reserve(text.size());
  char previous = '\0';
  while (!text.empty()) {
    absl::string_view rest = text;
    const std::optional<char32_t> code_point = TakeCodePoint(&rest);
    if (!code_point.has_value()) rest = text.substr(1);  // Not UTF-8: taken byte by byte.
    const absl::string_view character = text.substr(0, text.size() - rest.size());
    const bool odd = !code_point.has_value() || IsControl(*code_point) ||
                     (*code_point > 0x7F && IsBlank(*code_point));
    if (odd || MustEncode(text, previous, rules)) {
      for (const char byte : character) {
        out.push_back('%');
        AppendHexByte(static_cast<unsigned char>(byte), &out);
      }
    } else {
      out.append(character.data(), character.size());
    }
    previous = character.back();
    text = rest;
  }
  return out;
}

std::string PercentDecode(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? HexByteAt(text.substr(i + 1)) : -1;
    out.push_back(byte < 0 ? text[i] : static_cast<char>(byte));
    if (byte >= 0) i += 2;
  }
  return out;
}

}  // namespace lumbung::ledger_export
