// The statements of ISAK 335 on a year of a small foundation, as an accountant would draw them up
// by hand; and on random books, where only what must always hold can be told.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/definitions/definitions.h"
#include "reports/model/statement.h"
#include "tests/reports/model/small_books.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using ::testing::ElementsAre;
using testing::Refuses;
using testing::SmallBook;
using testing::SmallEntry;
using testing::TwoYears;

// Millions would do; thousands are read more easily.
const std::vector<SmallEntry>& AYear() {
  static const auto* const entries = new std::vector<SmallEntry>{
      {"2025-03-01", {{"1.1.11", "umum", 500}, {"4.1.10", "umum", -500}}},
      {"2025-06-01", {{"5.1.10", "umum", 200}, {"1.1.11", "umum", -200}}},
      // A grant for water, restricted to it.
      {"2026-01-10", {{"1.1.22", "air", 1'000}, {"4.1.20", "air", -1'000}}},
      // Spent from unrestricted funds, and released: assets move between the funds.
      {"2026-02-10", {{"5.3.60", "umum", 300}, {"1.1.11", "umum", -300}}},
      {"2026-02-28",
       {{"3.2.90", "air", 300},
        {"1.1.80", "air", -300},
        {"1.1.80", "umum", 300},
        {"3.1.90", "umum", -300}}},
      // A motorcycle in cash, and its first depreciation.
      {"2026-03-01", {{"1.2.33", "umum", 240}, {"1.1.11", "umum", -240}}},
      {"2026-12-31", {{"5.4.10", "umum", 24}, {"1.2.43", "umum", -24}}},
      // Salaries of December are paid in January.
      {"2026-12-31", {{"5.1.10", "umum", 90}, {"2.1.23", "umum", -90}}},
      // A gift that stays whole.
      {"2026-05-05", {{"1.1.24", "abadi", 700}, {"4.1.50", "abadi", -700}}},
      // Held for a village group.
      {"2026-07-07", {{"1.1.11", "titipan", 50}, {"2.1.27", "titipan", -50}}},
  };
  return *entries;
}

Statement Evaluate(const std::string& id, const Figures& figures) {
  const auto definition = FindDefinition(id);
  EXPECT_TRUE(definition.ok()) << definition.status();
  const auto statement = EvaluateStatement(**definition, figures);
  EXPECT_TRUE(statement.ok()) << statement.status();
  return *statement;
}

// "1776" of the row's current column; "not printed".
std::string Amount(const Statement& statement, const std::string& row, std::size_t column = 0) {
  for (const StatementRow& candidate : statement.rows) {
    if (candidate.id == row) return candidate.amounts.at(column).ToString();
  }
  return "not printed";
}

TEST(Isak335Test, FinancialPositionOfASmallFoundation) {
  const Figures figures = TwoYears(AYear());
  const Statement statement = Evaluate("isak335-financial-position-a", figures);
  const struct {
    const char* row;
    const char* at_end_of_2026;
    const char* at_end_of_2025;
  } kRows[] = {
      {"cash", "1510", "300"},
      {"between-funds", "not printed", "not printed"},
      {"current-assets", "1510", "300"},
      {"fixed-assets", "216", "0"},
      {"total-assets", "1726", "300"},
      {"short-term-payables", "90", "0"},
      {"agency-funds", "50", "0"},
      {"total-liabilities", "140", "0"},
      {"unrestricted-net-assets", "186", "300"},
      {"restricted-net-assets", "1400", "0"},
      {"total-net-assets", "1586", "300"},
      {"total-liabilities-and-net-assets", "1726", "300"},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Amount(statement, row.row, 0), row.at_end_of_2026) << row.row;
    EXPECT_EQ(Amount(statement, row.row, 1), row.at_end_of_2025) << row.row;
  }
  EXPECT_TRUE(statement.IsSound());
}

TEST(Isak335Test, AReleaseIsNoIncome) {
  const Figures figures = TwoYears(AYear());
  const Statement income = Evaluate("isak335-comprehensive-income-a", figures);
  EXPECT_EQ(Amount(income, "unrestricted-income"), "0");
  EXPECT_EQ(Amount(income, "unrestricted-expenses"), "414");
  EXPECT_EQ(Amount(income, "unrestricted-surplus"), "-414");
  EXPECT_EQ(Amount(income, "restricted-surplus"), "1700");
  EXPECT_EQ(Amount(income, "total-comprehensive-income"), "1286");
  EXPECT_TRUE(income.IsSound());

  const Statement changes = Evaluate("isak335-changes-in-net-assets", figures);
  EXPECT_EQ(Amount(changes, "unrestricted-opening"), "300");
  EXPECT_EQ(Amount(changes, "unrestricted-surplus"), "-414");
  EXPECT_EQ(Amount(changes, "unrestricted-released"), "300");
  EXPECT_EQ(Amount(changes, "unrestricted-total"), "186");
  EXPECT_EQ(Amount(changes, "restricted-released"), "-300");
  EXPECT_EQ(Amount(changes, "restricted-total"), "1400");
  EXPECT_EQ(Amount(changes, "total-net-assets"), "1586");
  EXPECT_TRUE(changes.IsSound());
}

TEST(Isak335Test, ComprehensiveIncomeByClassInColumns) {
  const Statement statement = Evaluate("isak335-comprehensive-income-b", TwoYears(AYear()));
  ASSERT_EQ(statement.columns.size(), 6u);
  const auto row = [&](const std::string& id) {
    return std::vector<std::string>{Amount(statement, id, 0), Amount(statement, id, 1),
                                    Amount(statement, id, 2)};
  };
  EXPECT_THAT(row("contributions"), ElementsAre("0", "1700", "1700"));
  EXPECT_THAT(row("total-comprehensive-income"), ElementsAre("-414", "1700", "1286"));
  EXPECT_TRUE(statement.IsSound());
}

TEST(Isak335Test, GiftsToAnEndowmentAreFinancing) {
  const Figures figures = TwoYears(AYear());
  for (const char* method : {"isak335-cash-flows-direct", "isak335-cash-flows-indirect"}) {
    const Statement statement = Evaluate(method, figures);
    EXPECT_EQ(Amount(statement, "operating"), "750") << method;
    EXPECT_EQ(Amount(statement, "investing"), "-240") << method;
    EXPECT_EQ(Amount(statement, "financing"), "700") << method;
    EXPECT_EQ(Amount(statement, "net-change"), "1210") << method;
    EXPECT_EQ(Amount(statement, "opening-cash"), "300") << method;
    EXPECT_EQ(Amount(statement, "closing-cash"), "1510") << method;
    EXPECT_TRUE(statement.IsSound()) << method;
  }
  EXPECT_EQ(Amount(Evaluate("isak335-cash-flows-indirect", figures), "depreciation"), "24");
}

TEST(Isak335Test, RestrictedNetAssetsFundByFund) {
  const Figures figures = TwoYears(AYear());
  const Statement statement = Evaluate("isak335-restricted-net-assets", figures);
  EXPECT_EQ(Amount(statement, "restricted/air"), "700");
  EXPECT_EQ(Amount(statement, "restricted/abadi"), "700");
  EXPECT_EQ(Amount(statement, "restricted/umum"), "not printed");
  EXPECT_EQ(Amount(statement, "total"), "1400");
}

// The surplus has moved from income and expenses to net assets, and no statement changes.
TEST(Isak335Test, AreTheSameBeforeAndAfterClosing) {
  std::vector<SmallEntry> closed = AYear();
  closed.push_back({"2025-12-31",
                    {{"4.1.10", "umum", 500}, {"5.1.10", "umum", -200}, {"3.1.10", "umum", -300}},
                    true});
  closed.push_back({"2026-12-31",
                    {{"4.1.20", "air", 1'000},
                     {"3.2.10", "air", -1'000},
                     {"4.1.50", "abadi", 700},
                     {"3.2.10", "abadi", -700},
                     {"5.3.60", "umum", -300},
                     {"5.4.10", "umum", -24},
                     {"5.1.10", "umum", -90},
                     {"3.1.10", "umum", 414}},
                    true});
  const Figures before = TwoYears(AYear());
  const Figures after = TwoYears(closed);
  for (const StatementDefinition& definition : Definitions()) {
    if (definition.charts != std::vector<std::string>{"isak35-ngo"}) continue;
    const Statement open = Evaluate(definition.id, before);
    const Statement shut = Evaluate(definition.id, after);
    EXPECT_TRUE(shut.IsSound()) << definition.id;
    ASSERT_EQ(open.rows.size(), shut.rows.size()) << definition.id;
    for (std::size_t i = 0; i < open.rows.size(); ++i) {
      EXPECT_EQ(open.rows[i].amounts, shut.rows[i].amounts)
          << definition.id << " " << open.rows[i].id;
    }
  }
}

TEST(Isak335Test, SaysWhatDoesNotAgree) {
  std::vector<SmallEntry> lame = AYear();
  lame.push_back({"2026-08-08", {{"1.1.11", "umum", 7}}});
  const Statement statement = Evaluate("isak335-financial-position-a", TwoYears(lame));
  EXPECT_FALSE(statement.IsSound());
  ASSERT_EQ(statement.checks.size(), 2u);
  EXPECT_FALSE(statement.checks[0].Holds());
  EXPECT_TRUE(statement.checks[1].Holds());
}

TEST(Isak335Test, NamesAnAccountThatIsInNoLine) {
  const auto definition = ParseDefinition("kas.yaml", R"(
format: 1
statement: kas
version: 1
title: {id: Kas, en: Cash}
legal_basis: {id: Uji, en: Test}
charts: [isak35-ngo]
time: day
lines:
  - {line: cash, label: {id: Kas, en: Cash}, take: closing, sign: debit, accounts: [1.1.10]}
  - {line: bank, label: {id: Bank, en: Bank}, take: closing, sign: debit,
     accounts: [1.1.20, 1.1.24]}
  - {line: endowment, label: {id: Abadi, en: Endowment}, take: closing, sign: debit,
     accounts: [1.1.24]}
complete:
  - {take: closing, types: [asset]}
)");
  ASSERT_TRUE(definition.ok()) << definition.status();
  const Figures figures = TwoYears(AYear());
  const auto statement = EvaluateStatement(*definition, figures);
  ASSERT_TRUE(statement.ok()) << statement.status();
  std::map<std::string, int> lines;
  for (const Misplaced& misplaced : statement->misplaced) {
    lines[figures.books[0]->FindAccount(misplaced.account)->code] = misplaced.lines;
  }
  EXPECT_EQ(lines, (std::map<std::string, int>{
                       {"1.1.24", 2}, {"1.1.80", 0}, {"1.2.33", 0}, {"1.2.43", 0}}));
}

TEST(Isak335Test, IsMadeForItsChart) {
  Figures figures = TwoYears(AYear());
  BookContents other;
  other.book.chart_template = "bumdes-136@1";
  other.book.functional_currency = CurrencyId{1};
  other.currencies = {{CurrencyId{1}, "IDR", 2, false, "IDR"}};
  figures.books = {std::make_shared<const BookSnapshot>(std::move(other))};
  for (PeriodFigures& period : figures.periods) period.figures.clear();
  EXPECT_THAT(EvaluateStatement(**FindDefinition("isak335-financial-position-a"), figures),
              Refuses("STATEMENT_UNFIT"));
}

TEST(Isak335Test, PutsBooksOfOneCurrencyTogether) {
  Figures figures = TwoYears(AYear());
  figures.books.push_back(SmallBook("cabang", "USD"));
  EXPECT_THAT(EvaluateStatement(**FindDefinition("isak335-financial-position-a"), figures),
              Refuses("CURRENCIES_DIFFER"));
}

// Presentation is a matter of the page: surplus by class differs, totals and closing balances
// never.
TEST(Isak335Test, ReleasesMayStandInIncome) {
  const Figures figures = TwoYears(AYear());
  const Statement plain = Evaluate("isak335-comprehensive-income-b", figures);
  const Statement with_releases = Evaluate("isak335-comprehensive-income-b-releases", figures);
  EXPECT_TRUE(with_releases.IsSound());
  EXPECT_EQ(Amount(with_releases, "released", 0), "300");
  EXPECT_EQ(Amount(with_releases, "released", 1), "-300");
  EXPECT_EQ(Amount(with_releases, "released", 2), "0");
  EXPECT_NE(Amount(with_releases, "surplus", 0), Amount(plain, "surplus", 0));
  EXPECT_EQ(Amount(with_releases, "surplus", 2), Amount(plain, "surplus", 2));
  const Statement changes = Evaluate("isak335-changes-in-net-assets", figures);
  const Statement releases = Evaluate("isak335-changes-in-net-assets-releases", figures);
  EXPECT_TRUE(releases.IsSound());
  EXPECT_EQ(Amount(releases, "unrestricted-released"), "not printed");
  EXPECT_EQ(Amount(releases, "unrestricted-surplus"), Amount(with_releases, "surplus", 0));
  for (const char* row : {"unrestricted-closing", "restricted-closing", "total-net-assets"}) {
    EXPECT_EQ(Amount(releases, row), Amount(changes, row)) << row;
  }
}

}  // namespace
}  // namespace lumbung::reports
