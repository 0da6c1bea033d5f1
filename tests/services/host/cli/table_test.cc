#include "services/host/cli/table.h"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lumbung::cli {
namespace {

std::vector<Column> LedgerColumns() {
  return {{"date", "Date", ColumnKind::kText},
          {"description", "Description", ColumnKind::kFlexible},
          {"amount", "Amount", ColumnKind::kAmount}};
}

TableStyle Indonesian(int width) {
  TableStyle style;
  style.width = width;
  style.numbers = {NumberLocale::kIndonesian, NegativeStyle::kMinus};
  return style;
}

std::string Render(const TableStyle& style, const std::vector<Column>& columns,
                   const std::vector<std::pair<RowStyle, std::vector<Cell>>>& rows) {
  std::ostringstream out;
  TableWriter table(out, style, columns);
  for (const auto& [row_style, cells] : rows) table.Add(cells, row_style);
  table.Finish();
  return "\n" + out.str();
}

const std::vector<std::pair<RowStyle, std::vector<Cell>>> kRows = {
    {RowStyle::kNote, {"", "Opening balance", "0.00"}},
    {RowStyle::kBody, {"2026-01-05", "Salaries, January", "1250000.00"}},
    {RowStyle::kBody, {"2026-01-06", "現金 for the field office in Larantuka", "-75.5"}},
    {RowStyle::kTotal, {"", "Total", "1249924.50"}},
};

TEST(Table, AlignsAmountsOnTheDecimalMark) {
  EXPECT_EQ(Render(Indonesian(0), LedgerColumns(), kRows), R"(
Date        Description                                   Amount
----------  --------------------------------------  ------------
            Opening balance                                 0,00
2026-01-05  Salaries, January                       1.250.000,00
2026-01-06  現金 for the field office in Larantuka        -75,5
----------  --------------------------------------  ------------
            Total                                   1.249.924,50
)");
}

TEST(Table, ShortensOnlyFlexibleColumnsToFitTheTerminal) {
  EXPECT_EQ(Render(Indonesian(46), LedgerColumns(), kRows), R"(
Date        Description                 Amount
----------  --------------------  ------------
            Opening balance               0,00
2026-01-05  Salaries, January     1.250.000,00
2026-01-06  現金 for the field …        -75,5
----------  --------------------  ------------
            Total                 1.249.924,50
)");
}

TEST(Table, NeverCutsAnAmountOrADateHoweverNarrowTheTerminal) {
  EXPECT_EQ(Render(Indonesian(10), LedgerColumns(), kRows), R"(
Date        Description         Amount
----------  ------------  ------------
            Opening bal…          0,00
2026-01-05  Salaries, J…  1.250.000,00
2026-01-06  現金 for th…        -75,5
----------  ------------  ------------
            Total         1.249.924,50
)");
}

TEST(Table, LinesUpParenthesesWithPositiveAmounts) {
  TableStyle style = Indonesian(0);
  style.numbers.negative = NegativeStyle::kParentheses;
  EXPECT_EQ(Render(style, {{"balance", "Balance", ColumnKind::kAmount}},
                   {{RowStyle::kBody, {"1500.00"}}, {RowStyle::kBody, {"-20.00"}}}),
            "\n  Balance\n---------\n1.500,00\n  (20,00)\n");
}

TEST(Table, IndentsTheTreeAndPaintsWhatStandsOut) {
  TableStyle style;
  style.color = true;
  const std::vector<Column> columns = {{"name", "Account", ColumnKind::kFlexible},
                                       {"balance", "Balance", ColumnKind::kAmount}};
  EXPECT_EQ(Render(style, columns,
                   {{RowStyle::kHeading, {"Assets"}},
                    {RowStyle::kBody, {Cell("Cash", 2), "5"}},
                    {RowStyle::kBody, {Cell("Overdraft", 2), "-7"}}}),
            "\n\x1b[1mAccount\x1b[0m      \x1b[1mBalance\x1b[0m\n"
            "-----------  -------\n"
            "\x1b[1mAssets\x1b[0m\n"
            "  Cash             5\n"
            "  Overdraft       \x1b[31m-7\x1b[0m\n");
}

TEST(Table, WritesCsvByRfc4180WithPlainNumbersAndNoOrnaments) {
  TableStyle style = Indonesian(40);
  style.csv = true;
  EXPECT_EQ(Render(style, LedgerColumns(),
                   {{RowStyle::kHeading, {"", "January"}},
                    {RowStyle::kBody, {"2026-01-05", "Pens, \"blue\"\nand paper", "1250000.00"}},
                    {RowStyle::kBody, {"2026-01-06", Cell("Fuel", 4), "-75.5"}},
                    {RowStyle::kTotal, {"", "Total", "1249924.50"}}}),
            "\ndate,description,amount\r\n"
            "2026-01-05,\"Pens, \"\"blue\"\"\nand paper\",1250000.00\r\n"
            "2026-01-06,Fuel,-75.5\r\n");
}

TEST(Table, HasItsHeaderEvenWithoutRows) {
  EXPECT_EQ(Render(Indonesian(0), {{"code", "Code"}}, {}), "\nCode\n----\n");
  TableStyle csv;
  csv.csv = true;
  EXPECT_EQ(Render(csv, {{"code", "Code"}}, {}), "\ncode\r\n");
}

TEST(Table, WritesNothingBeforeItsFirstRow) {
  std::ostringstream out;
  TableStyle csv;
  csv.csv = true;
  TableWriter table(out, csv, {{"code", "Code"}});
  EXPECT_EQ(out.str(), "");
}

TEST(Table, WritesLongTablesInRunsWhoseColumnsNeverGetNarrower) {
  std::ostringstream out;
  TableWriter table(out, TableStyle(), {{"n", "N", ColumnKind::kAmount}});
  table.Add({"1000"});
  for (int i = 1; i < 10'000; ++i) table.Add({"1"});
  EXPECT_EQ(out.str().substr(0, 20), "   N\n----\n1000\n   1\n");
  table.Add({"2"});
  table.Finish();
  EXPECT_EQ(out.str().substr(out.str().size() - 10), "   1\n   2\n");
}

TEST(Fields, LineUpAndLeaveOutWhatIsEmpty) {
  std::ostringstream out;
  WriteFields(out, {{"Number", "JU-1"}, {"Reference", ""}, {"Uraian", "Gaji"}}, false);
  EXPECT_EQ(out.str(), "Number  JU-1\nUraian  Gaji\n");
}

}  // namespace
}  // namespace lumbung::cli
