// The statements of micro entities: a village enterprise, and a revolving fund that grew into one.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reports/definitions/definitions.h"
#include "reports/model/statement.h"
#include "tests/reports/model/small_books.h"

namespace lumbung::reports {
namespace {

using testing::SmallBook;
using testing::SmallEntry;
using testing::TwoYears;

Statement Evaluate(const std::string& id, const Figures& figures) {
  const auto definition = FindDefinition(id);
  EXPECT_TRUE(definition.ok()) << definition.status();
  const auto statement = EvaluateStatement(**definition, figures);
  EXPECT_TRUE(statement.ok()) << statement.status();
  EXPECT_TRUE(statement->IsSound()) << id;
  return *statement;
}

std::string Amount(const Statement& statement, const std::string& row) {
  for (const StatementRow& candidate : statement.rows) {
    if (candidate.id == row) return candidate.amounts.at(0).ToString();
  }
  return "not printed";
}

// Villages put in 1,000; 700 is lent and 200 repaid with 30 of service charge; wages, a computer,
// an allowance, bank interest and its tax.
Figures RevolvingFund() {
  const std::vector<SmallEntry> entries = {
      {"2026-01-01", {{"1.1.01.04", "umum", 1'000}, {"3.1.01.01", "umum", -1'000}}},
      {"2026-02-01", {{"1.1.03.01", "umum", 700}, {"1.1.01.04", "umum", -700}}},
      {"2026-05-01",
       {{"1.1.01.04", "umum", 230}, {"1.1.03.01", "umum", -200}, {"4.1.01.01", "umum", -30}}},
      {"2026-06-01", {{"5.1.01.02", "umum", 12}, {"1.1.01.03", "umum", -12}}},
      {"2026-12-31", {{"5.1.07.01", "umum", 5}, {"1.1.04.01", "umum", -5}}},
      {"2026-12-31", {{"1.1.01.03", "umum", 4}, {"4.2.01.01", "umum", -4}}},
      {"2026-12-31", {{"5.3.01.01", "umum", 1}, {"1.1.01.03", "umum", -1}}},
      {"2026-12-31", {{"5.4.01.01", "umum", 2}, {"2.1.03.01", "umum", -2}}},
  };
  return TwoYears(entries, SmallBook("utama", "IDR", "bumdesma-lkd"));
}

TEST(EmkmTest, ARevolvingFund) {
  const Figures figures = RevolvingFund();
  const Statement position = Evaluate("emkm-lkd-financial-position", figures);
  EXPECT_EQ(Amount(position, "cash"), "521");
  EXPECT_EQ(Amount(position, "loans"), "500");
  EXPECT_EQ(Amount(position, "allowance"), "-5");
  EXPECT_EQ(Amount(position, "total-assets"), "1016");
  EXPECT_EQ(Amount(position, "taxes"), "2");
  EXPECT_EQ(Amount(position, "capital"), "1000");
  EXPECT_EQ(Amount(position, "retained"), "14");
  EXPECT_EQ(Amount(position, "total-liabilities-and-equity"), "1016");
  const Statement profit = Evaluate("emkm-lkd-profit-or-loss", figures);
  EXPECT_EQ(Amount(profit, "operating-revenue"), "30");
  EXPECT_EQ(Amount(profit, "other-income"), "4");
  EXPECT_EQ(Amount(profit, "operating-expenses"), "17");
  EXPECT_EQ(Amount(profit, "other-expenses"), "1");
  EXPECT_EQ(Amount(profit, "profit-before-tax"), "16");
  EXPECT_EQ(Amount(profit, "profit"), "14");
}

TEST(EmkmTest, AVillageEnterprise) {
  const std::vector<SmallEntry> entries = {
      {"2026-01-01", {{"1.1.01.01", "umum", 1'000}, {"3.1.01.01", "umum", -1'000}}},
      {"2026-02-01", {{"1.1.01.01", "umum", 500}, {"4.1.01.01", "umum", -500}}},
      {"2026-03-01", {{"1.3.03.01", "umum", 300}, {"1.1.01.01", "umum", -300}}},
      {"2026-04-01", {{"6.1.04.01", "umum", 120}, {"1.1.01.01", "umum", -120}}},
      {"2026-12-31", {{"6.2.01.01", "umum", 30}, {"1.3.07.01", "umum", -30}}},
  };
  const Figures figures = TwoYears(entries, SmallBook("utama", "IDR", "bumdes-136"));
  const Statement position = Evaluate("emkm-bumdes-financial-position", figures);
  EXPECT_EQ(Amount(position, "cash"), "1080");
  EXPECT_EQ(Amount(position, "fixed"), "300");
  EXPECT_EQ(Amount(position, "depreciation"), "-30");
  EXPECT_EQ(Amount(position, "total-assets"), "1350");
  EXPECT_EQ(Amount(position, "retained"), "350");
  EXPECT_EQ(Amount(Evaluate("emkm-bumdes-profit-or-loss", figures), "profit"), "350");
}

// Notes show the accounts behind the figures, with the paragraphs that people fill in.
TEST(EmkmTest, NotesGoDownToTheAccounts) {
  const Figures figures = RevolvingFund();
  const Statement notes = Evaluate("emkm-lkd-notes", figures);
  EXPECT_EQ(Amount(notes, "cash/1.1.01.04"), "530");
  EXPECT_EQ(Amount(notes, "cash/1.1.01.03"), "-9");
  EXPECT_EQ(Amount(notes, "total-cash"), "521");
  EXPECT_EQ(Amount(notes, "receivables/1.1.04.01"), "-5");
  EXPECT_EQ(Amount(notes, "total-receivables"), "495");
  EXPECT_EQ(Amount(notes, "cash/1.1.01.01"), "not printed");
  int texts = 0;
  for (const StatementRow& row : notes.rows) {
    if (notes.definition->lines[row.line].kind != LineKind::kText) continue;
    ++texts;
    EXPECT_TRUE(row.amounts.empty());
    EXPECT_NE(row.label.id.find('['), std::string::npos);
  }
  EXPECT_EQ(texts, 3);
  for (const StatementRow& row : notes.rows) {
    if (row.id == "cash/1.1.01.04") EXPECT_EQ(row.label.id, "1.1.01.04 Kas di Bank SPP");
  }
}

TEST(EmkmTest, AFigureOfAnAccountOpensToThatAccount) {
  const Figures figures = RevolvingFund();
  const StatementDefinition& notes = **FindDefinition("emkm-lkd-notes");
  const auto opened = OpenFigure(notes, figures, "cash/1.1.01.04", {0, 0});
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_EQ(opened->size(), 1u);
  EXPECT_EQ(opened->front().amount.ToString(), "530");
  EXPECT_EQ(OpenFigure(notes, figures, "total-cash", {0, 0})->size(), 2u);
}

}  // namespace
}  // namespace lumbung::reports
