#include "reports/render/xlsx/total_formula.h"

#include <gtest/gtest.h>

namespace lumbung::reports {
namespace {

TEST(TotalFormula, NamesColumnsAsSpreadsheetsDo) {
  EXPECT_EQ(ColumnLetters(0), "A");
  EXPECT_EQ(ColumnLetters(25), "Z");
  EXPECT_EQ(ColumnLetters(26), "AA");
  EXPECT_EQ(ColumnLetters(701), "ZZ");
  EXPECT_EQ(ColumnLetters(702), "AAA");
}

TEST(TotalFormula, AddsAndSubtractsCellsAndRanges) {
  const struct {
    std::vector<FormulaTerm> terms;
    const char* formula;
  } cases[] = {
      {{{1, 0}}, "=B5"},
      {{{-1, 0}}, "=-B5"},
      {{{1, 0}, {1, 1}, {-1, 2}}, "=B5+B6-B7"},
      {{{1, 0}, {1, 1}, {1, 2}}, "=SUM(B5:B7)"},
      {{{1, 0}, {1, 1}, {1, 2}, {-1, 4}}, "=SUM(B5:B7)-B9"},
      {{{-1, 0}, {-1, 1}, {-1, 2}, {1, 3}, {1, 5}}, "=-SUM(B5:B7)+B8+B10"},
      {{{1, 2}, {1, 1}, {1, 0}}, "=B7+B6+B5"},
  };
  for (const auto& c : cases) EXPECT_EQ(TotalFormula(c.terms, 1, 5), c.formula);
}

TEST(TotalFormula, IsEmptyWhenItWouldBeTooLong) {
  std::vector<FormulaTerm> terms;
  for (int i = 0; i < 3000; ++i) terms.push_back({i % 2 == 0 ? 1 : -1, i});
  EXPECT_EQ(TotalFormula(terms, 1, 5), "");
}

}  // namespace
}  // namespace lumbung::reports
