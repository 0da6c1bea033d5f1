// No reason without a scenario: the reasons that LedgerService and BooksService can give are read
// out of the sources, and each is met by a scenario or stands in a table here that says why not.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/vocabulary.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::scenarios {
namespace {

using testing::IsOk;

// Where the reasons of the two services come from.
constexpr const char* kSourceFolders[] = {"ledger/core",        "ledger/charts", "ledger/log",
                                          "ledger/posting",     "ledger/store",  "services/common",
                                          "services/ledger/api"};

struct Exclusion {
  const char* reason;
  const char* why;
};

constexpr char kNoMistake[] = "no mistake of the user: the machine or the moment is at fault";
constexpr char kCaller[] = "of who calls; proven in tests/services/identity and common";
constexpr char kTransfer[] = "of TransferService; proven in tests/services/ledger";
constexpr char kLog[] = "of the log and who checks it; proven in tests/ledger/log and services/log";
constexpr char kOperator[] = "told to the operator, before the server listens";
constexpr char kInner[] = "no call of the API can bring it about; proven by the unit tests";
constexpr char kDatabase[] =
    "the database's own refusal of what is refused before; proven in tests/ledger/sql";

constexpr Exclusion kExclusions[] = {
    {"BOOK_MOVED_ON", kNoMistake},
    {"CONFLICT", kNoMistake},
    {"DATABASE_EXHAUSTED", kNoMistake},
    {"DATABASE_UNAVAILABLE", kNoMistake},
    {"DEADLINE_EXCEEDED", kNoMistake},
    {"OUTCOME_UNKNOWN", kNoMistake},
    {"OVERLOADED", kNoMistake},
    {"RATE_LIMITED", kNoMistake},
    {"SHUTTING_DOWN", kNoMistake},

    {"PASSWORD_CHANGE_REQUIRED", kCaller},
    {"PERMISSION_DENIED", kCaller},
    {"PUBLIC", "no reason but the permission of calls that come before signing in"},
    {"SIGNED_IN", "no reason but the permission of calls that concern the caller alone"},

    {"CANCELLED", kTransfer},
    {"CSV_MAPPING_NOT_FOUND", kTransfer},
    {"INVALID_MAPPING", kTransfer},
    {"UNKNOWN_FORMAT", kTransfer},
    {"UPLOAD_TOO_LARGE", kTransfer},

    {"CHECKPOINT_MALFORMED", kLog},
    {"FOLLOWED_LOG_MALFORMED", kLog},
    {"INVALID_KEY", kLog},
    {"KEY_RECORD_MALFORMED", kLog},
    {"KEY_RECORD_OUT_OF_ORDER", kLog},
    {"KEY_UNKNOWN", kLog},
    {"LOG_FORKED", kLog},
    {"LOG_ROLLED_BACK", kLog},
    {"NOTE_MALFORMED", kLog},
    {"NOTE_SIGNATURE_WRONG", kLog},
    {"NOTE_UNSIGNED", kLog},
    {"PROOF_MALFORMED", kLog},
    {"PROOF_RANGE", kLog},
    {"PROOF_WRONG", kLog},
    {"WRONG_ORIGIN", kLog},

    {"MIGRATION_EDITED", kOperator},
    {"SCHEMA_NEWER", kOperator},
    {"SCHEMA_OLDER", kOperator},

    {"DIVISION_BY_ZERO", kInner},
    {"INVALID_CHART_TEMPLATE", kInner},
    {"INVALID_WEIGHTS", kInner},
    {"REQUEST_ID_USED", "becomes REQUEST_ID_REUSED, or the first answer again"},

    {"IMMUTABLE", kDatabase},
    {"NUMBER_GAP", kDatabase},
};

std::string TextOf(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(stream)), {});
}

// Reasons are the only literals of five or more letters that are all capitals.
std::set<std::string> ReasonsIn(const std::string& text) {
  static const std::regex* const kReason = new std::regex("\"([A-Z][A-Z_]{4,})\"");
  std::set<std::string> reasons;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), "//")) continue;
    const std::string code(line);
    for (std::sregex_iterator at(code.begin(), code.end(), *kReason), end; at != end; ++at) {
      reasons.insert((*at)[1]);
    }
  }
  return reasons;
}

// Each with a file that has it.
std::map<std::string, std::string> ReasonsOfTheSources() {
  std::map<std::string, std::string> reasons;
  for (const char* folder : kSourceFolders) {
    const std::filesystem::path root = std::filesystem::path(LUMBUNG_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      for (const std::string& reason : ReasonsIn(TextOf(entry.path()))) {
        reasons.emplace(reason, entry.path().lexically_relative(LUMBUNG_SOURCE_DIR).string());
      }
    }
  }
  return reasons;
}

std::set<std::string> ReasonsOfTheScenarios(const std::vector<Scenario>& scenarios) {
  std::set<std::string> reasons;
  for (const Scenario& scenario : scenarios) {
    for (const Step& step : scenario.steps) {
      if (step.outcome.ending == Ending::kRefused) reasons.insert(step.outcome.reason);
    }
  }
  return reasons;
}

TEST(CompletenessTest, EveryReasonHasAScenarioOrAnExplanation) {
  const auto scenarios = ReadScenarios(LUMBUNG_SCENARIOS_DIR);
  ASSERT_THAT(scenarios, IsOk());
  const std::set<std::string> told = ReasonsOfTheScenarios(*scenarios);
  std::set<std::string> excluded;
  for (const Exclusion& exclusion : kExclusions) excluded.insert(exclusion.reason);
  const std::map<std::string, std::string> reasons = ReasonsOfTheSources();
  for (const auto& [reason, file] : reasons) {
    EXPECT_EQ(told.count(reason) + excluded.count(reason), 1u)
        << reason << " of " << file
        << (told.count(reason) > 0 ? " has a scenario, so its exclusion goes"
                                   : " has no scenario: tell one in tests/scenarios");
  }
  for (const std::string& reason : told) {
    EXPECT_EQ(reasons.count(reason), 1u) << reason << " is given by no source any more";
  }
  for (const Exclusion& exclusion : kExclusions) {
    EXPECT_EQ(reasons.count(exclusion.reason), 1u)
        << exclusion.reason << " (" << exclusion.why << ") is given by no source any more";
  }
}

TEST(CompletenessTest, FindsTheReasonsOfASource) {
  EXPECT_THAT(ReasonsIn("// \"COMMENT_ONLY\"\nf(\"NEW_REASON\", \"IDR\", \"LB001\", \"No\");\n"),
              ::testing::ElementsAre("NEW_REASON"));
  EXPECT_EQ(ReasonsOfTheSources().count("UNBALANCED"), 1u);
}

TEST(CompletenessTest, EveryCommandIsUsed) {
  const auto scenarios = ReadScenarios(LUMBUNG_SCENARIOS_DIR);
  const auto book = ReadBook(LUMBUNG_SCENARIOS_DIR);
  ASSERT_THAT(scenarios, IsOk());
  ASSERT_THAT(book, IsOk());
  std::set<std::string> used;
  for (const Step& step : book->steps) used.insert(step.command);
  for (const Scenario& scenario : *scenarios) {
    for (const Step& step : scenario.steps) used.insert(step.command);
  }
  for (const Form& form : Forms()) {
    EXPECT_EQ(used.count(std::string(form.command)), 1u) << form.command << " is used nowhere";
  }
}

}  // namespace
}  // namespace lumbung::scenarios
