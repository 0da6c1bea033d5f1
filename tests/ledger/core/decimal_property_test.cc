// Decimals against an independent oracle: exact rationals of Boost.Multiprecision, rounded by the
// textbook definition of each mode. RapidCheck prints the seed; RC_PARAMS="seed=..." repeats a run.
#include <algorithm>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ledger/core/decimal.h"
#include "ledger/core/status.h"
#include "tests/support/decimals.h"

namespace lumbung {
namespace {

using boost::multiprecision::abs;
using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;
using boost::multiprecision::denominator;
using boost::multiprecision::numerator;
using boost::multiprecision::pow;

cpp_int PowerOfTen(int exponent) {
  return pow(cpp_int(10), static_cast<unsigned>(exponent));
}

// The value, read from the digits that ToString writes and not from the bits.
cpp_rational Exact(const Decimal& value) {
  std::string text = value.ToString();
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
  const bool negative = text.front() == '-';
  const std::size_t first = text.find_first_not_of("-0");
  const cpp_int units(first == std::string::npos ? "0" : text.substr(first));
  return cpp_rational(negative ? cpp_int(-units) : units, PowerOfTen(value.scale()));
}

cpp_int Floor(const cpp_rational& value) {
  const cpp_int quotient = numerator(value) / denominator(value);
  return quotient > value ? cpp_int(quotient - 1) : quotient;
}

// The neighbour on the grid of integers that the mode asks for.
cpp_int RoundedInteger(const cpp_rational& value, Rounding rounding) {
  const cpp_int below = Floor(value);
  if (below == value) return below;
  const cpp_int above = below + 1;
  const cpp_int nearer_zero = value < 0 ? above : below;
  const cpp_int farther = value < 0 ? below : above;
  const cpp_rational to_below = value - below;
  const cpp_rational to_above = above - value;
  switch (rounding) {
    case Rounding::kFloor:
      return below;
    case Rounding::kCeiling:
      return above;
    case Rounding::kDown:
      return nearer_zero;
    case Rounding::kUp:
      return farther;
    case Rounding::kHalfUp:
      if (to_below == to_above) return farther;
      return to_below < to_above ? below : above;
    case Rounding::kHalfEven:
      if (to_below == to_above) return below % 2 == 0 ? below : above;
      return to_below < to_above ? below : above;
  }
  return 0;
}

bool FitsDigits(const cpp_int& units) {
  return abs(units) < PowerOfTen(Decimal::kMaxDigits);
}

// `result` is the rounded `expected`, or the refusal that it does not fit.
void CheckRounded(const absl::StatusOr<Decimal>& result, const cpp_rational& expected, int scale,
                  Rounding rounding) {
  const cpp_int units = RoundedInteger(expected * PowerOfTen(scale), rounding);
  RC_CLASSIFY(!FitsDigits(units), "overflow");
  if (!FitsDigits(units)) {
    RC_ASSERT(ReasonOf(result.status()) == "OVERFLOW");
    return;
  }
  RC_ASSERT(result.ok());
  RC_ASSERT(result->scale() == scale);
  RC_ASSERT(Exact(*result) == cpp_rational(units, PowerOfTen(scale)));
}

// `result` is exactly `expected` at the scale, or the refusal that it does not fit.
void CheckExact(const absl::StatusOr<Decimal>& result, const cpp_rational& expected, int scale) {
  CheckRounded(result, expected, scale, Rounding::kDown);
  if (result.ok()) RC_ASSERT(Exact(*result) == expected);
}

int AnyScale() {
  return *rc::gen::inRange(0, Decimal::kMaxScale + 1);
}

RC_GTEST_PROP(DecimalProperty, TextAndValueRoundTrip, (const Decimal& value)) {
  const absl::StatusOr<Decimal> read = Decimal::Parse(value.ToString());
  RC_ASSERT(read.ok());
  RC_ASSERT(read->units() == value.units());
  RC_ASSERT(read->scale() == value.scale());
}

RC_GTEST_PROP(DecimalProperty, ReadsEveryWellFormedText, ()) {
  const auto digit = rc::gen::inRange<char>('0', '9' + 1);
  const auto whole = *rc::gen::nonEmpty(rc::gen::container<std::string>(digit));
  const auto fraction = *rc::gen::container<std::string>(digit);
  const std::string sign = *rc::gen::element<std::string>("", "-");
  const std::string text = sign + whole + (fraction.empty() ? "" : "." + fraction);

  const std::string all = whole + fraction;
  const std::size_t first = std::min(all.find_first_not_of('0'), all.size());
  const bool fits = fraction.size() <= Decimal::kMaxScale &&
                    all.size() - first <= Decimal::kMaxDigits &&
                    text.size() <= Decimal::kMaxTextLength;
  RC_CLASSIFY(fits, "fits");
  const absl::StatusOr<Decimal> read = Decimal::Parse(text);
  RC_ASSERT(read.ok() == fits);
  if (!fits) return;
  const cpp_int units(first == all.size() ? "0" : all.substr(first));
  RC_ASSERT(read->scale() == static_cast<int>(fraction.size()));
  RC_ASSERT(Exact(*read) ==
            cpp_rational(sign.empty() ? units : cpp_int(-units), PowerOfTen(read->scale())));
}

RC_GTEST_PROP(DecimalProperty, OrderIsTheOrderOfValues, (const Decimal& a, const Decimal& b)) {
  const cpp_rational difference = Exact(a) - Exact(b);
  const int expected = difference < 0 ? -1 : (difference > 0 ? 1 : 0);
  RC_ASSERT(Decimal::Compare(a, b) == expected);
  RC_ASSERT(Decimal::Compare(b, a) == -expected);
  RC_ASSERT((a == b) == (expected == 0));
  RC_ASSERT((a < b) == (expected < 0));
}

RC_GTEST_PROP(DecimalProperty, TrailingZerosDoNotMatter, (const Decimal& value)) {
  const Decimal trimmed = value.Trimmed();
  RC_ASSERT(trimmed == value);
  RC_ASSERT(trimmed.scale() <= value.scale());
  RC_ASSERT(trimmed.scale() == 0 || trimmed.units() % 10 != 0);
  const absl::StatusOr<Decimal> back = trimmed.WithScale(value.scale());
  RC_ASSERT(back.ok());
  RC_ASSERT(back->units() == value.units());
}

RC_GTEST_PROP(DecimalProperty, AdditionAndSubtractionAreExact,
              (const Decimal& a, const Decimal& b)) {
  const int scale = std::max(a.scale(), b.scale());
  CheckExact(Add(a, b), Exact(a) + Exact(b), scale);
  CheckExact(Subtract(a, b), Exact(a) - Exact(b), scale);
}

RC_GTEST_PROP(DecimalProperty, SumIsExactInAnyOrder, (std::vector<Decimal> values)) {
  cpp_rational expected = 0;
  int scale = 0;
  for (const Decimal& value : values) {
    expected += Exact(value);
    scale = std::max(scale, value.scale());
  }
  CheckExact(Sum(values), expected, scale);
  std::reverse(values.begin(), values.end());
  CheckExact(Sum(values), expected, scale);
}

RC_GTEST_PROP(DecimalProperty, ExactMultiplicationIsExactOrRefused,
              (const Decimal& a, const Decimal& b)) {
  const absl::StatusOr<Decimal> product = MultiplyExact(a, b);
  const cpp_rational expected = Exact(a) * Exact(b);
  const int full_scale = a.scale() + b.scale();
  if (product.ok()) {
    RC_ASSERT(Exact(*product) == expected);
    RC_ASSERT(product->scale() <= full_scale);
    return;
  }
  // It was right to refuse: no scale holds the product within 38 digits.
  RC_ASSERT(ReasonOf(product.status()) == "OVERFLOW");
  for (int scale = 0; scale <= Decimal::kMaxScale; ++scale) {
    const cpp_rational units = expected * PowerOfTen(scale);
    RC_ASSERT(denominator(units) != 1 || !FitsDigits(numerator(units)));
  }
}

RC_GTEST_PROP(DecimalProperty, MultiplicationRoundsOnce,
              (const Decimal& a, const Decimal& b, Rounding rounding)) {
  const int scale = AnyScale();
  CheckRounded(Multiply(a, b, scale, rounding), Exact(a) * Exact(b), scale, rounding);
}

RC_GTEST_PROP(DecimalProperty, DivisionRoundsOnce,
              (const Decimal& a, const Decimal& b, Rounding rounding)) {
  const int scale = AnyScale();
  if (b.IsZero()) {
    RC_ASSERT(ReasonOf(Divide(a, b, scale, rounding).status()) == "DIVISION_BY_ZERO");
    return;
  }
  CheckRounded(Divide(a, b, scale, rounding), Exact(a) / Exact(b), scale, rounding);
}

RC_GTEST_PROP(DecimalProperty, RoundingFollowsItsName, (const Decimal& value, Rounding rounding)) {
  const int scale = AnyScale();
  CheckRounded(value.Round(scale, rounding), Exact(value), scale, rounding);
}

RC_GTEST_PROP(DecimalProperty, ChangeOfScaleLosesNothing, (const Decimal& value)) {
  const int scale = AnyScale();
  const absl::StatusOr<Decimal> changed = value.WithScale(scale);
  const cpp_rational units = Exact(value) * PowerOfTen(scale);
  if (denominator(units) != 1) {
    RC_ASSERT(ReasonOf(changed.status()) == "SCALE_EXCEEDED");
  } else {
    CheckExact(changed, Exact(value), scale);
  }
}

// INV-003, and the definition of largest remainder.
RC_GTEST_PROP(AllocationProperty, PartsSumToTheTotalAndStayWithinOneUnit, (const Decimal& any)) {
  const Decimal total = any.Round(0, Rounding::kDown).value();
  std::vector<Decimal> weights = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<Decimal>>());
  for (Decimal& weight : weights) weight = weight.Abs();
  const bool has_weight = std::any_of(weights.begin(), weights.end(),
                                      [](const Decimal& weight) { return !weight.IsZero(); });
  RC_PRE(has_weight);

  const int scale = *rc::gen::inRange(0, 4);
  const absl::StatusOr<std::vector<Decimal>> parts =
      AllocateByLargestRemainder(total, weights, scale);
  if (!parts.ok()) {
    RC_ASSERT(ReasonOf(parts.status()) == "OVERFLOW");
    RC_ASSERT(!total.WithScale(scale).ok());
    return;
  }
  RC_ASSERT(parts->size() == weights.size());
  cpp_rational all_weights = 0;
  for (const Decimal& weight : weights) all_weights += Exact(weight);

  cpp_rational sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Decimal& part = (*parts)[i];
    RC_ASSERT(part.scale() == scale);
    const cpp_rational share = Exact(total) * Exact(weights[i]) / all_weights;
    const cpp_rational distance = abs(cpp_rational(Exact(part) - share));
    RC_ASSERT(distance * PowerOfTen(scale) < 1);
    sum += Exact(part);
    // More weight never gets less, and of equals the earlier one comes first.
    for (std::size_t j = i + 1; j < weights.size(); ++j) {
      const Decimal& later = (*parts)[j];
      if (weights[i] >= weights[j]) RC_ASSERT(part.Abs() >= later.Abs());
      if (weights[i] < weights[j]) RC_ASSERT(part.Abs() <= later.Abs());
    }
  }
  RC_ASSERT(sum == Exact(total));
}

}  // namespace
}  // namespace lumbung
