#include "ledger/import/text_lexer.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;

// The date and what is left, or the reason.
std::string Date(absl::string_view text, const DateRules& rules) {
  const absl::StatusOr<lumbung::Date> date = TakeDate(&text, rules);
  if (!date.ok()) return ReasonOf(date.status());
  return absl::StrCat(date->ToString(), "|", text);
}

TEST(TakeDateTest, ReadsEverySeparator) {
  EXPECT_EQ(Date("2023-01-31", {}), "2023-01-31|");
  EXPECT_EQ(Date("2023/1/31 x", {}), "2023-01-31| x");
  EXPECT_EQ(Date("2023.1.3=1/2", {}), "2023-01-03|=1/2");
}

TEST(TakeDateTest, RefusesWhatIsNoDate) {
  for (const char* const text :
       {"", "2023", "2023-", "2023-1", "2023-1-", "2023-02-29", "2023-13-01", "2023-01-32", "x",
        "20230131", "2023-01/31", "1/2", "0000-01-01", "99999-01-01", "2023-99999999999-01"}) {
    EXPECT_EQ(Date(text, {}), "INVALID_DATE") << text;
  }
}

TEST(TakeDateTest, TakesTheYearFromElsewhere) {
  EXPECT_EQ(Date("1/2", {.default_year = 2022}), "2022-01-02|");
  EXPECT_EQ(Date("2/29", {.default_year = 2022}), "INVALID_DATE");
}

TEST(TakeDateTest, IsLenientWhereLedgerIs) {
  EXPECT_EQ(Date("2023-01/31", {.lenient = true}), "2023-01-31|");
  EXPECT_EQ(Date("2023/12 x", {.lenient = true}), "2023-12-01| x");
  EXPECT_EQ(Date("20/12/31", {.default_year = 2022, .lenient = true}), "INVALID_DATE");
}

// Value and scale as text, or the reason. `mark` is where the decimal mark stands.
std::string Number(absl::string_view digits, std::size_t mark, int exponent) {
  const absl::StatusOr<Decimal> number = DecimalFromDigits(digits, mark, exponent);
  return number.ok() ? number->ToString() : ReasonOf(number.status());
}

TEST(DecimalFromDigitsTest, KeepsTheDecimalsAsWritten) {
  constexpr std::size_t kNone = absl::string_view::npos;
  EXPECT_EQ(Number("1234", kNone, 0), "1234");
  EXPECT_EQ(Number("1,234.50", 5, 0), "1234.50");
  EXPECT_EQ(Number(".50", 0, 0), "0.50");
  EXPECT_EQ(Number("5.", 1, 0), "5");
  EXPECT_EQ(Number("007", kNone, 0), "7");
}

TEST(DecimalFromDigitsTest, MovesTheDecimalMarkByTheExponent) {
  EXPECT_EQ(Number("1.5", 1, 3), "1500");
  EXPECT_EQ(Number("1.5", 1, -2), "0.015");
  EXPECT_EQ(Number("0", absl::string_view::npos, 999), "0");
}

TEST(DecimalFromDigitsTest, RefusesWhatIsTooLongOrTooFine) {
  const std::string nines(38, '9');
  EXPECT_EQ(Number(nines, absl::string_view::npos, 0), nines);
  EXPECT_EQ(Number("00" + nines, absl::string_view::npos, 0), nines);
  EXPECT_EQ(Number(nines + "9", absl::string_view::npos, 0), "INVALID_AMOUNT");
  EXPECT_EQ(Number(nines, absl::string_view::npos, 1), "INVALID_AMOUNT");
  EXPECT_EQ(Number("1", absl::string_view::npos, 9999), "INVALID_AMOUNT");
  EXPECT_EQ(Number("1", absl::string_view::npos, -24), "0.000000000000000000000001");
  EXPECT_EQ(Number("1", absl::string_view::npos, -25), "INVALID_AMOUNT");
  EXPECT_EQ(Number("0.0000000000000000000000001", 1, 0), "INVALID_AMOUNT");
}

TEST(DescribeTest, CutsLongTextBetweenCharacters) {
  EXPECT_EQ(Describe("  x "), "\"x\"");
  EXPECT_EQ(Describe(" "), "the end of the line");
  EXPECT_EQ(Describe("x" + std::string(20, ' ') + "y\t"), "\"x                    y\"");
  std::string long_text;
  for (int i = 0; i < 30; ++i) long_text += "é";
  EXPECT_THAT(Describe("x" + long_text), HasSubstr("é...\""));
}

}  // namespace
}  // namespace lumbung::import
