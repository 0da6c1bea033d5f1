// Numbers as people type them: whatever the text, no convention reads it as another number than the
// other one does, and what was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "ledger/core/user_number.h"
#include "tests/fuzz/expect.h"

namespace lumbung {
namespace {

absl::StatusOr<Decimal> Read(absl::string_view text, NumberLocale locale) {
  UserNumberOptions options;
  options.locale = locale;
  options.dash_is_zero = true;
  const absl::StatusOr<Decimal> value = ParseUserNumber(text, options);
  if (!value.ok()) {
    FUZZ_EXPECT(ReasonOf(value.status()) == "INVALID_AMOUNT");
    return value;
  }
  const std::string written = FormatForLocale(*value, locale);
  const absl::StatusOr<Decimal> again = ParseUserNumber(written, options);
  // Three decimals below a thousand are the one form that is written but not taken back.
  const bool misreadable = value->scale() == 3 && value->Abs() < Decimal::FromInteger(1000);
  FUZZ_EXPECT(again.ok() || (misreadable && locale != NumberLocale::kPlain));
  if (again.ok()) FUZZ_EXPECT(again->units() == value->units() && again->scale() == value->scale());
  return value;
}

}  // namespace
}  // namespace lumbung

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lumbung::NumberLocale;
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto indonesian = lumbung::Read(text, NumberLocale::kIndonesian);
  const auto english = lumbung::Read(text, NumberLocale::kEnglish);
  const auto plain = lumbung::Read(text, NumberLocale::kPlain);
  if (indonesian.ok() && english.ok()) FUZZ_EXPECT(*indonesian == *english);
  if (plain.ok() && english.ok()) FUZZ_EXPECT(*plain == *english);
  return 0;
}
