#include "ledger/import/hledger_amount.h"

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
std::string Amount(absl::string_view text, const HledgerNumberRules& rules = {},
                   const HledgerCommodities& commodities = {}) {
  const absl::StatusOr<HledgerAmount> amount = TakeHledgerAmount(&text, rules, commodities);
  if (!amount.ok()) return ReasonOf(amount.status());
  return absl::StrCat(amount->amount.quantity.ToString(), " <", amount->amount.commodity, ">",
                      text);
}

TEST(HledgerAmountTest, ReadsSymbolsOnEitherSide) {
  EXPECT_EQ(Amount("1"), "1 <>");
  EXPECT_EQ(Amount("$1"), "1 <$>");
  EXPECT_EQ(Amount("Rp 12.50"), "12.50 <Rp>");
  EXPECT_EQ(Amount("4000 AAPL  ; x"), "4000 <AAPL>  ; x");
  EXPECT_EQ(Amount("500.00€"), "500.00 <€>");
  EXPECT_EQ(Amount("3 \"green apples\" @ $1"), "3 <green apples> @ $1");
  EXPECT_EQ(Amount("\"A 1\"3"), "3 <A 1>");
}

TEST(HledgerAmountTest, ReadsSignsBeforeAndAfterTheSymbol) {
  EXPECT_EQ(Amount("-$5"), "-5 <$>");
  EXPECT_EQ(Amount("$-5"), "-5 <$>");
  EXPECT_EQ(Amount("-$-5"), "5 <$>");
  EXPECT_EQ(Amount("+ $ 5"), "5 <$>");
  EXPECT_EQ(Amount("- 5 A"), "-5 <A>");
  EXPECT_EQ(Amount("-0"), "0 <>");
}

TEST(HledgerAmountTest, TellsDecimalMarksFromGroups) {
  EXPECT_EQ(Amount("1,000"), "1.000 <>");
  EXPECT_EQ(Amount("1.000"), "1.000 <>");
  EXPECT_EQ(Amount("1,000,000"), "1000000 <>");
  EXPECT_EQ(Amount("1.000.000,50"), "1000000.50 <>");
  EXPECT_EQ(Amount("9,99,99,999.00"), "99999999.00 <>");
  EXPECT_EQ(Amount("1 000 000.9455 A"), "1000000.9455 <A>");
  EXPECT_EQ(Amount(".5"), "0.5 <>");
  EXPECT_EQ(Amount("5."), "5 <>");
}

TEST(HledgerAmountTest, BelievesWhatWasSaidOfDecimalMarks) {
  HledgerCommodities commodities;
  commodities.Declare("EUR", HledgerStyle{',', 2});
  EXPECT_EQ(Amount("1.000 EUR", {}, commodities), "1000 <EUR>");
  EXPECT_EQ(Amount("1,000 EUR", {}, commodities), "1.000 <EUR>");
  EXPECT_EQ(Amount("1.000 A", {}, commodities), "1.000 <A>");
  const HledgerNumberRules by_default{.default_commodity =
                                          HledgerDefaultCommodity{"$", HledgerStyle{'.', 2}}};
  EXPECT_EQ(Amount("1,000", by_default, commodities), "1000 <$>");
  EXPECT_EQ(Amount("1,000 A", by_default, commodities), "1000 <A>");
  EXPECT_EQ(Amount("1,000 EUR", by_default, commodities), "1.000 <EUR>");
  EXPECT_EQ(Amount("1,000 EUR", {.decimal_mark = '.'}, commodities), "1000 <EUR>");
}

TEST(HledgerAmountTest, ReadsExponents) {
  EXPECT_EQ(Amount("1E3 EUR"), "1000 <EUR>");
  EXPECT_EQ(Amount("1e-6"), "0.000001 <>");
  EXPECT_EQ(Amount("1EUR"), "1 <EUR>");
  EXPECT_EQ(Amount("1,000,000e3"), "INVALID_AMOUNT");
  EXPECT_EQ(Amount("1e99999"), "INVALID_AMOUNT");
  EXPECT_EQ(Amount("1e99"), "INVALID_AMOUNT");
}

TEST(HledgerAmountTest, RefusesWhatIsNoAmount) {
  for (const char* const text :
       {"", "$", "-", "USD x", "\"a 3", "\"\" 3", "@ 1", "\"a;b\" 3", "="}) {
    EXPECT_EQ(Amount(text), "PARSE_ERROR") << text;
  }
  for (const char* const text : {"1,000.00,5", "1.000.000,5.", "1,000,000 5"}) {
    EXPECT_EQ(Amount(text), "INVALID_AMOUNT") << text;
  }
  absl::string_view expression = "(1 + 2) A";
  EXPECT_THAT(std::string(TakeHledgerAmount(&expression, {}, {}).status().message()),
              HasSubstr("an amount expression is not supported"));
}

std::string Price(absl::string_view text) {
  EXPECT_TRUE(StartsHledgerPrice(text));
  const absl::StatusOr<DraftPrice> price = TakeHledgerPrice(&text, {}, {});
  if (!price.ok()) return ReasonOf(price.status());
  return absl::StrCat(price->amount.quantity.ToString(), " ", price->amount.commodity,
                      price->is_total ? " in all" : " each");
}

TEST(HledgerPriceTest, IsForEachOrForAll) {
  EXPECT_EQ(Price("@ $1.35"), "1.35 $ each");
  EXPECT_EQ(Price("@@ 135 EUR"), "135 EUR in all");
  EXPECT_EQ(Price("(@) $1"), "1 $ each");
  EXPECT_EQ(Price("(@@)$1"), "1 $ in all");
  EXPECT_EQ(Price("(@ $1"), "PARSE_ERROR");
  EXPECT_EQ(Price("@"), "PARSE_ERROR");
  EXPECT_FALSE(StartsHledgerPrice("(1)"));
}

TEST(HledgerCommoditiesTest, AreShownWithTheDecimalsDeclaredOrElseSeen) {
  HledgerCommodities commodities;
  EXPECT_EQ(commodities.DecimalsShown("$", {}), std::nullopt);
  commodities.See("$", 1);
  commodities.See("$", 3);
  commodities.See("$", 2);
  EXPECT_EQ(commodities.DecimalsShown("$", {}), 3);
  const HledgerNumberRules rules{.default_commodity =
                                     HledgerDefaultCommodity{"$", HledgerStyle{'.', 0}}};
  EXPECT_EQ(commodities.DecimalsShown("$", rules), 0);
  commodities.Declare("$", HledgerStyle{'.', 2});
  EXPECT_EQ(commodities.DecimalsShown("$", rules), 2);
  commodities.Declare("$", std::nullopt);
  EXPECT_EQ(commodities.DecimalsShown("$", {}), 3);
}

}  // namespace
}  // namespace lumbung::import
