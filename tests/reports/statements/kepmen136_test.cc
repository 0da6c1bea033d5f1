// The statements of village enterprises on a year of a small one, as its treasurer would draw them
// up by hand.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/definitions/definitions.h"
#include "reports/model/statement.h"
#include "tests/reports/model/small_books.h"

namespace lumbung::reports {
namespace {

using testing::FiguresOf;
using testing::SmallBook;
using testing::SmallEntry;
using testing::TwoYears;

constexpr char kChart[] = "bumdes-136";

Statement Evaluate(const std::string& id, const Figures& figures) {
  const auto definition = FindDefinition(id);
  EXPECT_TRUE(definition.ok()) << definition.status();
  const auto statement = EvaluateStatement(**definition, figures);
  EXPECT_TRUE(statement.ok()) << statement.status();
  return *statement;
}

std::string Amount(const Statement& statement, const std::string& row) {
  for (const StatementRow& candidate : statement.rows) {
    if (candidate.id == row) return candidate.amounts.at(0).ToString();
  }
  return "not printed";
}

// A village puts in 1,000; water is sold; a pump is bought; half of the profit goes to the village.
std::vector<SmallEntry> AYear() {
  return {
      {"2025-05-01", {{"1.1.01.01", "umum", 1'000}, {"3.1.01.01", "umum", -1'000}}},
      {"2025-12-01", {{"1.1.01.01", "umum", 80}, {"4.1.01.01", "umum", -80}}},
      {"2026-02-01", {{"1.1.01.01", "umum", 500}, {"4.1.01.01", "umum", -500}}},
      {"2026-03-01", {{"1.3.03.01", "umum", 300}, {"1.1.01.01", "umum", -300}}},
      {"2026-04-01", {{"6.1.04.01", "umum", 120}, {"1.1.01.01", "umum", -120}}},
      {"2026-06-01", {{"1.1.01.01", "umum", 50}, {"3.1.02.01", "umum", -50}}},
      {"2026-07-01", {{"3.2.01.01", "umum", 40}, {"1.1.01.01", "umum", -40}}},
      {"2026-12-31", {{"6.2.01.01", "umum", 30}, {"1.3.07.01", "umum", -30}}},
      {"2026-12-31", {{"3.3.01.01", "umum", 25}, {"3.3.02.01", "umum", -25}}},
  };
}

TEST(Kepmen136Test, FourStatementsThatAgree) {
  const Figures figures = TwoYears(AYear(), SmallBook("utama", "IDR", kChart));
  const struct {
    const char* statement;
    const char* row;
    const char* amount;
  } kRows[] = {
      {"kepmen136-profit-or-loss", "revenue", "500"},
      {"kepmen136-profit-or-loss", "operating-expenses", "150"},
      {"kepmen136-profit-or-loss", "profit", "350"},
      {"kepmen136-financial-position", "cash", "1170"},
      {"kepmen136-financial-position", "net-fixed-assets", "270"},
      {"kepmen136-financial-position", "total-assets", "1440"},
      {"kepmen136-financial-position", "village-capital", "1000"},
      {"kepmen136-financial-position", "community-capital", "50"},
      {"kepmen136-financial-position", "appropriated", "25"},
      {"kepmen136-financial-position", "unappropriated", "365"},
      {"kepmen136-financial-position", "equity", "1440"},
      {"kepmen136-changes-in-equity", "village-opening", "1000"},
      {"kepmen136-changes-in-equity", "participation", "1050"},
      {"kepmen136-changes-in-equity", "unappropriated-opening", "80"},
      {"kepmen136-changes-in-equity", "profit", "350"},
      {"kepmen136-changes-in-equity", "to-village", "40"},
      {"kepmen136-changes-in-equity", "retained-earnings", "390"},
      {"kepmen136-changes-in-equity", "equity", "1440"},
      {"kepmen136-cash-flows", "from-customers", "500"},
      {"kepmen136-cash-flows", "operating", "380"},
      {"kepmen136-cash-flows", "investing", "-300"},
      {"kepmen136-cash-flows", "financing", "10"},
      {"kepmen136-cash-flows", "closing-cash", "1170"},
  };
  for (const auto& row : kRows) {
    const Statement statement = Evaluate(row.statement, figures);
    EXPECT_EQ(Amount(statement, row.row), row.amount) << row.statement << " " << row.row;
    EXPECT_TRUE(statement.IsSound()) << row.statement;
  }
}

// The head office has sent 200 to the water unit; 15 of what came back is still on its way.
TEST(Kepmen136Test, CurrentAccountsCancelOutAndShowWhatIsOnItsWay) {
  Figures figures;
  figures.books = {SmallBook("pusat", "IDR", kChart), SmallBook("air", "IDR", kChart)};
  const std::vector<SmallEntry> head_office = {
      {"2026-01-01", {{"1.1.01.01", "umum", 1'000}, {"3.1.01.01", "umum", -1'000}}},
      {"2026-01-02", {{"1.1.99.06", "umum", 200}, {"1.1.01.01", "umum", -200}}},
  };
  const std::vector<SmallEntry> unit = {
      {"2026-01-02", {{"1.1.01.01", "umum", 200}, {"3.8.01.01", "umum", -200}}},
      {"2026-12-31", {{"3.8.01.01", "umum", 15}, {"1.1.01.01", "umum", -15}}},
  };
  figures.periods = {FiguresOf(*figures.books[0], 0, head_office, "2026-01-01", "2026-12-31")};
  const auto of_unit = FiguresOf(*figures.books[1], 1, unit, "2026-01-01", "2026-12-31");
  figures.periods[0].figures.insert(figures.periods[0].figures.end(), of_unit.figures.begin(),
                                    of_unit.figures.end());
  const Statement statement = Evaluate("kepmen136-financial-position", figures);
  EXPECT_EQ(Amount(statement, "total-assets"), "985");
  EXPECT_EQ(Amount(statement, "current-accounts"), "-15");
  EXPECT_EQ(Amount(statement, "equity"), "985");
  EXPECT_TRUE(statement.IsSound());
}

}  // namespace
}  // namespace lumbung::reports
