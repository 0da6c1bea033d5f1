#include "reports/render/xlsx/sheet_number.h"

#include <cstdio>

#include <gtest/gtest.h>

namespace lumbung::reports {
namespace {

TEST(SheetNumber, HoldsAmountsOfFifteenDigits) {
  for (const char* text :
       {"0", "0.00", "0.10", "-0.01", "1500000.50", "999999999999999", "-9999999999999.99",
        "999999999999.999", "0.000000000000001", "123456789012345.000"}) {
    const Decimal amount = Decimal::Parse(text).value();
    const auto number = SheetNumber(amount);
    ASSERT_TRUE(number.has_value()) << text;
    char shown[64];
    std::snprintf(shown, sizeof(shown), "%.*f", amount.scale(), *number);
    EXPECT_EQ(Decimal::Parse(shown).value(), amount) << text;
  }
}

TEST(SheetNumber, RefusesAmountsThatNeedMore) {
  for (const char* text : {"1000000000000000", "9007199254740993", "-10000000000000.01",
                           "0.1234567890123456", "12345678901234567890123456789012345678"}) {
    EXPECT_FALSE(SheetNumber(Decimal::Parse(text).value()).has_value()) << text;
  }
}

}  // namespace
}  // namespace lumbung::reports
