#include "ledger/core/user_number.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ledger/core/status.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Dec;
using testing::IsOk;
using testing::Refuses;

constexpr auto kIndonesian = NumberLocale::kIndonesian;
constexpr auto kEnglish = NumberLocale::kEnglish;
constexpr auto kPlain = NumberLocale::kPlain;

// The plain text of what was read, or "refused".
std::string Read(absl::string_view text, NumberLocale locale, const char* symbol = "Rp") {
  UserNumberOptions options;
  options.locale = locale;
  options.currency_symbol = symbol;
  const absl::StatusOr<Decimal> value = ParseUserNumber(text, options);
  if (value.ok()) return value->ToString();
  return ReasonOf(value.status()) == "INVALID_AMOUNT" ? "refused" : value.status().ToString();
}

TEST(UserNumberTest, ReadsBothConventionsAndGuessesNothing) {
  struct {
    const char* text;
    const char* indonesian;
    const char* english;
    const char* plain;
  } const cases[] = {
      // clang-format off
      // typed            id-ID         en-US         plain
      {"0",               "0",          "0",          "0"},
      {"1500",            "1500",       "1500",       "1500"},
      {"007",             "7",          "7",          "7"},
      {"20000000",        "20000000",   "20000000",   "20000000"},
      // Complete groups.
      {"20.000.000",      "20000000",   "refused",    "refused"},
      {"20,000,000",      "refused",    "20000000",   "refused"},
      {"1.500",           "1500",       "refused",    "1.500"},
      {"1,500",           "refused",    "1500",       "refused"},
      {"500.000",         "500000",     "refused",    "500.000"},
      {"1.234.567,89",    "1234567.89", "refused",    "refused"},
      {"1,234,567.89",    "refused",    "1234567.89", "refused"},
      {"1.500,50",        "1500.50",    "refused",    "refused"},
      {"1,500.50",        "refused",    "1500.50",    "refused"},
      {"1.500,500",       "1500.500",   "refused",    "refused"},
      {"999.999.999.999.999", "999999999999999", "refused", "refused"},
      // Decimals without groups.
      {"1,5",             "1.5",        "refused",    "refused"},
      {"1.5",             "refused",    "1.5",        "1.5"},
      {"1,50",            "1.50",       "refused",    "refused"},
      {"1.50",            "refused",    "1.50",       "1.50"},
      {"20000000,50",     "20000000.50", "refused",   "refused"},
      {"20000000.50",     "refused",    "20000000.50", "20000000.50"},
      {"1234,5678",       "1234.5678",  "refused",    "refused"},
      // Three decimals: clear only when they cannot be a group.
      {"1234,567",        "1234.567",   "refused",    "refused"},
      {"1234.567",        "refused",    "1234.567",   "1234.567"},
      {"123,456",         "refused",    "123456",     "refused"},
      {"0,500",           "0.500",      "refused",    "refused"},
      {"0.500",           "refused",    "0.500",      "0.500"},
      // Groups that are not complete.
      {"1.00",            "refused",    "1.00",       "1.00"},
      {"10.00.000",       "refused",    "refused",    "refused"},
      {"1.0000",          "refused",    "1.0000",     "1.0000"},
      {"1234.567.890",    "refused",    "refused",    "refused"},
      {"1234,567,890",    "refused",    "refused",    "refused"},
      {"012.345",         "refused",    "12.345",     "12.345"},
      {"1..000",          "refused",    "refused",    "refused"},
      {"1.000.",          "refused",    "refused",    "refused"},
      {".000",            "refused",    "refused",    "refused"},
      {"1,500,000",       "refused",    "1500000",    "refused"},
      {"1,500,000.00",    "refused",    "1500000.00", "refused"},
      {"1.500.50",        "refused",    "refused",    "refused"},
      {"1,500.000,00",    "refused",    "refused",    "refused"},
      // Half a number.
      {",5",              "refused",    "refused",    "refused"},
      {".5",              "refused",    "refused",    "refused"},
      {"5,",              "refused",    "refused",    "refused"},
      {"5.",              "refused",    "refused",    "refused"},
      {"",                "refused",    "refused",    "refused"},
      {" ",               "refused",    "refused",    "refused"},
      {"-",               "refused",    "refused",    "refused"},
      {"Rp",              "refused",    "refused",    "refused"},
      {"()",              "refused",    "refused",    "refused"},
      // Blanks at the ends are no harm, blanks inside are no groups.
      {"  1500\t",        "1500",       "1500",       "1500"},
      {"\u00a01500",      "1500",       "1500",       "1500"},
      {" 10 000 ",        "refused",    "refused",    "refused"},
      {"10 000",          "refused",    "refused",    "refused"},
      {"10\u00a0000",     "refused",    "refused",    "refused"},
      {"1'000",           "refused",    "refused",    "refused"},
      {"1_000",           "refused",    "refused",    "refused"},
      // Not numbers of a book.
      {"1e6",             "refused",    "refused",    "refused"},
      {"1,5E+06",         "refused",    "refused",    "refused"},
      {"NaN",             "refused",    "refused",    "refused"},
      {"12a",             "refused",    "refused",    "refused"},
      {"12%",             "refused",    "refused",    "refused"},
      {"0x1F",            "refused",    "refused",    "refused"},
      {"１２",            "refused",    "refused",    "refused"},
      {"+5",              "refused",    "refused",    "refused"},
      // clang-format on
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Read(c.text, kIndonesian), c.indonesian) << "id-ID: " << c.text;
    EXPECT_EQ(Read(c.text, kEnglish), c.english) << "en-US: " << c.text;
    EXPECT_EQ(Read(c.text, kPlain), c.plain) << "plain: " << c.text;
  }
}

TEST(UserNumberTest, ReadsTheCurrencyOnEitherSide) {
  struct {
    const char* text;
    const char* symbol;
    const char* value;
  } const cases[] = {
      {"Rp 1.250.000,-", "Rp", "1250000"},
      {"Rp1.250.000", "Rp", "1250000"},
      {"rp 1.250.000,00", "Rp", "1250000.00"},
      {"RP. 1.250.000", "Rp", "1250000"},
      {"Rp.500", "Rp", "500"},
      {"Rp\u00a01.500", "Rp", "1500"},
      {"1.500 Rp", "Rp", "1500"},
      {"1.500,00 IDR", "IDR", "1500.00"},
      {"IDR 1.500", "IDR", "1500"},
      {"$ 1.500,25", "$", "1500.25"},
      {"€5", "€", "5"},
      {"Rp 1.500", "", "refused"},
      {"IDR 1.500", "Rp", "refused"},
      {"$5", "Rp", "refused"},
      {"Rp Rp 5", "Rp", "refused"},
      {"Rp 5 Rp", "Rp", "refused"},
      {"$.500", "$", "refused"},
      {"Rp..500", "Rp", "refused"},
      {"Rupiah 5", "Rp", "refused"},
  };
  for (const auto& c : cases) EXPECT_EQ(Read(c.text, kIndonesian, c.symbol), c.value) << c.text;
  EXPECT_EQ(Read("$1,500.25", kEnglish, "$"), "1500.25");
}

TEST(UserNumberTest, ReadsThePriceTagEnding) {
  EXPECT_EQ(Read("1.500,-", kIndonesian), "1500");
  EXPECT_EQ(Read("1500,--", kIndonesian), "1500");
  EXPECT_EQ(Read("Rp 1.500,\u2013", kIndonesian), "1500");
  EXPECT_EQ(Read("-1.500,-", kIndonesian), "-1500");
  EXPECT_EQ(Read("1.500,50,-", kIndonesian), "refused");
  EXPECT_EQ(Read("1,500,-", kIndonesian), "refused");
  EXPECT_EQ(Read("1.50,-", kIndonesian), "refused");
  EXPECT_EQ(Read(",-", kIndonesian), "refused");
  EXPECT_EQ(Read("1.500,-", kEnglish), "refused");
  EXPECT_EQ(Read("1500,-", kPlain), "refused");
}

TEST(UserNumberTest, ReadsSignsWhereTheyAreAllowed) {
  for (const char* text : {"-500.000", "(500.000)",
                           "\u2212"
                           "500.000",
                           "-Rp 500.000", "Rp -500.000", "(Rp 500.000)", "Rp (500.000)",
                           "( 500.000 )", "(500.000) Rp"}) {
    EXPECT_EQ(Read(text, kIndonesian), "-500000") << text;
    UserNumberOptions unsigned_only;
    unsigned_only.allow_negative = false;
    EXPECT_THAT(ParseUserNumber(text, unsigned_only), Refuses("INVALID_AMOUNT")) << text;
  }
  for (const char* text : {"--5", "-(5)", "(-5)", "((5))", "-Rp -5", "5-", "(5", "5)", "- 5"}) {
    EXPECT_EQ(Read(text, kIndonesian), "refused") << text;
  }
}

TEST(UserNumberTest, ReadsADashAsZeroOnlyInReports) {
  UserNumberOptions report;
  report.dash_is_zero = true;
  for (const char* text : {"-", " - ", "\u2013", "\u2014", "Rp -", "Rp-", "Rp. -"}) {
    const absl::StatusOr<Decimal> value = ParseUserNumber(text, report);
    ASSERT_THAT(value, IsOk()) << text;
    EXPECT_TRUE(value->IsZero()) << text;
    EXPECT_THAT(ParseUserNumber(text, UserNumberOptions()), Refuses("INVALID_AMOUNT")) << text;
  }
  for (const char* text : {"", "Rp", "--", "()", "- -"}) {
    EXPECT_THAT(ParseUserNumber(text, report), Refuses("INVALID_AMOUNT")) << text;
  }
}

TEST(UserNumberTest, TellsTheReadingItConsideredAndHowToWriteIt) {
  const auto message = [](absl::string_view text, NumberLocale locale) {
    UserNumberOptions options;
    options.locale = locale;
    return std::string(ParseUserNumber(text, options).status().message());
  };
  EXPECT_EQ(
      message("20000000.50", kIndonesian),
      "\"20000000.50\" is not a number in id-ID; it reads as 20000000.50 in en-US. If that is "
      "meant, write 20.000.000,50");
  EXPECT_EQ(message("1,500", kIndonesian),
            "\"1,500\" is ambiguous: it reads as 1.500 in id-ID and as 1500 in en-US. Write 1,5000 "
            "or 1.500");
  EXPECT_EQ(message("1.500", kEnglish),
            "\"1.500\" is ambiguous: it reads as 1.500 in en-US and as 1500 in id-ID. Write 1.5000 "
            "or 1,500");
  EXPECT_EQ(message("abc", kIndonesian),
            "\"abc\" is not a number in id-ID; write it like 1.234.567,89");
  EXPECT_EQ(message("1,5", kPlain),
            "\"1,5\" is not a number in plain notation; write it like "
            "1234567.89");
}

TEST(UserNumberTest, BoundsWhatItReads) {
  EXPECT_EQ(Read(std::string(1'000'000, '1'), kIndonesian), "refused");
  EXPECT_EQ(Read(std::string(129, ' '), kIndonesian), "refused");
  EXPECT_EQ(Read(std::string(39, '9'), kIndonesian), "refused");
  EXPECT_EQ(Read(std::string("1\0", 2), kIndonesian), "refused");
}

TEST(UserNumberTest, WritesForTheReader) {
  struct {
    const char *value, *indonesian, *english, *plain;
  } const cases[] = {
      {"0", "0", "0", "0"},
      {"0.00", "0,00", "0.00", "0.00"},
      {"999", "999", "999", "999"},
      {"1000", "1.000", "1,000", "1000"},
      {"-999.5", "-999,5", "-999.5", "-999.5"},
      {"-1000.50", "-1.000,50", "-1,000.50", "-1000.50"},
      {"1234567.89", "1.234.567,89", "1,234,567.89", "1234567.89"},
      {"123456", "123.456", "123,456", "123456"},
      {"0.123456", "0,123456", "0.123456", "0.123456"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(FormatForLocale(Dec(c.value), kIndonesian), c.indonesian);
    EXPECT_EQ(FormatForLocale(Dec(c.value), kEnglish), c.english);
    EXPECT_EQ(FormatForLocale(Dec(c.value), kPlain), c.plain);
  }
}

TEST(UserNumberTest, PicksTheConventionFromATag) {
  for (const char* tag : {"id", "id-ID", "id_ID.UTF-8", "ID", "id_ID@euro"}) {
    EXPECT_EQ(NumberLocaleFromTag(tag), kIndonesian) << tag;
  }
  for (const char* tag : {"plain", "C", "POSIX", "C.UTF-8"}) {
    EXPECT_EQ(NumberLocaleFromTag(tag), kPlain) << tag;
  }
  for (const char* tag : {"en", "en-US", "en_GB.UTF-8", "", "fr_FR", "idx"}) {
    EXPECT_EQ(NumberLocaleFromTag(tag), kEnglish) << tag;
  }
}

// What we print can be typed back, unless it is one of the numbers a person could misread.
RC_GTEST_PROP(UserNumberProperty, WhatIsWrittenForAReaderReadsBackOrIsRefused,
              (const Decimal& value)) {
  UserNumberOptions options;
  options.locale = *rc::gen::element(kIndonesian, kEnglish, kPlain);
  const std::string text = FormatForLocale(value, options.locale);
  const absl::StatusOr<Decimal> read = ParseUserNumber(text, options);
  if (read.ok()) {
    RC_ASSERT(read->units() == value.units());
    RC_ASSERT(read->scale() == value.scale());
  } else {
    RC_ASSERT(value.scale() == 3);
    RC_ASSERT(value.Abs() < Decimal::FromInteger(1000));
    RC_ASSERT(options.locale != kPlain);
  }
}

// Whoever types, in whatever convention: if both conventions read a text, they agree, or the
// reader's own complete groups made it clear.
RC_GTEST_PROP(UserNumberProperty, NoTextIsReadAsTwoNumbers, ()) {
  const std::string text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0015,.")));
  UserNumberOptions indonesian;
  UserNumberOptions english;
  english.locale = kEnglish;
  const absl::StatusOr<Decimal> as_indonesian = ParseUserNumber(text, indonesian);
  const absl::StatusOr<Decimal> as_english = ParseUserNumber(text, english);
  RC_CLASSIFY(as_indonesian.ok() || as_english.ok(), "read");
  if (as_indonesian.ok() && as_english.ok()) RC_ASSERT(*as_indonesian == *as_english);
}

}  // namespace
}  // namespace lumbung
