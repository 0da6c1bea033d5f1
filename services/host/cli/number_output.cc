#include "services/host/cli/number_output.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "ledger/core/decimal.h"
#include "ledger/core/display_text.h"

namespace lumbung::cli {

ShownNumber ShowNumber(absl::string_view decimal, const NumberStyle& style) {
  ShownNumber shown;
  const absl::StatusOr<Decimal> value = Decimal::Parse(decimal);
  if (!value.ok()) {
    shown.text = Printable(decimal);
    return shown;
  }
  shown.negative = value->IsNegative();
  const bool in_parentheses = shown.negative && style.negative == NegativeStyle::kParentheses;
  const std::string digits =
      FormatForLocale(in_parentheses ? value->Negated() : *value, style.locale);
  const char mark = style.locale == NumberLocale::kIndonesian ? ',' : '.';
  const std::size_t mark_at = digits.rfind(mark);
  shown.tail = mark_at == std::string::npos ? 0 : static_cast<int>(digits.size() - mark_at);
  if (in_parentheses) {
    shown.text = absl::StrCat("(", digits, ")");
    ++shown.tail;
  } else {
    shown.text = digits;
  }
  return shown;
}

}  // namespace lumbung::cli
