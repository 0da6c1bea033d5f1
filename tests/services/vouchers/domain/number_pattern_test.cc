#include "services/vouchers/domain/number_pattern.h"

#include <gmock/gmock.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

VoucherContent Payment(const std::string& date) {
  VoucherContent content;
  content.kind = VoucherKind::kCashOut;
  content.date = *Date::Parse(date);
  content.postings.resize(2);
  return content;
}

absl::StatusOr<std::string> Number(absl::string_view pattern, const VoucherContent& content,
                                   std::int64_t sequence) {
  const auto parsed = NumberPattern::Parse(pattern, NumberReset::kYearly);
  if (!parsed.ok()) return parsed.status();
  return parsed->Format(content, "umum", sequence);
}

TEST(NumberPatternTest, WritesNumbersAsOrganizationsDo) {
  struct Row {
    const char* pattern;
    const char* date;
    std::int64_t sequence;
    const char* number;
  };
  constexpr Row kRows[] = {
      {kDefaultPattern, "2026-09-05", 1, "BKK.0001/IX/2026"},
      {"PP.{seq:4}/MSP/{month:roman}/{year}", "2026-12-31", 12'345, "PP.12345/MSP/XII/2026"},
      {"{kind}-{year:2}{month}-{seq:3}", "2009-01-01", 7, "BKK-0901-007"},
      {"{seq}/{fund}/{year}", "2026-05-01", 42, "42/umum/2026"},
  };
  for (const Row& row : kRows) {
    const auto number = Number(row.pattern, Payment(row.date), row.sequence);
    ASSERT_THAT(number, IsOk());
    EXPECT_EQ(*number, row.number);
  }
}

TEST(NumberPatternTest, NamesTheFundAndTheUnitOfThePostings) {
  VoucherContent content = Payment("2026-01-01");
  content.postings[0].fund = "usaid";
  content.postings[1].fund = "usaid";
  content.postings[0].dimensions = {{"unit", "MSP"}};
  EXPECT_EQ(*Number("{seq}/{fund}/{dimension:unit}/{year}", content, 1), "1/usaid/MSP/2026");
}

TEST(NumberPatternTest, RefusesANumberThatPostingsLeaveOpen) {
  VoucherContent content = Payment("2026-01-01");
  content.postings[0].fund = "usaid";
  EXPECT_THAT(Number("{seq}/{fund}/{year}", content, 1),
              RefusesAt("NUMBER_UNDETERMINED", "postings"));
  EXPECT_THAT(Number("{seq}/{dimension:unit}/{year}", content, 1), Refuses("NUMBER_UNDETERMINED"));
  content.postings[0].dimensions = {{"unit", std::string(255, 'x')}};
  EXPECT_THAT(Number("{seq}/{dimension:unit}/{year}", content, 1), Refuses("NUMBER_TOO_LONG"));
}

TEST(NumberPatternTest, RefusesPatternsThatSayNothingClear) {
  for (const char* pattern : {"", " {seq}/{year}", "{year}", "{seq}{seq}{year}", "{seq:0}{year}",
                              "{seq:13}{year}", "{seq:x}{year}", "{seq", "seq}", "{}{seq}{year}",
                              "{Seq}{year}", "{seq}{year:3}", "{seq}{year}{month:latin}",
                              "{seq}{year}{dimension:}", "{seq}{year}{fund:1}", "{seq}\n{year}"}) {
    EXPECT_THAT(NumberPattern::Parse(pattern, NumberReset::kYearly),
                RefusesAt("INVALID_PATTERN", "pattern"))
        << pattern;
  }
  EXPECT_THAT(NumberPattern::Parse(std::string(90, 'x') + "{seq}{year}", NumberReset::kYearly),
              Refuses("INVALID_PATTERN"));
}

// Numbers that start anew and do not say when would be given twice.
TEST(NumberPatternTest, DemandsWhatTellsTheRoundsApart) {
  EXPECT_THAT(NumberPattern::Parse("{seq}", NumberReset::kNever), IsOk());
  EXPECT_THAT(NumberPattern::Parse("{seq}", NumberReset::kYearly), Refuses("INVALID_PATTERN"));
  EXPECT_THAT(NumberPattern::Parse("{seq}/{year}", NumberReset::kYearly), IsOk());
  EXPECT_THAT(NumberPattern::Parse("{seq}/{year}", NumberReset::kMonthly),
              Refuses("INVALID_PATTERN"));
  EXPECT_THAT(NumberPattern::Parse("{seq}/{month:roman}/{year}", NumberReset::kMonthly), IsOk());
}

TEST(NumberPatternTest, CountsByYearMonthOrForEver) {
  const Date date = *Date::Parse("2026-09-30");
  EXPECT_EQ(NumberPeriod(date, NumberReset::kYearly), 2026);
  EXPECT_EQ(NumberPeriod(date, NumberReset::kMonthly), 202609);
  EXPECT_EQ(NumberPeriod(date, NumberReset::kNever), 0);
}

}  // namespace
}  // namespace lumbung::vouchers
