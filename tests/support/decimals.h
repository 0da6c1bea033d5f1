// Decimals for tests: written as text, or drawn at random by RapidCheck.
#ifndef LUMBUNG_TESTS_SUPPORT_DECIMALS_H_
#define LUMBUNG_TESTS_SUPPORT_DECIMALS_H_

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::testing {

// The number `text` spells. A spelling mistake ends the test program with the parser's message.
inline Decimal Dec(absl::string_view text) {
  return Decimal::Parse(text).value();
}

inline std::vector<Decimal> Decs(const std::vector<std::string>& texts) {
  std::vector<Decimal> values;
  for (const std::string& text : texts) values.push_back(Dec(text));
  return values;
}

// Any decimal: up to 38 digits, any scale.
inline rc::Gen<Decimal> AnyDecimal() {
  const auto ordinary = rc::gen::exec([] {
    const auto digits = *rc::gen::inRange<std::size_t>(1, Decimal::kMaxDigits + 1);
    const auto text =
        *rc::gen::container<std::string>(digits, rc::gen::inRange<char>('0', '9' + 1));
    const int scale = *rc::gen::inRange(0, Decimal::kMaxScale + 1);
    const Decimal magnitude = Decimal::FromUnits(Dec(text).units(), scale).value();
    return *rc::gen::arbitrary<bool>() ? magnitude.Negated() : magnitude;
  });
  const auto at_the_edge = rc::gen::exec([] {
    const auto digits = *rc::gen::element<std::string>(
        "0", "1", "5", "10", "99999999999999999999999999999999999999",
        "99999999999999999999999999999999999998", "50000000000000000000000000000000000000",
        "10000000000000000000000000000000000000", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616");
    const int scale = *rc::gen::element(0, 1, 2, Decimal::kMaxScale);
    const Decimal magnitude = Decimal::FromUnits(Dec(digits).units(), scale).value();
    return *rc::gen::arbitrary<bool>() ? magnitude.Negated() : magnitude;
  });
  return rc::gen::weightedOneOf<Decimal>({{4, ordinary}, {1, at_the_edge}});
}

// An amount as books have them: below a billion, with a scale.
inline rc::Gen<Decimal> MoneyAmount(int scale) {
  return rc::gen::map(
      rc::gen::inRange<std::int64_t>(-100'000'000'000, 100'000'000'001),
      [scale](std::int64_t units) { return Decimal::FromUnits(units, scale).value(); });
}

}  // namespace lumbung::testing

namespace rc {

template <>
struct Arbitrary<lumbung::Decimal> {
  static Gen<lumbung::Decimal> arbitrary() { return lumbung::testing::AnyDecimal(); }
};

template <>
struct Arbitrary<lumbung::Rounding> {
  static Gen<lumbung::Rounding> arbitrary() {
    using lumbung::Rounding;
    return gen::element(Rounding::kHalfEven, Rounding::kHalfUp, Rounding::kDown, Rounding::kUp,
                        Rounding::kFloor, Rounding::kCeiling);
  }
};

}  // namespace rc

#endif  // LUMBUNG_TESTS_SUPPORT_DECIMALS_H_
