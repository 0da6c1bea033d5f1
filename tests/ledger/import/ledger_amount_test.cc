#include "ledger/import/ledger_amount.h"

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;

// Quantity, commodity and what is left, or the reason.
std::string Amount(absl::string_view text, const LedgerCommodities& commodities = {}) {
  const absl::StatusOr<LedgerAmount> amount = TakeLedgerAmount(&text, commodities);
  if (!amount.ok()) return ReasonOf(amount.status());
  return absl::StrCat(amount->amount.quantity.ToString(), " <", amount->amount.commodity, ">",
                      amount->lot, text);
}

TEST(LedgerAmountTest, ReadsSymbolsOnEitherSide) {
  EXPECT_EQ(Amount("1"), "1 <>");
  EXPECT_EQ(Amount("$ 37.50"), "37.50 <$>");
  EXPECT_EQ(Amount("50 AAPL @ $30"), "50 <AAPL> @ $30");
  EXPECT_EQ(Amount("500.00€"), "500.00 <€>");
  EXPECT_EQ(Amount("3 \"green apples\""), "3 <green apples>");
  EXPECT_EQ(Amount("3 a\\ b"), "3 <a b>");
  EXPECT_EQ(Amount("5 A&B"), "5 <A>&B");
}

TEST(LedgerAmountTest, ReadsSigns) {
  EXPECT_EQ(Amount("-$5"), "-5 <$>");
  EXPECT_EQ(Amount("$-5"), "-5 <$>");
  EXPECT_EQ(Amount("$ -225.00"), "-225.00 <$>");
  EXPECT_EQ(Amount("-$-5"), "5 <$>");
  EXPECT_EQ(Amount("+5"), "PARSE_ERROR");
}

TEST(LedgerAmountTest, TakesCommasForThousandsUnlessTheyCannotBe) {
  EXPECT_EQ(Amount("1,000"), "1000 <>");
  EXPECT_EQ(Amount("1,000,000.25"), "1000000.25 <>");
  EXPECT_EQ(Amount("1,25 E"), "1.25 <E>");
  EXPECT_EQ(Amount("1.000,00 E"), "1000.00 <E>");
  EXPECT_EQ(Amount("$.5"), "0.5 <$>");
  EXPECT_EQ(Amount("5."), "5 <>.");
}

TEST(LedgerAmountTest, RemembersDecimalCommas) {
  LedgerCommodities commodities;
  commodities.See("E", 2, true);
  EXPECT_EQ(Amount("1,000 E", commodities), "1.000 <E>");
  EXPECT_EQ(Amount("1.000 E", commodities), "1000 <E>");
  EXPECT_EQ(Amount("1,000 U", commodities), "1000 <U>");
}

TEST(LedgerAmountTest, ReadsLots) {
  EXPECT_EQ(Amount("10 A {$30.00} @ $3"), "10 <A>{30 $} @ $3");
  EXPECT_EQ(Amount("10 A {{$300}}"), "10 <A>{{300 $}}");
  EXPECT_EQ(Amount("10 A {=$30} [2022/01/31] (first lot) ; x"),
            "10 <A>{30 $}[2022/01/31](first lot) ; x");
  EXPECT_EQ(Amount("10 A (@) $3"), "10 <A> (@) $3");
}

TEST(LedgerAmountTest, RefusesWhatIsNoAmount) {
  for (const char* const text : {"", "$", "-", "\"a 3", "@ 1", "=", "1 A {$30", "1 A {{$30}",
                                 "1 A [2022", "1 A (x", "1 A ((market))", "3 a\\"}) {
    EXPECT_EQ(Amount(text), "PARSE_ERROR") << text;
  }
  for (const char* const text : {"1.000.00", "1,00,000", "1,0,000.5", "12,34.5"}) {
    EXPECT_EQ(Amount(text), "INVALID_AMOUNT") << text;
  }
  absl::string_view expression = "(1 + 2)";
  EXPECT_THAT(std::string(TakeLedgerAmount(&expression, {}).status().message()),
              HasSubstr("an amount expression is not supported"));
}

TEST(LedgerCommoditiesTest, AreShownWithTheMostDecimalsUntilFixed) {
  LedgerCommodities commodities;
  commodities.See("$", 1, false);
  commodities.See("$", 3, false);
  commodities.See("$", 2, false);
  EXPECT_EQ(commodities.DecimalsShown("$"), 3);
  commodities.Fix("$");
  commodities.See("$", 5, true);
  EXPECT_EQ(commodities.DecimalsShown("$"), 3);
  EXPECT_FALSE(commodities.UsesDecimalComma("$"));
  EXPECT_EQ(commodities.DecimalsShown("never seen"), 0);
  EXPECT_EQ(commodities.DecimalsShown(""), std::nullopt);
}

TEST(LedgerCommoditiesTest, HaveAliases) {
  LedgerCommodities commodities;
  commodities.AddAlias("e", "EUR");
  EXPECT_EQ(Amount("5 e", commodities), "5 <EUR>");
  EXPECT_EQ(Amount("5 E", commodities), "5 <E>");
}

}  // namespace
}  // namespace lumbung::import
