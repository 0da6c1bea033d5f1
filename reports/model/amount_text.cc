#include "reports/model/amount_text.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace lumbung::reports {

std::string AmountText(const Decimal& amount, int scale, const AmountStyle& style) {
  if (amount.IsZero()) return "-";
  const absl::StatusOr<Decimal> scaled = amount.WithScale(scale);
  const Decimal& exact = scaled.ok() ? *scaled : amount;
  const std::string digits = FormatForLocale(exact.Abs(), style.locale);
  if (!exact.IsNegative()) return digits;
  return style.parentheses ? absl::StrCat("(", digits, ")") : absl::StrCat("-", digits);
}

std::string CellText(const DocumentCell& cell, const DocumentColumn& column,
                     const AmountStyle& style) {
  if (const auto* const text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* const amount = std::get_if<Decimal>(&cell)) {
    return AmountText(*amount, column.scale, style);
  }
  const auto* const date = std::get_if<Date>(&cell);
  if (date == nullptr) return "";
  if (style.locale == NumberLocale::kIndonesian) {
    return absl::StrFormat("%02d/%02d/%04d", date->day(), date->month(), date->year());
  }
  return date->ToString();
}

}  // namespace lumbung::reports
