#include "tests/scenarios/words.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace lumbung::scenarios {

absl::Status Unclear(const Row& row, absl::string_view word, absl::string_view what_is_allowed) {
  return absl::UnknownError(absl::StrCat("line ", row.line, ": ", word, " \"", row[word],
                                         "\" is not clear; allowed: ", what_is_allowed));
}

absl::StatusOr<bool> YesOf(const Row& row, absl::string_view word) {
  constexpr Named<bool> kAnswers[] = {{"yes", true}, {"no", false}};
  return ChoiceOf<bool>(row, word, kAnswers, false);
}

absl::StatusOr<int> NumberOf(const Row& row, absl::string_view word, int otherwise) {
  int number = otherwise;
  if (row.Has(word) && !absl::SimpleAtoi(row[word], &number)) {
    return Unclear(row, word, "a whole number");
  }
  return number;
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> PairsOf(const Row& row,
                                                                         absl::string_view word) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const absl::string_view text : absl::StrSplit(row[word], ' ', absl::SkipEmpty())) {
    const std::vector<std::string> sides = absl::StrSplit(text, '=');
    if (sides.size() != 2) return Unclear(row, word, "name=value, with blanks between them");
    pairs.emplace_back(sides[0], sides[1]);
  }
  return pairs;
}

}  // namespace lumbung::scenarios
