#include "reports/audit_tests/first_digits.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_format.h"

namespace lumbung::reports {
namespace {

TEST(FirstDigitsTest, CountsWhateverTheScaleAndSign) {
  FirstDigits digits;
  for (const char* amount : {"100", "-1.50", "0.0019", "250000", "9", "0", "0.00"}) {
    digits.Add(*Decimal::Parse(amount));
  }
  EXPECT_EQ(digits.total(), 5);
  EXPECT_EQ(digits.count(1), 3);
  EXPECT_EQ(digits.count(2), 1);
  EXPECT_EQ(digits.count(9), 1);
  EXPECT_EQ(digits.Verdict().en, "too few to conclude from (fewer than 300)");
}

TEST(FirstDigitsTest, ExpectationsAddUpToOne) {
  double sum = 0;
  for (int digit = 1; digit <= 9; ++digit) sum += FirstDigits::Expected(digit);
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_NEAR(FirstDigits::Expected(1), 0.30103, 1e-5);
}

// Growth by a constant rate follows Benford's law; numbers that are drawn evenly do not.
TEST(FirstDigitsTest, TellsGrowthFromInvention) {
  FirstDigits grown;
  double amount = 1'000;
  for (int i = 0; i < 1'000; ++i) {
    grown.Add(*Decimal::Parse(absl::StrFormat("%.0f", amount)));
    amount *= 1.0237;
    if (amount > 1e12) amount /= 1e9;
  }
  EXPECT_LT(grown.Deviation(), 0.006);
  EXPECT_EQ(grown.Verdict().en, "close conformity");

  FirstDigits invented;
  for (int i = 100; i < 1'000; ++i) invented.Add(Decimal::FromInteger(i));
  EXPECT_GT(invented.Deviation(), 0.015);
  EXPECT_EQ(invented.Verdict().id, "tidak sesuai: periksa angka yang menonjol");
}

}  // namespace
}  // namespace lumbung::reports
