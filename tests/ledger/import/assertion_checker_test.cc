#include "ledger/import/assertion_checker.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

// What the checker says of a journal: failures, then what may be kept in the book.
std::string Checked(const std::vector<ParsedTransaction>& transactions,
                    const std::vector<ParsedAssertion>& assertions) {
  const CurrencyNames names({});
  PlanningSink planning(&names, {});
  for (ParsedTransaction transaction : transactions) {
    EXPECT_EQ(planning.OnTransaction(std::move(transaction)), absl::OkStatus());
  }
  for (const ParsedAssertion& assertion : assertions) {
    EXPECT_EQ(planning.OnAssertion(assertion), absl::OkStatus());
  }
  const ImportPlan plan = planning.Finish();
  AssertionChecker checker(&plan, &names);
  for (const ParsedTransaction& transaction : transactions) checker.AddTransaction(transaction);
  for (const ParsedAssertion& assertion : assertions) checker.AddAssertion(assertion);
  const auto report = checker.Check();
  EXPECT_TRUE(report.ok()) << report.status();
  std::string text = absl::StrCat(report->checked, " checked\n");
  for (const std::string& failure : report->failures) absl::StrAppend(&text, failure, "\n");
  for (const DayEndAssertion& kept : report->day_end) {
    absl::StrAppend(&text, "keep ", kept.date.ToString(), " ", kept.account,
                    kept.include_descendants ? ":*" : "", " ", kept.expected.ToString(), " ",
                    kept.currency, "\n");
  }
  return text;
}

std::string CheckedJournal(const std::string& journal) {
  RecordingSink sink;
  EXPECT_EQ(ReadHledger(MemoryFiles({{"a.journal", journal}}), "a.journal", sink),
            absl::OkStatus());
  return Checked(sink.transactions(), {});
}

ParsedAssertion BeancountBalance(const char* date, const char* account, const char* quantity,
                                 const char* tolerance) {
  ParsedAssertion assertion;
  assertion.place = {"a.beancount", 9};
  assertion.account = account;
  assertion.expected = {*Decimal::Parse(quantity), "USD"};
  assertion.date = *Date::Parse(date);
  assertion.at_start_of_day = true;
  assertion.tolerance = *Decimal::Parse(tolerance);
  return assertion;
}

TEST(AssertionCheckerTest, HasNothingToSayOfAJournalWithoutAssertions) {
  EXPECT_EQ(CheckedJournal("2026-01-02 x\n    a    5 USD\n    b\n"), "0 checked\n");
}

TEST(AssertionCheckerTest, ChecksByDateAndThenByPlaceInTheFile) {
  EXPECT_EQ(CheckedJournal("2026-01-03 later\n"
                           "    a    5 USD = 15 USD\n"
                           "    b\n"
                           "2026-01-02 earlier\n"
                           "    a    10 USD = 10 USD\n"
                           "    b\n"),
            "2 checked\n"
            "keep 2026-01-02 a 10 USD\n"
            "keep 2026-01-03 a 15 USD\n");
}

TEST(AssertionCheckerTest, SaysWhatWasExpectedAndWhatWasFound) {
  EXPECT_EQ(CheckedJournal("2026-01-02 x\n"
                           "    a    5 USD = 6 USD\n"
                           "    b\n"
                           "2026-01-02 x\n"
                           "    a    1 EUR == 1 EUR\n"
                           "    b\n"),
            "2 checked\n"
            "a.journal:2: a: expected 6 USD, found 5\n"
            "a.journal:5: a: expected 1 EUR, found 1 and other commodities besides\n");
}

TEST(AssertionCheckerTest, KeepsOnlyWhatStillHoldsWhenTheDayEnds) {
  EXPECT_EQ(CheckedJournal("2026-01-02 x\n"
                           "    a    5 USD = 5 USD\n"
                           "    b    -5 USD = -5 USD\n"
                           "2026-01-02 x\n"
                           "    a    1 USD\n"
                           "    c\n"
                           "2026-01-03 x\n"
                           "    a    1 USD\n"
                           "    b\n"),
            "2 checked\n"
            "keep 2026-01-02 b -5 USD\n");
}

TEST(AssertionCheckerTest, CountsDescendantsWhenAsked) {
  EXPECT_EQ(CheckedJournal("2026-01-02 x\n"
                           "    a:b      5 USD\n"
                           "    a b      7 USD\n"
                           "    a:b:c    1 USD\n"
                           "    a        2 USD =* 8 USD\n"
                           "    d\n"
                           "2026-01-02 x\n"
                           "    a        0 USD = 2 USD\n"
                           "    d\n"),
            "2 checked\n"
            "keep 2026-01-02 a:* 8 USD\n"
            "keep 2026-01-02 a 2 USD\n");
}

TEST(AssertionCheckerTest, TakesABeancountBalanceBeforeItsDayAndWithinItsTolerance) {
  const std::string journal =
      "2026-01-02 x\n    a    5.01 USD\n    b\n"
      "2026-01-05 x\n    a    9 USD\n    b\n";
  RecordingSink sink;
  ASSERT_EQ(ReadHledger(MemoryFiles({{"a.journal", journal}}), "a.journal", sink),
            absl::OkStatus());
  EXPECT_EQ(Checked(sink.transactions(), {BeancountBalance("2026-01-05", "a", "5.01", "0.005"),
                                          BeancountBalance("2026-01-05", "a", "5.00", "0.01"),
                                          BeancountBalance("2026-01-05", "a", "5.00", "0.005"),
                                          BeancountBalance("2026-01-02", "a", "0", "0")}),
            "4 checked\n"
            "a.beancount:9: a: expected 5.00 USD, found 5.01\n"
            "keep 2026-01-01 a 0 USD\n"
            "keep 2026-01-04 a 5.01 USD\n");
}

TEST(AssertionCheckerTest, NamesAHundredFailuresAndCountsAll) {
  std::vector<ParsedAssertion> assertions(
      150, BeancountBalance("2026-01-05", "a", "5.00", "0.005"));
  const CurrencyNames names({});
  PlanningSink planning(&names, {});
  ASSERT_EQ(planning.OnAssertion(assertions[0]), absl::OkStatus());
  const ImportPlan plan = planning.Finish();
  AssertionChecker checker(&plan, &names);
  for (const ParsedAssertion& assertion : assertions) checker.AddAssertion(assertion);
  const auto report = checker.Check();
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->failure_count, 150);
  EXPECT_EQ(report->failures.size(), kMaxExamples);
}

}  // namespace
}  // namespace lumbung::import
