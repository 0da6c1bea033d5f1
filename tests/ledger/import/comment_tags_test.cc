#include "ledger/import/comment_tags.h"

#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

std::string Text(const Tags& tags) {
  std::string text;
  for (const auto& [name, value] : tags) absl::StrAppend(&text, "<", name, "=", value, ">");
  return text;
}

std::string Hledger(absl::string_view comment) {
  Tags tags;
  AppendHledgerTags(comment, &tags);
  return Text(tags);
}

std::string Ledger(absl::string_view comment) {
  Tags tags;
  AppendLedgerTags(comment, &tags);
  return Text(tags);
}

TEST(HledgerTagsTest, AreWordsBeforeAColonWithAValueUpToAComma) {
  EXPECT_EQ(Hledger("just words"), "");
  EXPECT_EQ(Hledger(" unit:north"), "<unit=north>");
  EXPECT_EQ(Hledger("a comment with tag1:, tag2: some value , and: more "),
            "<tag1=><tag2=some value><and=more>");
  EXPECT_EQ(Hledger("time 10:30"), "<10=30>");
  EXPECT_EQ(Hledger("a: b: c"), "<a=b: c>");
  EXPECT_EQ(Hledger(": ::x:y"), "<x=y>");
}

TEST(LedgerTagsTest, AreASettingAtTheStartOrNamesBetweenColons) {
  EXPECT_EQ(Ledger("just words"), "");
  EXPECT_EQ(Ledger(" Unit: north, and more "), "<Unit=north, and more>");
  EXPECT_EQ(Ledger(":one:two: words :three:"), "<one=><two=><three=>");
  EXPECT_EQ(Ledger("words Unit: north"), "");
  EXPECT_EQ(Ledger("Unit:north"), "");
  EXPECT_EQ(Ledger(":"), "");
}

std::string Dates(const PostingDates& dates) {
  return absl::StrCat(dates.primary.has_value() ? dates.primary->ToString() : "", "=",
                      dates.secondary.has_value() ? dates.secondary->ToString() : "");
}

std::string HledgerDates(absl::string_view comment) {
  PostingDates dates;
  const absl::Status status = ReadHledgerPostingDates(comment, 2023, &dates);
  return status.ok() ? Dates(dates) : ReasonOf(status);
}

std::string LedgerDates(absl::string_view comment) {
  PostingDates dates;
  const absl::Status status = ReadLedgerPostingDates(comment, 2023, &dates);
  return status.ok() ? Dates(dates) : ReasonOf(status);
}

TEST(HledgerPostingDatesTest, ComeFromTagsAndBrackets) {
  EXPECT_EQ(HledgerDates("nothing [here] or [1] there"), "=");
  EXPECT_EQ(HledgerDates("cleared date:6/1"), "2023-06-01=");
  EXPECT_EQ(HledgerDates("date:2022/6/1, date2:7/1 x"), "2022-06-01=2023-07-01");
  EXPECT_EQ(HledgerDates("[2022-6-1=7-1]"), "2022-06-01=2022-07-01");
  EXPECT_EQ(HledgerDates("x [=7/1] y"), "=2023-07-01");
  EXPECT_EQ(HledgerDates("[1/2] [3/4]"), "2023-01-02=");
}

TEST(HledgerPostingDatesTest, MustExist) {
  EXPECT_EQ(HledgerDates("date:"), "INVALID_DATE");
  EXPECT_EQ(HledgerDates("[2023/2/29]"), "INVALID_DATE");
  EXPECT_EQ(HledgerDates("[2023/2/28-]"), "INVALID_DATE");
}

TEST(LedgerPostingDatesTest, ComeFromBracketsOfCommentsWithoutTags) {
  EXPECT_EQ(LedgerDates("nothing [here]"), "=");
  EXPECT_EQ(LedgerDates("[2022/6/1=2022/7/1]"), "2022-06-01=2022-07-01");
  EXPECT_EQ(LedgerDates("[=7/1]"), "=2023-07-01");
  EXPECT_EQ(LedgerDates("Tag: [2022/6/1]"), "=");
  EXPECT_EQ(LedgerDates("[2023/2/29]"), "INVALID_DATE");
}

}  // namespace
}  // namespace lumbung::import
