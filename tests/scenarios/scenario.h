// Scenarios: what the ledger does with a command, told so that an accountant can read it and add to
// it. The stories stand in the .txt files of this folder; README.md says how they are written. This
// reads them, strictly: a word that means nothing is an error with its file and line.
#ifndef LUMBUNG_TESTS_SCENARIOS_SCENARIO_H_
#define LUMBUNG_TESTS_SCENARIOS_SCENARIO_H_

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::scenarios {

// Words and what they stand for: `account` -> "1100". A word that was not written stands for "".
class Row {
 public:
  const std::string& operator[](absl::string_view word) const;
  bool Has(absl::string_view word) const { return values_.count(std::string(word)) > 0; }
  // False when the word is there already.
  bool Add(absl::string_view word, std::string value);
  // This row, and what `other` says besides.
  Row And(const Row& other) const;

  int line = 0;

 private:
  std::map<std::string, std::string> values_;
};

enum class Ending { kNone, kDone, kPosted, kRehearsed, kRefused };

// How a step ends.
struct Outcome {
  Ending ending = Ending::kNone;
  int line = 0;
  // Of what was posted.
  std::vector<std::string> numbers;
  // Of a refusal; the message is a part of the whole one.
  std::string reason;
  std::string field;
  std::string message;
};

// A command, or a statement about the book, which has no outcome of its own.
struct Step {
  int line = 0;
  std::string command;
  Row words;
  std::vector<Row> table;
  Outcome outcome;

  // The rows of the table, each with the step's own words; without a table those alone.
  std::vector<Row> Rows() const;
};

struct Scenario {
  std::string file;
  int line = 0;
  std::string title;
  std::vector<Step> steps;
};
// For GoogleTest.
void PrintTo(const Scenario& scenario, std::ostream* out);

// Every problem is an error that starts with "file:line: ".
absl::StatusOr<std::vector<Scenario>> ParseScenarios(const std::string& file,
                                                     absl::string_view text);

// All scenarios of the .txt files of `folder`, in the order of their names, but for the book that
// they all start with.
absl::StatusOr<std::vector<Scenario>> ReadScenarios(const std::string& folder);
// That book: the one scenario of book.txt.
absl::StatusOr<Scenario> ReadBook(const std::string& folder);

}  // namespace lumbung::scenarios

#endif  // LUMBUNG_TESTS_SCENARIOS_SCENARIO_H_
