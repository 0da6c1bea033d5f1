// Decimal against the independent oracle. An input is three lines: two texts, and two letters that
// pick a scale and a rounding mode.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "ledger/core/status.h"
#include "tests/fuzz/expect.h"
#include "tests/support/exact_number.h"

namespace lumbung::testing {
namespace {

absl::string_view TakeLine(absl::string_view* input) {
  const absl::string_view line = input->substr(0, input->find('\n'));
  input->remove_prefix(line.size());
  if (!input->empty()) input->remove_prefix(1);
  return line;
}

bool OnlyDigits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// The grammar of Decimal::Parse once more, by way of strings: the plain text that must come back.
std::optional<std::string> ExpectedText(absl::string_view input) {
  std::string text(input);
  if (text.size() > Decimal::kMaxTextLength) return std::nullopt;
  const bool negative = text.rfind('-', 0) == 0;
  if (negative) text.erase(0, 1);
  const std::size_t point = text.find('.');
  std::string whole = text.substr(0, point);
  const std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
  if (!OnlyDigits(whole)) return std::nullopt;
  if (point != std::string::npos && !OnlyDigits(fraction)) return std::nullopt;
  if (fraction.size() > Decimal::kMaxScale) return std::nullopt;
  const ExactInteger units = IntegerFromDigits(whole + fraction);
  if (!FitsDigits(units)) return std::nullopt;

  whole.erase(0, whole.find_first_not_of('0'));
  if (whole.empty()) whole = "0";
  const std::string sign = negative && units != 0 ? "-" : "";
  return sign + whole + (fraction.empty() ? "" : "." + fraction);
}

std::optional<Decimal> CheckParse(absl::string_view text) {
  const std::optional<std::string> expected = ExpectedText(text);
  const absl::StatusOr<Decimal> value = Decimal::Parse(text);
  FUZZ_EXPECT(value.ok() == expected.has_value());
  if (!value.ok()) {
    FUZZ_EXPECT(ReasonOf(value.status()) == "INVALID_AMOUNT");
    FUZZ_EXPECT(value.status().message().size() < 400);
    return std::nullopt;
  }
  FUZZ_EXPECT(value->ToString() == *expected);
  const absl::StatusOr<Decimal> again = Decimal::Parse(*expected);
  FUZZ_EXPECT(again.ok() && again->units() == value->units() && again->scale() == value->scale());
  return *value;
}

void CheckRounded(const absl::StatusOr<Decimal>& result, const ExactNumber& expected, int scale,
                  Rounding rounding) {
  const ExactInteger units = RoundedInteger(expected * PowerOfTen(scale), rounding);
  FUZZ_EXPECT(result.ok() == FitsDigits(units));
  if (!result.ok()) {
    FUZZ_EXPECT(ReasonOf(result.status()) == "OVERFLOW");
    return;
  }
  FUZZ_EXPECT(result->scale() == scale);
  FUZZ_EXPECT(Exact(*result) == ExactNumber(units, PowerOfTen(scale)));
}

void CheckArithmetic(const Decimal& a, const Decimal& b, int scale, Rounding rounding) {
  const ExactNumber exact_a = Exact(a);
  const ExactNumber exact_b = Exact(b);
  const int common = a.scale() > b.scale() ? a.scale() : b.scale();
  const int order = exact_a < exact_b ? -1 : (exact_a > exact_b ? 1 : 0);
  FUZZ_EXPECT(Decimal::Compare(a, b) == order);
  FUZZ_EXPECT(Decimal::Compare(b, a) == -order);

  CheckRounded(Add(a, b), exact_a + exact_b, common, Rounding::kDown);
  CheckRounded(Subtract(a, b), exact_a - exact_b, common, Rounding::kDown);
  CheckRounded(a.Round(scale, rounding), exact_a, scale, rounding);
  CheckRounded(Multiply(a, b, scale, rounding), exact_a * exact_b, scale, rounding);
  const absl::StatusOr<Decimal> product = MultiplyExact(a, b);
  if (product.ok()) FUZZ_EXPECT(Exact(*product) == exact_a * exact_b);
  if (b.IsZero()) {
    FUZZ_EXPECT(ReasonOf(Divide(a, b, scale, rounding).status()) == "DIVISION_BY_ZERO");
  } else {
    CheckRounded(Divide(a, b, scale, rounding), exact_a / exact_b, scale, rounding);
  }
}

void CheckAllocation(const Decimal& total, const Decimal& first, const Decimal& second) {
  const absl::StatusOr<std::vector<Decimal>> parts =
      AllocateByLargestRemainder(total, {first, second, first}, total.scale());
  const bool splits =
      !first.IsNegative() && !second.IsNegative() && !(first.IsZero() && second.IsZero());
  FUZZ_EXPECT(parts.ok() == splits);
  if (!splits) return;
  ExactNumber sum = 0;
  for (const Decimal& part : *parts) sum += Exact(part);
  FUZZ_EXPECT(sum == Exact(total));
}

}  // namespace
}  // namespace lumbung::testing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lumbung::Decimal;
  using lumbung::Rounding;
  using lumbung::testing::TakeLine;
  absl::string_view input(reinterpret_cast<const char*>(data), size);
  const std::optional<Decimal> a = lumbung::testing::CheckParse(TakeLine(&input));
  const std::optional<Decimal> b = lumbung::testing::CheckParse(TakeLine(&input));
  if (!a || !b || input.size() < 2) return 0;
  const int scale = static_cast<unsigned char>(input[0]) % (Decimal::kMaxScale + 1);
  const auto rounding = static_cast<Rounding>(static_cast<unsigned char>(input[1]) % 6);
  lumbung::testing::CheckArithmetic(*a, *b, scale, rounding);
  lumbung::testing::CheckAllocation(*a, *b, *a);
  lumbung::testing::CheckAllocation(*a, *b, b->Trimmed());
  return 0;
}
