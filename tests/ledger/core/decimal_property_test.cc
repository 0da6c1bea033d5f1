// Decimals against an independent oracle, on random numbers. RapidCheck prints the seed;
// RC_PARAMS="seed=..." repeats a run.
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
#include "tests/support/exact_number.h"

namespace lumbung {
namespace {

using testing::Exact;
using testing::ExactInteger;
using testing::ExactNumber;
using testing::FitsDigits;
using testing::IntegerFromDigits;
using testing::IsInteger;
using testing::PowerOfTen;
using testing::RoundedInteger;

// `result` is the rounded `expected`, or the refusal that it does not fit.
void CheckRounded(const absl::StatusOr<Decimal>& result, const ExactNumber& expected, int scale,
                  Rounding rounding) {
  const ExactInteger units = RoundedInteger(expected * PowerOfTen(scale), rounding);
  RC_CLASSIFY(!FitsDigits(units), "overflow");
  if (!FitsDigits(units)) {
    RC_ASSERT(ReasonOf(result.status()) == "OVERFLOW");
    return;
  }
  RC_ASSERT(result.ok());
  RC_ASSERT(result->scale() == scale);
  RC_ASSERT(Exact(*result) == ExactNumber(units, PowerOfTen(scale)));
}

// `result` is exactly `expected` at the scale, or the refusal that it does not fit.
void CheckExact(const absl::StatusOr<Decimal>& result, const ExactNumber& expected, int scale) {
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
  const ExactInteger units = IntegerFromDigits(all);
  RC_ASSERT(read->scale() == static_cast<int>(fraction.size()));
  RC_ASSERT(Exact(*read) ==
            ExactNumber(sign.empty() ? units : ExactInteger(-units), PowerOfTen(read->scale())));
}

RC_GTEST_PROP(DecimalProperty, OrderIsTheOrderOfValues, (const Decimal& a, const Decimal& b)) {
  const ExactNumber difference = Exact(a) - Exact(b);
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
  ExactNumber expected = 0;
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
  const ExactNumber expected = Exact(a) * Exact(b);
  const int full_scale = a.scale() + b.scale();
  if (product.ok()) {
    RC_ASSERT(Exact(*product) == expected);
    RC_ASSERT(product->scale() <= full_scale);
    return;
  }
  // It was right to refuse: no scale holds the product within 38 digits.
  RC_ASSERT(ReasonOf(product.status()) == "OVERFLOW");
  for (int scale = 0; scale <= Decimal::kMaxScale; ++scale) {
    const ExactNumber units = expected * PowerOfTen(scale);
    RC_ASSERT(!IsInteger(units) || !FitsDigits(testing::Floor(units)));
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
  const ExactNumber units = Exact(value) * PowerOfTen(scale);
  if (!IsInteger(units)) {
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
  ExactNumber all_weights = 0;
  for (const Decimal& weight : weights) all_weights += Exact(weight);

  ExactNumber sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Decimal& part = (*parts)[i];
    RC_ASSERT(part.scale() == scale);
    const ExactNumber share = Exact(total) * Exact(weights[i]) / all_weights;
    const ExactNumber distance = boost::multiprecision::abs(ExactNumber(Exact(part) - share));
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
