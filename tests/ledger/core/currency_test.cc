#include "ledger/core/currency.h"

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::IsOk;
using testing::Refuses;

TEST(IsoCurrencyTest, TableIsSortedUniqueAndWellFormed) {
  std::set<int> numerics;
  absl::string_view previous;
  for (const IsoCurrency& currency : IsoCurrencies()) {
    EXPECT_LT(previous, currency.code);
    previous = currency.code;
    EXPECT_EQ(currency.code.size(), 3u);
    EXPECT_TRUE(std::all_of(currency.code.begin(), currency.code.end(),
                            [](unsigned char c) { return absl::ascii_isupper(c); }));
    EXPECT_TRUE(numerics.insert(currency.numeric).second) << currency.code;
    EXPECT_GT(currency.numeric, 0);
    EXPECT_LT(currency.numeric, 1000);
    EXPECT_FALSE(currency.name.empty());
    EXPECT_THAT(ValidateCurrencyCode(currency.code), IsOk());
    EXPECT_EQ(FindIsoCurrency(currency.code)->numeric, currency.numeric);
  }
  EXPECT_EQ(IsoCurrencies().size(), 166u);
}

TEST(IsoCurrencyTest, KnowsTheMinorUnits) {
  const auto codes_of_scale = [](int scale) {
    std::string codes;
    for (const IsoCurrency& currency : IsoCurrencies()) {
      if (currency.scale != scale) continue;
      absl::StrAppend(&codes, codes.empty() ? "" : " ", currency.code);
    }
    return codes;
  };
  EXPECT_EQ(codes_of_scale(0),
            "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
  EXPECT_EQ(codes_of_scale(1), "");
  EXPECT_EQ(codes_of_scale(3), "BHD IQD JOD KWD LYD OMR TND");
  EXPECT_EQ(codes_of_scale(4), "CLF UYW");
  EXPECT_EQ(FindIsoCurrency("IDR")->scale, 2);
  EXPECT_EQ(FindIsoCurrency("IDR")->numeric, 360);
  EXPECT_EQ(FindIsoCurrency("IDR")->name, "Rupiah");
}

TEST(IsoCurrencyTest, FindsNothingElse) {
  // Unknown, withdrawn, wrong case, metals, tests.
  for (const char* code : {"", "ID", "IDRX", "idr", "AAA", "ZZZ", "DEM", "XAU", "XXX", "XTS"}) {
    EXPECT_FALSE(FindIsoCurrency(code).has_value()) << code;
  }
}

TEST(CurrencyCodeTest, AcceptsWhatPeopleNameTheirCommodities) {
  for (const char* code : {"IDR", "Rp", "$", "US$", "€", "emas 24 karat", "BBCA.JK", "ＡＡＡ", "🌾",
                           "12345678901234567890123456789012"}) {
    EXPECT_THAT(ValidateCurrencyCode(code), IsOk()) << code;
  }
}

TEST(CurrencyCodeTest, RefusesWhatCannotBeToldApartOrQuoted) {
  for (const std::string& code :
       {std::string(), std::string("123456789012345678901234567890123"), std::string(" IDR"),
        std::string("IDR "), std::string(" "), std::string("IDR\u00a0"), std::string("\u3000IDR"),
        std::string("ID\"R"), std::string("ID\nR"), std::string("ID\0R", 4),
        std::string("ID\u0085R"), std::string("\xff"), std::string("\xc0\x80"),
        std::string("IDR\xe2\x82")}) {
    EXPECT_THAT(ValidateCurrencyCode(code), Refuses("INVALID_ID")) << code;
  }
}

}  // namespace
}  // namespace lumbung
