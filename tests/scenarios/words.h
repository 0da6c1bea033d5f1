// What the words of a scenario mean: yes and no, numbers, and names out of a list. What means
// nothing is an error that carries no reason, so that it can never pass for a refusal.
#ifndef LUMBUNG_TESTS_SCENARIOS_WORDS_H_
#define LUMBUNG_TESTS_SCENARIOS_WORDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/scenarios/scenario.h"

namespace lumbung::scenarios {

absl::Status Unclear(const Row& row, absl::string_view word, absl::string_view what_is_allowed);

// "yes" or "no"; no when nothing is said.
absl::StatusOr<bool> YesOf(const Row& row, absl::string_view word);
// Digits; `otherwise` when nothing is said.
absl::StatusOr<int> NumberOf(const Row& row, absl::string_view word, int otherwise);
// "grant=air activity=survey", as pairs.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> PairsOf(const Row& row,
                                                                         absl::string_view word);

template <typename Value>
struct Named {
  absl::string_view name;
  Value value;
};

// The value with the given name; `otherwise` when nothing is said.
template <typename Value>
absl::StatusOr<Value> ChoiceOf(const Row& row, absl::string_view word,
                               absl::Span<const Named<Value>> choices, Value otherwise) {
  if (!row.Has(word)) return otherwise;
  std::string names;
  for (const Named<Value>& choice : choices) {
    if (choice.name == row[word]) return choice.value;
    absl::StrAppend(&names, names.empty() ? "" : ", ", choice.name);
  }
  return Unclear(row, word, names);
}

}  // namespace lumbung::scenarios

#endif  // LUMBUNG_TESTS_SCENARIOS_WORDS_H_
