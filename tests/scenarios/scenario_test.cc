// Scenarios are read strictly: nothing that was written is passed over.
#include "tests/scenarios/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::scenarios {
namespace {

using testing::IsOk;

constexpr char kStory[] = R"(# A comment.
scenario An entry that does not balance

post entry
  date         2026-01-31
  description  Gaji {3 times x}{U+0021}
  | account | debit | credit |
  | 5100    | 10.00 |        |
  | 1100    |       | 9      |
refused UNBALANCED at postings: debits exceed: by 1

months
)";

TEST(ScenarioTextTest, ReadsAStory) {
  const auto read = ParseScenarios("a.txt", kStory);
  ASSERT_THAT(read, IsOk());
  ASSERT_EQ(read->size(), 1u);
  EXPECT_EQ(read->front().title, "An entry that does not balance");
  ASSERT_EQ(read->front().steps.size(), 2u);
  const Step& step = read->front().steps[0];
  EXPECT_EQ(step.line, 4);
  EXPECT_EQ(step.words["date"], "2026-01-31");
  EXPECT_EQ(step.words["description"], "Gaji xxx!");
  EXPECT_EQ(step.words["series"], "");
  ASSERT_EQ(step.table.size(), 2u);
  EXPECT_EQ(step.table[1]["credit"], "9");
  EXPECT_FALSE(step.table[1].Has("debit"));
  EXPECT_EQ(step.outcome.reason, "UNBALANCED");
  EXPECT_EQ(step.outcome.field, "postings");
  EXPECT_EQ(step.outcome.message, "debits exceed: by 1");
}

TEST(ScenarioTextTest, RowsSayWhatTheirStepSays) {
  const auto read = ParseScenarios("a.txt",
                                   "scenario a\ncreate fund\n  restriction purpose\n"
                                   "  | fund |\n  | b |\n  | c |\ndone\n");
  ASSERT_THAT(read, IsOk());
  const std::vector<Row> rows = read->front().steps[0].Rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1]["fund"], "c");
  EXPECT_EQ(rows[1]["restriction"], "purpose");
}

TEST(ScenarioTextTest, NamesTheLineOfWhatItDoesNotUnderstand) {
  struct Case {
    const char* text;
    const char* problem;
  };
  const Case cases[] = {
      {"post entry\n", "a.txt:1: a file starts with a scenario"},
      {"scenario\n", "a.txt:1: a scenario has a title"},
      {"scenario a\n", "a.txt:2: the scenario at line 1 is empty"},
      {"scenario a\n  date x\n", "a.txt:2: an indented line belongs to a command"},
      {"scenario a\ndone\n", "a.txt:2: an outcome follows a command"},
      {"scenario a\nmonths\ndone\n", "a.txt:3: an outcome follows a command"},
      {"scenario a\npost entires\n", "a.txt:2: there is no command \"post entires\""},
      {"scenario a\npost entry\n  dat 1\n", "a.txt:3: \"post entry\" does not know the word"},
      {"scenario a\nmonths\n  role x\n", "a.txt:3: \"months\" does not know the word \"role\""},
      {"scenario a\npost entry\n  date\n", "a.txt:3: nothing is said of \"date\""},
      {"scenario a\npost entry\n  date 1\n  date 2\n", "a.txt:4: said twice: \"date\""},
      {"scenario a\npost entry\n  | account\n", "a.txt:3: a row of a table ends in |"},
      {"scenario a\npost entry\n  | debet |\n", "a.txt:3: \"post entry\" does not know the column"},
      {"scenario a\npost entry\n  | debit | debit |\n", "a.txt:3: two columns are called"},
      {"scenario a\npost entry\n  | debit |\n  | 1 | 2 |\n", "a.txt:4: the table has 1 columns"},
      {"scenario a\npost entry\n  date {2 x}\n", "a.txt:3: braces hold"},
      {"scenario a\npost entry\n  date {0 times x}\n", "a.txt:3: braces hold"},
      {"scenario a\npost entry\n  date {U+00e9}\n", "a.txt:3: braces hold"},
      {"scenario a\npost entry\n  date {2 times x\n", "a.txt:3: a brace is not closed"},
      {"scenario a\npost entry\nposted\n", "a.txt:3: the number of the entry is missing"},
      {"scenario a\npost entry\nrehearsed 1\n", "a.txt:3: what is no rehearsal ends in"},
      {"scenario a\npost entry\n  rehearse yes\nposted 1\n", "a.txt:4: a rehearsal ends in"},
      {"scenario a\npost entry\ndone at last\n", "a.txt:3: \"done\" stands alone"},
      {"scenario a\npost entry\nrefused A at b\n", "a.txt:3: a refusal reads"},
      {"scenario a\npost entry\nrefused A on b: c\n", "a.txt:3: expected \"at\" and a field"},
      {"scenario a\npost entry\npost entry\n", "a.txt:3: nothing is said of how the command"},
      {"scenario a\npost entry\nscenario b\n", "a.txt:3: nothing is said of how the command"},
      {"scenario a\npost entry\n", "a.txt:3: nothing is said of how the command at line 2 ends"},
      {"scenario a\nmonths\nscenario a\n", "a.txt:3: two scenarios are called \"a\""},
      {"scenario a\npost entry\ndone\ndone\n", "a.txt:4: an outcome follows a command"},
      {"scenario a\npost entry\ndone\n  date 1\n", "a.txt:4: an indented line belongs"},
  };
  for (const Case& c : cases) {
    const auto read = ParseScenarios("a.txt", c.text);
    EXPECT_THAT(std::string(read.status().message()), ::testing::StartsWith(c.problem)) << c.text;
  }
}

}  // namespace
}  // namespace lumbung::scenarios
