// The words that scenarios are written with: which commands there are, and what may be said of
// each.
#ifndef LUMBUNG_TESTS_SCENARIOS_VOCABULARY_H_
#define LUMBUNG_TESTS_SCENARIOS_VOCABULARY_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung::scenarios {

struct Form {
  absl::string_view command;
  std::vector<absl::string_view> words;
  std::vector<absl::string_view> columns;
  // False for a statement about the book: it holds, or the scenario fails.
  bool has_outcome = true;
};

// Every form; commands take kCommonWords besides their own.
absl::Span<const Form> Forms();
// Null when there is no such command.
const Form* FindForm(absl::string_view command);
bool Takes(const Form& form, absl::string_view word);

}  // namespace lumbung::scenarios

#endif  // LUMBUNG_TESTS_SCENARIOS_VOCABULARY_H_
