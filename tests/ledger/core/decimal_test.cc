#include "ledger/core/decimal.h"

#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Dec;
using testing::Decs;
using testing::IsOk;
using testing::Refuses;

const char kLargest[] = "99999999999999999999999999999999999999";
const char kFinest[] = "0.000000000000000000000001";

TEST(DecimalTest, ReadsPlainNumbers) {
  struct {
    const char* text;
    int scale;
    const char* written;
  } const cases[] = {
      {"0", 0, "0"},
      {"-0", 0, "0"},
      {"-0.00", 2, "0.00"},
      {"1234.50", 2, "1234.50"},
      {"-1234.50", 2, "-1234.50"},
      {"0.05", 2, "0.05"},
      {"-0.05", 2, "-0.05"},
      {"20000000.50", 2, "20000000.50"},
      // Leading zeros are decimal zeros, not the mark of an octal number.
      {"007", 0, "7"},
      {"0123.40", 2, "123.40"},
      {"089", 0, "89"},
      {"00000000000000000000000000000000000000000000000001.5", 1, "1.5"},
      // The ends of the one-word path and of the type.
      {"99999999999999999", 0, "99999999999999999"},
      {"999999999999999999", 0, "999999999999999999"},
      {"9999999999999999999", 0, "9999999999999999999"},
      {"18446744073709551616", 0, "18446744073709551616"},
      {"1000000000000000000.000000000000000000", 18, "1000000000000000000.000000000000000000"},
      {kLargest, 0, kLargest},
      {"-99999999999999.999999999999999999999999", 24, "-99999999999999.999999999999999999999999"},
      {kFinest, 24, kFinest},
  };
  for (const auto& c : cases) {
    const absl::StatusOr<Decimal> value = Decimal::Parse(c.text);
    ASSERT_THAT(value, IsOk()) << c.text;
    EXPECT_EQ(value->scale(), c.scale) << c.text;
    EXPECT_EQ(value->ToString(), c.written);
  }
}

TEST(DecimalTest, RefusesEverythingElse) {
  const std::string cases[] = {
      "",
      "-",
      "+",
      "+1",
      "--1",
      "1-",
      "- 1",
      " 1",
      "1 ",
      "1 000",
      "1,5",
      "1,000",
      "1.000.000",
      "1.",
      ".5",
      "-.5",
      ".",
      "-.",
      "1..2",
      "1e5",
      "1E5",
      "1e",
      "NaN",
      "nan",
      "inf",
      "-inf",
      "0x10",
      "1_000",
      "1'000",
      "١٢",
      "１２",
      "−5",
      "(5)",
      "Rp5",
      "5%",
      "1\n",
      std::string("1\0", 2),
      std::string("\0001", 2),
      "1/2",
      "\xff",
      "0b1",
  };
  for (const std::string& text : cases) {
    EXPECT_THAT(Decimal::Parse(text), Refuses("INVALID_AMOUNT")) << '"' << text << '"';
  }
}

TEST(DecimalTest, RefusesWhatIsTooLargeOrTooFine) {
  EXPECT_THAT(Decimal::Parse("100000000000000000000000000000000000000"), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::Parse("10000000000000000000000000000000000000.0"),
              Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::Parse("0.0000000000000000000000001"), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::Parse("0.0000000000000000000000000"), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::Parse(std::string(128, '0')), IsOk());
  EXPECT_THAT(Decimal::Parse(std::string(129, '0')), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::Parse(std::string(10'000'000, '9')), Refuses("INVALID_AMOUNT"));
}

TEST(DecimalTest, SaysWhatWasFoundAndWhatIsAllowed) {
  EXPECT_EQ(Decimal::Parse("1,5").status().message(),
            "\"1,5\" is not a plain decimal number; expected digits, optionally a '-' before them "
            "and a '.' with more digits after them");
  EXPECT_EQ(Decimal::Parse("0.1234567890123456789012345").status().message(),
            "\"0.1234567890123456789012345\" has 25 decimals; at most 24 are allowed");
  EXPECT_EQ(Dec("1.005").WithScale(2).status().message(),
            "1.005 has 3 decimals; at most 2 are allowed");
  // However long the text, the message stays short and printable.
  EXPECT_LT(Decimal::Parse(std::string(1000, '\x01')).status().message().size(), 250u);
}

TEST(DecimalTest, IsMadeFromUnitsWithinItsLimits) {
  EXPECT_EQ(Decimal::FromUnits(-123450, 2)->ToString(), "-1234.50");
  EXPECT_EQ(Decimal::FromInteger(-9223372036854775807 - 1).ToString(), "-9223372036854775808");
  EXPECT_THAT(Decimal::FromUnits(0, -1), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::FromUnits(0, 25), Refuses("INVALID_AMOUNT"));
  const int128 beyond = Dec(kLargest).units() + 1;
  EXPECT_THAT(Decimal::FromUnits(beyond, 0), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Decimal::FromUnits(-beyond, 0), Refuses("INVALID_AMOUNT"));
}

TEST(DecimalTest, PrintsLikeItIsWritten) {
  std::ostringstream out;
  out << Dec("-0.50");
  EXPECT_EQ(out.str(), "-0.50");
  std::string line = "total ";
  Dec("12.30").AppendTo(&line);
  EXPECT_EQ(line, "total 12.30");
}

TEST(DecimalTest, ComparesByValueAcrossScales) {
  EXPECT_EQ(Dec("1.5"), Dec("1.50"));
  EXPECT_EQ(Dec("0"), Dec("-0.000"));
  EXPECT_LT(Dec("-1"), Dec("0.01"));
  EXPECT_GT(Dec("0.02"), Dec("0.019"));
  // Scaling either side up would leave 128 bits.
  EXPECT_GT(Dec(kLargest), Dec(kFinest));
  EXPECT_LT(Dec(kFinest), Dec(kLargest));
  EXPECT_LT(Dec(kLargest).Negated(), Dec(kFinest).Negated());
  EXPECT_NE(Dec(kLargest), Dec(kFinest));
}

TEST(DecimalTest, TrimsOnlyTheFraction) {
  EXPECT_EQ(Dec("1.500").Trimmed().ToString(), "1.5");
  EXPECT_EQ(Dec("100.00").Trimmed().ToString(), "100");
  EXPECT_EQ(Dec("-0.000").Trimmed().ToString(), "0");
  EXPECT_EQ(Dec("90000000000000000000.000000000").Trimmed().ToString(), "90000000000000000000");
  EXPECT_EQ(Dec("1.0500").MinimalScale(), 2);
}

TEST(DecimalTest, ChangesScaleWithoutLoss) {
  EXPECT_EQ(Dec("1.5").WithScale(3)->ToString(), "1.500");
  EXPECT_EQ(Dec("1.500").WithScale(1)->ToString(), "1.5");
  EXPECT_THAT(Dec("1.505").WithScale(2), Refuses("SCALE_EXCEEDED"));
  EXPECT_THAT(Dec(kLargest).WithScale(1), Refuses("OVERFLOW"));
  EXPECT_THAT(Dec("1").WithScale(25), Refuses("INVALID_AMOUNT"));
  EXPECT_THAT(Dec("1").WithScale(-1), Refuses("INVALID_AMOUNT"));
}

TEST(DecimalTest, RoundsByTheNamedMode) {
  struct {
    const char* value;
    const char *half_even, *half_up, *down, *up, *floor, *ceiling;
  } const cases[] = {
      // clang-format off
      // value  half-even half-up  down   up     floor  ceiling
      {"2.5",   "2",      "3",     "2",   "3",   "2",   "3"},
      {"3.5",   "4",      "4",     "3",   "4",   "3",   "4"},
      {"-2.5",  "-2",     "-3",    "-2",  "-3",  "-3",  "-2"},
      {"-3.5",  "-4",     "-4",    "-3",  "-4",  "-4",  "-3"},
      {"2.49",  "2",      "2",     "2",   "3",   "2",   "3"},
      {"2.51",  "3",      "3",     "2",   "3",   "2",   "3"},
      {"-2.51", "-3",     "-3",    "-2",  "-3",  "-3",  "-2"},
      {"0.5",   "0",      "1",     "0",   "1",   "0",   "1"},
      {"-0.5",  "0",      "-1",    "0",   "-1",  "-1",  "0"},
      {"0.1",   "0",      "0",     "0",   "1",   "0",   "1"},
      {"-0.1",  "0",      "0",     "0",   "-1",  "-1",  "0"},
      {"7.0",   "7",      "7",     "7",   "7",   "7",   "7"},
      // clang-format on
  };
  for (const auto& c : cases) {
    const Decimal value = Dec(c.value);
    EXPECT_EQ(value.Round(0, Rounding::kHalfEven)->ToString(), c.half_even) << c.value;
    EXPECT_EQ(value.Round(0, Rounding::kHalfUp)->ToString(), c.half_up) << c.value;
    EXPECT_EQ(value.Round(0, Rounding::kDown)->ToString(), c.down) << c.value;
    EXPECT_EQ(value.Round(0, Rounding::kUp)->ToString(), c.up) << c.value;
    EXPECT_EQ(value.Round(0, Rounding::kFloor)->ToString(), c.floor) << c.value;
    EXPECT_EQ(value.Round(0, Rounding::kCeiling)->ToString(), c.ceiling) << c.value;
  }
  EXPECT_EQ(Dec("1.5").Round(3, Rounding::kUp)->ToString(), "1.500");
}

TEST(DecimalTest, AddsExactlyOrRefuses) {
  EXPECT_EQ(Add(Dec("1.5"), Dec("2.25"))->ToString(), "3.75");
  EXPECT_EQ(Subtract(Dec("1.50"), Dec("1.5"))->ToString(), "0.00");
  EXPECT_THAT(Add(Dec(kLargest), Dec("1")), Refuses("OVERFLOW"));
  EXPECT_THAT(Add(Dec(kLargest), Dec(kLargest)), Refuses("OVERFLOW"));
  EXPECT_THAT(Subtract(Dec(kLargest), Dec("0.5")), Refuses("OVERFLOW"));
  EXPECT_EQ(Sum({})->ToString(), "0");
  // What matters is whether the sum fits, not whether every step on the way does.
  EXPECT_EQ(Sum({Dec(kLargest), Dec(kLargest), Dec(kLargest).Negated()})->ToString(), kLargest);
  EXPECT_EQ(Sum({Dec(kLargest), Dec("0.5"), Dec(kLargest).Negated()})->ToString(), "0.5");
}

TEST(DecimalTest, MultipliesExactlyOrRefuses) {
  EXPECT_EQ(MultiplyExact(Dec("1.50"), Dec("-2.00"))->ToString(), "-3.0000");
  EXPECT_EQ(MultiplyExact(Dec(kFinest), Dec("10.0"))->ToString(), "0.000000000000000000000010");
  EXPECT_EQ(MultiplyExact(Dec(kFinest), Dec("0.0"))->ToString(), "0.000000000000000000000000");
  EXPECT_THAT(MultiplyExact(Dec(kFinest), Dec("0.1")), Refuses("OVERFLOW"));
  EXPECT_THAT(MultiplyExact(Dec(kLargest), Dec("10")), Refuses("OVERFLOW"));
  EXPECT_EQ(MultiplyExact(Dec("9999999999999999999999999999999999999.0"), Dec("10.0"))->ToString(),
            "99999999999999999999999999999999999990");
}

TEST(DecimalTest, DividesWithOneRounding) {
  EXPECT_EQ(Divide(Dec("10"), Dec("3"), 2, Rounding::kHalfEven)->ToString(), "3.33");
  EXPECT_EQ(Divide(Dec("-10"), Dec("3"), 2, Rounding::kFloor)->ToString(), "-3.34");
  EXPECT_EQ(Divide(Dec("1"), Dec("8"), 2, Rounding::kHalfEven)->ToString(), "0.12");
  EXPECT_EQ(Divide(Dec("1"), Dec("-8"), 2, Rounding::kHalfUp)->ToString(), "-0.13");
  EXPECT_EQ(Divide(Dec(kLargest), Dec(kLargest), 24, Rounding::kUp)->ToString(),
            "1.000000000000000000000000");
  EXPECT_THAT(Divide(Dec("1"), Dec("0.00"), 2, Rounding::kDown), Refuses("DIVISION_BY_ZERO"));
  EXPECT_THAT(Divide(Dec(kLargest), Dec(kFinest), 24, Rounding::kDown), Refuses("OVERFLOW"));
  EXPECT_THAT(Divide(Dec("1"), Dec("2"), 25, Rounding::kDown), Refuses("INVALID_AMOUNT"));
}

}  // namespace
}  // namespace lumbung
