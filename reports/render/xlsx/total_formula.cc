#include "reports/render/xlsx/total_formula.h"

#include "absl/strings/str_cat.h"

namespace lumbung::reports {
namespace {

constexpr std::size_t kLongestFormula = 8192;
constexpr std::size_t kShortestRange = 3;

}  // namespace

std::string ColumnLetters(int column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string TotalFormula(const std::vector<FormulaTerm>& terms, int column,
                         std::int64_t first_row) {
  const std::string letters = ColumnLetters(column);
  std::string formula = "=";
  for (std::size_t i = 0; i < terms.size();) {
    std::size_t end = i + 1;
    while (end < terms.size() && terms[end].sign == terms[i].sign &&
           terms[end].row == terms[end - 1].row + 1) {
      ++end;
    }
    const bool range = end - i >= kShortestRange;
    if (!range) end = i + 1;
    absl::StrAppend(&formula, terms[i].sign < 0 ? "-" : (i == 0 ? "" : "+"));
    const std::string first = absl::StrCat(letters, first_row + terms[i].row);
    if (range) {
      absl::StrAppend(&formula, "SUM(", first, ":", letters, first_row + terms[end - 1].row, ")");
    } else {
      absl::StrAppend(&formula, first);
    }
    i = end;
    if (formula.size() > kLongestFormula) return "";
  }
  return formula;
}

}  // namespace lumbung::reports
