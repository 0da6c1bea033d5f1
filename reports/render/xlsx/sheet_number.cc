#include "reports/render/xlsx/sheet_number.h"

#include <charconv>
#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::reports {
namespace {

constexpr int128 kFirstTooLong = 1'000'000'000'000'000;  // 16 digits.

}  // namespace

std::optional<double> SheetNumber(const Decimal& amount) {
  const Decimal trimmed = amount.Trimmed();
  // 1500 and 15e2 are the same to a spreadsheet, but no book needs more than 15 digits before
  // zeros.
  if (trimmed.Abs().units() >= kFirstTooLong) return std::nullopt;
  const std::string text = trimmed.ToString();
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  char written[Decimal::kMaxTextLength];
  const auto back = std::to_chars(written, written + sizeof(written), number,
                                  std::chars_format::fixed, trimmed.scale());
  if (back.ec != std::errc()) return std::nullopt;
  const auto length = static_cast<std::size_t>(back.ptr - written);
  const auto again = Decimal::Parse(absl::string_view(written, length));
  if (!again.ok() || *again != amount) return std::nullopt;
  return number;
}

}  // namespace lumbung::reports
