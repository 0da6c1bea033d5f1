#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "tests/scenarios/vocabulary.h"

namespace lumbung::scenarios {
namespace {

constexpr char kBookFile[] = "book.txt";
// More would be a slip of the pen.
constexpr int kMostTimes = 1'000'000;

// What "{12 times x}" and "{U+0009}" stand for; nothing for other words in braces.
absl::StatusOr<std::string> Expand(absl::string_view notation) {
  int times = 0;
  const std::vector<absl::string_view> parts =
      absl::StrSplit(notation, absl::MaxSplits(" times ", 1));
  if (parts.size() == 2 && absl::SimpleAtoi(parts[0], &times) && times > 0 && times <= kMostTimes) {
    std::string text;
    for (int i = 0; i < times; ++i) absl::StrAppend(&text, parts[1]);
    return text;
  }
  int code = 0;
  if (absl::ConsumePrefix(&notation, "U+") && absl::SimpleHexAtoi(notation, &code) && code >= 0 &&
      code < 0x80) {
    return std::string(1, static_cast<char>(code));
  }
  return absl::UnknownError("braces hold {12 times x} or {U+0009}");
}

absl::StatusOr<std::string> WithoutNotations(absl::string_view text) {
  std::string plain;
  while (true) {
    const std::size_t open = text.find('{');
    absl::StrAppend(&plain, text.substr(0, open));
    if (open == absl::string_view::npos) return plain;
    const std::size_t close = text.find('}', open);
    if (close == absl::string_view::npos) return absl::UnknownError("a brace is not closed");
    LUMBUNG_ASSIGN_OR_RETURN(const std::string expanded,
                             Expand(text.substr(open + 1, close - open - 1)));
    plain += expanded;
    text.remove_prefix(close + 1);
  }
}

// The first word of the line, taken off it.
absl::string_view TakeWord(absl::string_view* line) {
  const std::size_t end = std::min(line->find(' '), line->size());
  const absl::string_view word = line->substr(0, end);
  *line = absl::StripLeadingAsciiWhitespace(line->substr(end));
  return word;
}

// Reads one file, line by line, and stops at the first problem.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  absl::StatusOr<std::vector<Scenario>> Read(absl::string_view text) {
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      ++line_;
      const absl::Status status = ReadLine(line);
      if (!status.ok()) return Problem(line_, status.message());
    }
    const absl::Status ended = CheckEnded();
    if (!ended.ok()) return Problem(line_, ended.message());
    return std::move(scenarios_);
  }

 private:
  absl::Status Problem(int line, absl::string_view what) const {
    return absl::UnknownError(absl::StrCat(file_, ":", line, ": ", what));
  }
  static absl::Status Wrong(absl::string_view what, absl::string_view word) {
    return absl::UnknownError(absl::StrCat(what, " \"", word, "\""));
  }

  absl::Status ReadLine(absl::string_view line) {
    line = absl::StripTrailingAsciiWhitespace(line);
    const absl::string_view content = absl::StripLeadingAsciiWhitespace(line);
    if (content.empty() || content[0] == '#') return absl::OkStatus();
    if (content.size() == line.size()) return ReadHead(line);
    if (step() == nullptr || step()->outcome.ending != Ending::kNone) {
      return absl::UnknownError("an indented line belongs to a command, and there is none");
    }
    return content[0] == '|' ? ReadTableRow(content) : ReadWord(content);
  }

  absl::Status ReadHead(absl::string_view line) {
    absl::string_view rest = line;
    const absl::string_view first = TakeWord(&rest);
    if (first == "scenario") return BeginScenario(rest);
    if (scenarios_.empty()) return absl::UnknownError("a file starts with a scenario");
    Outcome outcome;
    outcome.line = line_;
    if (first == "done") {
      outcome.ending = Ending::kDone;
    } else if (first == "posted" || first == "rehearsed") {
      outcome.ending = first == "posted" ? Ending::kPosted : Ending::kRehearsed;
      outcome.numbers = absl::StrSplit(rest, ' ', absl::SkipEmpty());
      if (outcome.numbers.empty()) return absl::UnknownError("the number of the entry is missing");
    } else if (first == "refused") {
      LUMBUNG_RETURN_IF_ERROR(ReadRefusal(rest, &outcome));
    } else {
      return BeginStep(line);
    }
    if (first == "done" && !rest.empty()) return Wrong("\"done\" stands alone; found", rest);
    return EndStep(std::move(outcome));
  }

  absl::Status BeginScenario(absl::string_view title) {
    LUMBUNG_RETURN_IF_ERROR(CheckEnded());
    if (title.empty()) return absl::UnknownError("a scenario has a title");
    for (const Scenario& scenario : scenarios_) {
      if (scenario.title == title) return Wrong("two scenarios are called", title);
    }
    scenarios_.push_back({file_, line_, std::string(title), {}});
    return absl::OkStatus();
  }

  absl::Status BeginStep(absl::string_view command) {
    const Form* form = FindForm(command);
    if (form == nullptr) return Wrong("there is no command", command);
    LUMBUNG_RETURN_IF_ERROR(CheckEnded(/*of_scenario=*/false));
    Step begun;
    begun.line = begun.words.line = line_;
    begun.command = std::string(command);
    scenarios_.back().steps.push_back(std::move(begun));
    form_ = form;
    columns_.clear();
    return absl::OkStatus();
  }

  absl::Status EndStep(Outcome outcome) {
    if (step() == nullptr || !form_->has_outcome || step()->outcome.ending != Ending::kNone) {
      return absl::UnknownError("an outcome follows a command, and there is none");
    }
    const bool rehearses = step()->words.Has("rehearse");
    if (rehearses ? outcome.ending == Ending::kPosted : outcome.ending == Ending::kRehearsed) {
      return absl::UnknownError(rehearses ? "a rehearsal ends in \"rehearsed\""
                                          : "what is no rehearsal ends in \"posted\"");
    }
    step()->outcome = std::move(outcome);
    return absl::OkStatus();
  }

  // "REASON at field.path: part of the message"; the field is missing where the refusal has none.
  static absl::Status ReadRefusal(absl::string_view text, Outcome* outcome) {
    outcome->ending = Ending::kRefused;
    const std::size_t colon = text.find(": ");
    if (colon == absl::string_view::npos) {
      return absl::UnknownError("a refusal reads: refused REASON at field: part of the message");
    }
    outcome->message = std::string(text.substr(colon + 2));
    absl::string_view head = text.substr(0, colon);
    outcome->reason = std::string(TakeWord(&head));
    if (absl::ConsumePrefix(&head, "at ")) {
      outcome->field = std::string(head);
    } else if (!head.empty()) {
      return Wrong("expected \"at\" and a field after the reason, found", head);
    }
    return absl::OkStatus();
  }

  absl::Status ReadWord(absl::string_view line) {
    const absl::string_view word = TakeWord(&line);
    if (!Takes(*form_, word)) {
      return Wrong(absl::StrCat("\"", form_->command, "\" does not know the word"), word);
    }
    if (line.empty()) return Wrong("nothing is said of", word);
    LUMBUNG_ASSIGN_OR_RETURN(std::string value, WithoutNotations(line));
    if (!step()->words.Add(word, std::move(value))) return Wrong("said twice:", word);
    return absl::OkStatus();
  }

  absl::Status ReadTableRow(absl::string_view line) {
    line.remove_prefix(1);
    if (!absl::ConsumeSuffix(&line, "|")) return absl::UnknownError("a row of a table ends in |");
    std::vector<std::string> cells;
    for (const absl::string_view cell : absl::StrSplit(line, '|')) {
      cells.emplace_back(absl::StripAsciiWhitespace(cell));
    }
    if (columns_.empty()) return ReadColumns(std::move(cells));
    if (cells.size() != columns_.size()) {
      return absl::UnknownError(
          absl::StrCat("the table has ", columns_.size(), " columns, this row has ", cells.size()));
    }
    Row row;
    row.line = line_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      LUMBUNG_ASSIGN_OR_RETURN(std::string value, WithoutNotations(cells[i]));
      row.Add(columns_[i], std::move(value));
    }
    step()->table.push_back(std::move(row));
    return absl::OkStatus();
  }

  absl::Status ReadColumns(std::vector<std::string> columns) {
    const auto& known = form_->columns;
    for (auto column = columns.begin(); column != columns.end(); ++column) {
      if (std::find(known.begin(), known.end(), *column) == known.end()) {
        return Wrong(absl::StrCat("\"", form_->command, "\" does not know the column"), *column);
      }
      if (std::find(columns.begin(), column, *column) != column) {
        return Wrong("two columns are called", *column);
      }
    }
    columns_ = std::move(columns);
    return absl::OkStatus();
  }

  // What came before is whole.
  absl::Status CheckEnded(bool of_scenario = true) const {
    if (scenarios_.empty()) return absl::OkStatus();
    const Scenario& scenario = scenarios_.back();
    if (scenario.steps.empty()) {
      if (!of_scenario) return absl::OkStatus();
      return absl::UnknownError(absl::StrCat("the scenario at line ", scenario.line, " is empty"));
    }
    const Step& last = scenario.steps.back();
    if (!form_->has_outcome || last.outcome.ending != Ending::kNone) return absl::OkStatus();
    return absl::UnknownError(
        absl::StrCat("nothing is said of how the command at line ", last.line, " ends"));
  }

  // The one that is being read.
  Step* step() {
    if (scenarios_.empty() || scenarios_.back().steps.empty()) return nullptr;
    return &scenarios_.back().steps.back();
  }

  const std::string file_;
  int line_ = 0;
  std::vector<Scenario> scenarios_;
  const Form* form_ = nullptr;
  std::vector<std::string> columns_;
};

absl::StatusOr<std::vector<Scenario>> ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return absl::UnknownError(absl::StrCat("cannot read ", path.string()));
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  return ParseScenarios(path.filename().string(), text);
}

}  // namespace

const std::string& Row::operator[](absl::string_view word) const {
  static const std::string* const kNothing = new std::string();
  const auto found = values_.find(std::string(word));
  return found == values_.end() ? *kNothing : found->second;
}

bool Row::Add(absl::string_view word, std::string value) {
  return values_.emplace(std::string(word), std::move(value)).second;
}

Row Row::And(const Row& other) const {
  Row both = *this;
  both.values_.insert(other.values_.begin(), other.values_.end());
  return both;
}

std::vector<Row> Step::Rows() const {
  if (table.empty()) return {words};
  std::vector<Row> rows;
  for (const Row& row : table) rows.push_back(row.And(words));
  return rows;
}

void PrintTo(const Scenario& scenario, std::ostream* out) {
  *out << scenario.file << ":" << scenario.line << ": " << scenario.title;
}

absl::StatusOr<std::vector<Scenario>> ParseScenarios(const std::string& file,
                                                     absl::string_view text) {
  return Reader(file).Read(text);
}

absl::StatusOr<std::vector<Scenario>> ReadScenarios(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt" && entry.path().filename() != kBookFile &&
        entry.path().filename() != "CMakeLists.txt") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Scenario> all;
  for (const std::filesystem::path& path : paths) {
    LUMBUNG_ASSIGN_OR_RETURN(std::vector<Scenario> scenarios, ReadFile(path));
    std::move(scenarios.begin(), scenarios.end(), std::back_inserter(all));
  }
  return all;
}

absl::StatusOr<Scenario> ReadBook(const std::string& folder) {
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<Scenario> scenarios,
                           ReadFile(std::filesystem::path(folder) / kBookFile));
  if (scenarios.size() != 1) {
    return absl::UnknownError(absl::StrCat(kBookFile, ":1: holds one scenario, the book"));
  }
  return std::move(scenarios.front());
}

}  // namespace lumbung::scenarios
