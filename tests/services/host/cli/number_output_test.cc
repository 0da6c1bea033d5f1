#include "services/host/cli/number_output.h"

#include <gtest/gtest.h>

namespace lumbung::cli {
namespace {

TEST(ShowNumber, WritesAmountsInTheReadersLocale) {
  const struct {
    const char* decimal;
    NumberLocale locale;
    const char* shown;
  } cases[] = {
      {"1234567.89", NumberLocale::kIndonesian, "1.234.567,89"},
      {"1234567.89", NumberLocale::kEnglish, "1,234,567.89"},
      {"1234567.89", NumberLocale::kPlain, "1234567.89"},
      {"-1234.50", NumberLocale::kIndonesian, "-1.234,50"},
      {"0", NumberLocale::kIndonesian, "0"},
      {"99999999999999999999999999999999999.99", NumberLocale::kIndonesian,
       "99.999.999.999.999.999.999.999.999.999.999.999,99"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ShowNumber(c.decimal, {c.locale, NegativeStyle::kMinus}).text, c.shown);
  }
}

TEST(ShowNumber, PutsNegativesInParenthesesWhenAsked) {
  const NumberStyle style{NumberLocale::kIndonesian, NegativeStyle::kParentheses};
  EXPECT_EQ(ShowNumber("-1234.50", style).text, "(1.234,50)");
  EXPECT_EQ(ShowNumber("1234.50", style).text, "1.234,50");
}

TEST(ShowNumber, MeasuresWhatStandsBehindTheDecimalMark) {
  const NumberStyle minus{NumberLocale::kIndonesian, NegativeStyle::kMinus};
  const NumberStyle parentheses{NumberLocale::kIndonesian, NegativeStyle::kParentheses};
  EXPECT_EQ(ShowNumber("1250000", minus).tail, 0);
  EXPECT_EQ(ShowNumber("1250000.5", minus).tail, 2);
  EXPECT_EQ(ShowNumber("-12.50", minus).tail, 3);
  EXPECT_EQ(ShowNumber("-12.50", parentheses).tail, 4);
  EXPECT_EQ(ShowNumber("-12", parentheses).tail, 1);
}

TEST(ShowNumber, ShowsWhatIsNoDecimalAsItIs) {
  EXPECT_EQ(ShowNumber("", {}).text, "");
  EXPECT_EQ(ShowNumber("n/a", {}).text, "n/a");
}

}  // namespace
}  // namespace lumbung::cli
