#include "ledger/import/beancount/ratio.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::import::beancount {
namespace {

using ::lumbung::testing::Refuses;

Decimal Number(absl::string_view text) {
  return *Decimal::Parse(text);
}

TEST(RatioTest, DividesExactlyWithTheDecimalsOfPython) {
  struct Case {
    const char* a;
    const char* b;
    const char* quotient;
  };
  for (const Case& c : {Case{"10.00", "4", "2.50"}, Case{"1", "4", "0.25"}, Case{"10", "2.5", "4"},
                        Case{"100", "0.5", "200"}, Case{"-7.5", "0.03", "-250"},
                        Case{"0", "3", "0"}, Case{"6", "-3", "-2"}}) {
    EXPECT_EQ(DivideExact(Number(c.a), Number(c.b))->ToString(), c.quotient) << c.a << " / " << c.b;
  }
  EXPECT_THAT(DivideExact(Number("1"), Number("3")), Refuses("UNSUPPORTED"));
  EXPECT_THAT(DivideExact(Number("1"), Number("0.0")), Refuses("DIVISION_BY_ZERO"));
}

TEST(RatioTest, AWholeLotWeighsItsTotal) {
  const Ratio each = *Ratio::Of(Number("100"), Number("3"));
  EXPECT_EQ(each.ToString(), "100/3");
  EXPECT_EQ(each.Times(Number("3"))->ToString(), "100");
  EXPECT_EQ(*each.Times(Number("-0.3")), Number("-10"));
  EXPECT_THAT(each.Times(Number("1")), Refuses("UNSUPPORTED"));
}

RC_GTEST_PROP(RatioTest, TimesTheDenominatorIsTheNumerator, (int numerator, int denominator)) {
  RC_PRE(denominator != 0);
  const Decimal above = *Decimal::FromUnits(numerator, 2);
  const Decimal below = *Decimal::FromUnits(denominator, 5);
  RC_ASSERT(*Ratio::Of(above, below)->Times(below) == above);
}

RC_GTEST_PROP(RatioTest, EqualQuotientsAreEqual, (int numerator, int denominator, int factor)) {
  RC_PRE(denominator != 0 && factor != 0);
  const Decimal above = *Decimal::FromUnits(numerator, 1);
  const Decimal below = Decimal::FromInteger(denominator);
  const Decimal by = *Decimal::FromUnits(factor, 3);
  RC_ASSERT(*Ratio::Of(above, below) ==
            *Ratio::Of(*MultiplyExact(above, by), *MultiplyExact(below, by)));
}

}  // namespace
}  // namespace lumbung::import::beancount
