// Divisions of real money, with the figures an accountant expects: profit shares, timesheets,
// straight-line schedules, taxes and overheads. Amounts are rupiah.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/core/decimal.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Dec;
using testing::Decs;
using testing::Refuses;
using Texts = std::vector<std::string>;

// The text of each part, or of the refusal.
Texts Allocated(const std::string& total, const Texts& weights, int scale) {
  const auto parts = AllocateByLargestRemainder(Dec(total), Decs(weights), scale);
  if (!parts.ok()) return {parts.status().ToString()};
  Texts texts;
  for (const Decimal& part : *parts) texts.push_back(part.ToString());
  return texts;
}

TEST(AllocationTest, PartsAreGivenByLargestRemainder) {
  struct {
    const char* what;
    const char* total;
    Texts weights;
    int scale;
    Texts parts;
  } const cases[] = {
      {"profit of a village enterprise: reserve, village, community, staff, advisers, overseers, "
       "social fund",
       "37777777",
       {"30", "30", "10", "15", "5", "5", "5"},
       0,
       {"11333333", "11333333", "3777778", "5666666", "1888889", "1888889", "1888889"}},
      {"three equal shares: the earliest takes the odd unit",
       "10",
       {"1", "1", "1"},
       0,
       {"4", "3", "3"}},
      {"salary by hours that divide evenly",
       "8000000",
       {"70", "63", "27"},
       0,
       {"3500000", "3150000", "1350000"}},
      {"salary by hours: the two units left go to the two largest remainders",
       "7999999",
       {"70", "63", "27"},
       0,
       {"3499999", "3150000", "1350000"}},
      {"cents", "100.00", {"1", "1", "1"}, 2, {"33.34", "33.33", "33.33"}},
      {"a loss is split like a profit", "-10", {"1", "1", "1"}, 0, {"-4", "-3", "-3"}},
      {"a zero weight takes nothing", "10", {"0", "1", "2", "0"}, 0, {"0", "3", "7", "0"}},
      {"weights may be fractions of any scale",
       "1000",
       {"0.5", "0.25", "0.250"},
       0,
       {"500", "250", "250"}},
      {"fewer units than parts", "2", {"1", "1", "1"}, 0, {"1", "1", "0"}},
      {"nothing to split", "0", {"3", "1"}, 2, {"0.00", "0.00"}},
      {"all to one", "12.34", {"7"}, 2, {"12.34"}},
      {"the total may be written more coarsely than the parts",
       "1",
       {"1", "2"},
       2,
       {"0.33", "0.67"}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Allocated(c.total, c.weights, c.scale), c.parts) << c.what;
  }
}

TEST(AllocationTest, RefusesWeightsThatSplitNothing) {
  EXPECT_THAT(AllocateByLargestRemainder(Dec("1"), {}, 0), Refuses("INVALID_WEIGHTS"));
  EXPECT_THAT(AllocateByLargestRemainder(Dec("1"), Decs({"0", "0.00"}), 0),
              Refuses("INVALID_WEIGHTS"));
  EXPECT_THAT(AllocateByLargestRemainder(Dec("1"), Decs({"2", "-1"}), 0),
              Refuses("INVALID_WEIGHTS"));
}

TEST(AllocationTest, RefusesATotalThatTheScaleCannotHold) {
  EXPECT_THAT(AllocateByLargestRemainder(Dec("0.01"), Decs({"1"}), 0), Refuses("SCALE_EXCEEDED"));
  EXPECT_THAT(
      AllocateByLargestRemainder(Dec("99999999999999999999999999999999999999"), Decs({"1"}), 1),
      Refuses("OVERFLOW"));
  EXPECT_THAT(AllocateByLargestRemainder(Dec("1"), Decs({"1"}), 25), Refuses("INVALID_AMOUNT"));
}

TEST(AllocationTest, SplitsTheLargestTotalByTheLargestWeights) {
  const std::string largest = "99999999999999999999999999999999999999";
  const std::string finest = "0.000000000000000000000001";
  EXPECT_EQ(Allocated(largest, {largest, finest}, 0), (Texts{largest, "0"}));
  EXPECT_EQ(
      Allocated(largest, {largest, largest}, 0),
      (Texts{"50000000000000000000000000000000000000", "49999999999999999999999999999999999999"}));
}

// The k-th of n monthly amounts: round(cost * k / n) - round(cost * (k - 1) / n).
Decimal Instalment(const Decimal& cost, int k, int n) {
  const auto accumulated = [&](int months) {
    const Decimal product = MultiplyExact(cost, Decimal::FromInteger(months)).value();
    return Divide(product, Decimal::FromInteger(n), 0, Rounding::kHalfUp).value();
  };
  return Subtract(accumulated(k), accumulated(k - 1)).value();
}

TEST(StraightLineTest, MonthlyAmountsSumToTheCost) {
  struct {
    const char* asset;
    const char* cost;
    int months;
    const char* monthly;
    Texts first_three;
    const char* first_year;
  } const cases[] = {
      {"building", "100000000", 240, "416666.67", {"416667", "416666", "416667"}, "5000000"},
      {"motorcycle", "25000000", 120, "208333.33", {"208333", "208334", "208333"}, "2500000"},
      {"licence", "12500000", 120, "104166.67", {"104167", "104166", "104167"}, "1250000"},
      {"prepaid rent", "5000000", 12, "416666.67", {"416667", "416666", "416667"}, "5000000"},
      {"insurance", "1200000", 12, "100000.00", {"100000", "100000", "100000"}, "1200000"},
  };
  for (const auto& c : cases) {
    const Decimal cost = Dec(c.cost);
    EXPECT_EQ(Divide(cost, Decimal::FromInteger(c.months), 2, Rounding::kHalfEven)->ToString(),
              c.monthly)
        << c.asset;
    std::vector<Decimal> amounts;
    for (int k = 1; k <= c.months; ++k) amounts.push_back(Instalment(cost, k, c.months));
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_EQ(amounts[k].ToString(), c.first_three[k]) << c.asset;
    EXPECT_EQ(Sum(absl::MakeSpan(amounts).first(12))->ToString(), c.first_year) << c.asset;
    EXPECT_EQ(*Sum(amounts), cost) << c.asset;
  }
}

TEST(PercentageTest, TaxesAndOverheadsRoundOnceAtTheEnd) {
  // 0.5 % final income tax on a turnover of 250 million, and over a year that crosses the
  // threshold.
  EXPECT_EQ(MultiplyExact(Dec("250000000"), Dec("0.005"))->Trimmed().ToString(), "1250000");
  const Decimal turnover = *Sum(Decs({"4700000000", "200000000", "300000000", "100000000"}));
  EXPECT_EQ(MultiplyExact(turnover, Dec("0.005"))->Trimmed().ToString(), "26500000");

  // 7 % overhead.
  EXPECT_EQ(Multiply(Dec("123456789"), Dec("0.07"), 2, Rounding::kHalfUp)->ToString(),
            "8641975.23");
  EXPECT_EQ(Multiply(Dec("123456789"), Dec("0.07"), 0, Rounding::kHalfUp)->ToString(), "8641975");

  // Value-added tax: 12 % of 11/12 of the price. Rounding the base first would be a second
  // rounding.
  struct {
    const char *price, *base, *tax;
  } const cases[] = {{"10000000", "9166666.67", "1100000.00"},
                     {"999999", "916665.75", "109999.89"}};
  for (const auto& c : cases) {
    const Decimal eleven = MultiplyExact(Dec(c.price), Dec("11")).value();
    EXPECT_EQ(Divide(eleven, Dec("12"), 2, Rounding::kHalfUp)->ToString(), c.base);
    const Decimal scaled = MultiplyExact(eleven, Dec("0.12")).value();
    EXPECT_EQ(Divide(scaled, Dec("12"), 2, Rounding::kHalfUp)->ToString(), c.tax);
  }
}

}  // namespace
}  // namespace lumbung
