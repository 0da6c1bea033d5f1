#include "ledger/import/csv_mapping.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::import {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using ::lumbung::testing::RefusesAt;

CsvMapping BankStatement() {
  CsvMapping mapping;
  mapping.columns = {{"date", "Tanggal"}, {"amount", "Jumlah"}, {"account", "Akun"}};
  mapping.defaults = {{"contra_account", "1.1.02"}, {"currency", "IDR"}};
  return mapping;
}

std::string ReadDate(absl::string_view pattern, absl::string_view text) {
  const auto dates = DatePattern::Parse(pattern);
  EXPECT_THAT(dates, IsOk());
  const auto date = dates->Read(text);
  return date.ok() ? date->ToString() : ReasonOf(date.status());
}

TEST(DatePatternTest, ReadsDatesAsTheyAreWritten) {
  EXPECT_EQ(ReadDate("%Y-%m-%d", "2026-03-01"), "2026-03-01");
  EXPECT_EQ(ReadDate("%d/%m/%Y", " 1/3/2026 "), "2026-03-01");
  EXPECT_EQ(ReadDate("%d-%b-%y", "17-Agu-26"), "2026-08-17");
  EXPECT_EQ(ReadDate("%d %b %Y", "05 DES 1999"), "1999-12-05");
  EXPECT_EQ(ReadDate("%b %d, %Y", "May 5, 2026"), "2026-05-05");
  EXPECT_EQ(ReadDate("%Y%m%d", "20260301"), "2026-03-01");
  EXPECT_EQ(ReadDate("%d.%m.%y", "1.1.70"), "1970-01-01");
}

TEST(DatePatternTest, RefusesWhatIsNotADate) {
  for (const char* text :
       {"", "2026-02-30", "2026-03", "2026-03-01x", "26-03-01", "2026/03/01", "2026-x-01"}) {
    EXPECT_EQ(ReadDate("%Y-%m-%d", text), "INVALID_DATE") << text;
  }
  EXPECT_EQ(ReadDate("%d %b %Y", "01 xyz 2026"), "INVALID_DATE");
  EXPECT_EQ(ReadDate("%d %b %Y", "01 y m 2026"), "INVALID_DATE");
}

TEST(DatePatternTest, RefusesPatternsThatDoNotMakeADate) {
  for (const char* pattern : {"", "%Y-%m", "%d/%m/%Y %d", "%H:%M", "%Y-%m-%d%", "%Y%y-%m-%d"}) {
    EXPECT_THAT(DatePattern::Parse(pattern), Refuses("INVALID_MAPPING")) << pattern;
  }
}

TEST(CsvMappingTest, AcceptsTheTwoWaysToMakeAnEntry) {
  EXPECT_THAT(ValidateCsvMapping(BankStatement()), IsOk());
  CsvMapping journal = BankStatement();
  journal.defaults.erase("contra_account");
  journal.columns["entry"] = "No";
  journal.columns["dimension:grant"] = "Hibah";
  EXPECT_THAT(ValidateCsvMapping(journal), IsOk());
  journal.columns.erase("amount");
  journal.columns["debit"] = "Debet";
  journal.columns["credit"] = "Kredit";
  EXPECT_THAT(ValidateCsvMapping(journal), IsOk());
}

struct Wrong {
  const char* field;
  void (*change)(CsvMapping& mapping);
};

TEST(CsvMappingTest, RefusesMappingsByField) {
  const Wrong kWrong[] = {
      {"delimiter", [](CsvMapping& m) { m.delimiter = 'x'; }},
      {"delimiter", [](CsvMapping& m) { m.delimiter = '"'; }},
      {"skip_lines", [](CsvMapping& m) { m.skip_lines = -1; }},
      {"date_format", [](CsvMapping& m) { m.date_format = "%d/%m"; }},
      {"columns[colour]", [](CsvMapping& m) { m.columns["colour"] = "1"; }},
      {"columns[dimension:]", [](CsvMapping& m) { m.columns["dimension:"] = "1"; }},
      {"columns[memo]", [](CsvMapping& m) { m.columns["memo"] = " "; }},
      {"columns[account]", [](CsvMapping& m) { m.has_header = false; }},
      {"defaults[date]", [](CsvMapping& m) { m.defaults["date"] = "2026-01-01"; }},
      {"defaults[fund]", [](CsvMapping& m) { m.defaults["fund"] = ""; }},
      {"columns[date]", [](CsvMapping& m) { m.columns.erase("date"); }},
      {"columns[amount]", [](CsvMapping& m) { m.columns.erase("amount"); }},
      {"columns[amount]", [](CsvMapping& m) { m.columns["debit"] = "D"; }},
      {"columns[credit]",
       [](CsvMapping& m) {
         m.columns.erase("amount");
         m.columns["debit"] = "D";
       }},
      {"columns[account]", [](CsvMapping& m) { m.columns.erase("account"); }},
      {"columns[currency]", [](CsvMapping& m) { m.defaults.erase("currency"); }},
      {"columns[entry]", [](CsvMapping& m) { m.columns["entry"] = "No"; }},
      {"columns[entry]", [](CsvMapping& m) { m.defaults.erase("contra_account"); }},
  };
  for (const Wrong& wrong : kWrong) {
    CsvMapping mapping = BankStatement();
    wrong.change(mapping);
    EXPECT_THAT(ValidateCsvMapping(mapping), RefusesAt("INVALID_MAPPING", wrong.field));
  }
}

TEST(CsvMappingTest, FindsColumnsByNameOrNumber) {
  CsvMapping mapping = BankStatement();
  mapping.columns["memo"] = "5";
  mapping.columns["dimension:grant"] = "4";
  const auto columns = CsvColumns::Resolve(mapping, {"Akun", " Tanggal ", "Jumlah", "x", "y"});
  ASSERT_THAT(columns, IsOk());
  EXPECT_EQ(columns->Find("account"), 0u);
  EXPECT_EQ(columns->Find("date"), 1u);
  EXPECT_EQ(columns->Find("memo"), 4u);
  EXPECT_EQ(columns->Find("fund"), std::nullopt);
  EXPECT_EQ(columns->dimensions().at(0).first, "grant");
  EXPECT_EQ(columns->width(), 5u);
}

TEST(CsvMappingTest, RefusesAHeaderThatLacksAColumnOrHasItTwice) {
  EXPECT_THAT(CsvColumns::Resolve(BankStatement(), {"Akun", "Tanggal"}),
              RefusesAt("INVALID_MAPPING", "columns[amount]"));
  EXPECT_THAT(CsvColumns::Resolve(BankStatement(), {"Akun", "Tanggal", "Jumlah", "Jumlah"}),
              RefusesAt("INVALID_MAPPING", "columns[amount]"));
}

}  // namespace
}  // namespace lumbung::import
