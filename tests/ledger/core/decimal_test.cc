#include "ledger/core/decimal.h"

#include <gtest/gtest.h>

#include "ledger/core/status.h"

namespace lumbung {
namespace {

TEST(DecimalTest, ReadsBackWhatItWrites) {
  for (const char* text :
       {"0", "0.00", "-1234.50", "007.5", "99999999999999999999999999999999999999",
        "-0.000000000000000000000001", "12345678901234567890.123456"}) {
    const auto value = Decimal::Parse(text);
    ASSERT_TRUE(value.ok()) << value.status();
    EXPECT_EQ(Decimal::Parse(value->ToString())->units(), value->units());
    EXPECT_EQ(Decimal::Parse(value->ToString())->scale(), value->scale());
  }
}

}  // namespace
}  // namespace lumbung
