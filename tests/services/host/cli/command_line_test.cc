// The frame every command shares: exit codes, who is asked for which organization, languages.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class CommandLineTest : public CommandTest {};

TEST_F(CommandLineTest, ExitsWithTwoAndNamesTheFlagOnWrongUsage) {
  const struct {
    std::vector<std::string> arguments;
    const char* named;
  } cases[] = {
      {{}, "subcommand"},
      {{"entry"}, "subcommand"},
      {{"entry", "list", "--colour"}, "--colour"},
      {{"entry", "list", "--from", "2026-02-30"}, "--from"},
      {{"entry", "list", "--from"}, "--from"},
      {{"entry", "list", "--min-amount", "1.x"}, "--min-amount"},
      {{"entry", "list", "--dimension", "grant"}, "--dimension"},
      {{"entry", "post", "--debit", "1=5", "--credit", "2=5"}, "--date"},
      {{"entry", "post", "--date", "2026-01-05", "--credit", "2=5"}, "--debit"},
      {{"entry", "post", "--date", "2026-01-05", "--debit", "1=5"}, "--credit"},
      {{"entry", "post", "--file", "no-such-file.json"}, "--file"},
      {{"entry", "show"}, "ENTRY"},
      {{"book", "list", "--output", "yaml"}, "--output"},
      {{"book", "create", "main", "--fiscal-year-start", "13"}, "--fiscal-year-start"},
      {{"account", "create", "9", "Name", "--type", "cash"}, "--type"},
      {{"account", "create", "9", "Name"}, "--type"},
      {{"account", "update", "1.1.01"}, "account update"},
      {{"report", "trial-balance", "--known-at", "yesterday"}, "--known-at"},
      {{"rate", "add", "USD", "IDR", "x", "--date", "2026-01-05"}, "RATE"},
  };
  for (const auto& c : cases) {
    const Outcome outcome = Run(c.arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, StartsWith("error: "));
    EXPECT_THAT(outcome.err, HasSubstr(c.named));
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(CommandLineTest, ShowsHelpWithAnExample) {
  const Outcome outcome = Run({"entry", "post", "--help"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Example:\n  lumbung entry post --date"));
  EXPECT_THAT(outcome.out, HasSubstr("--server"));
}

TEST_F(CommandLineTest, ExitsWithOneWhenARuleRefuses) {
  server_.FailNext("GetJournalEntry", RefusalStatus(grpc::NOT_FOUND, "ENTRY_NOT_FOUND", "name",
                                                    "there is no entry JU-2026-000009"));
  const Outcome outcome = Run({"entry", "show", "JU-2026-000009"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error: ENTRY_NOT_FOUND: there is no entry JU-2026-000009\n  field: name\n");
}

TEST_F(CommandLineTest, ExitsWithThreeWhenNobodyAnswers) {
  variables_["LUMBUNG_SERVER"] = "127.0.0.1:1";
  const Outcome outcome = Run({"book", "list", "--timeout", "5"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, StartsWith("error: UNAVAILABLE: no answer from 127.0.0.1:1"));
}

TEST_F(CommandLineTest, ExitsWithFourWhenTheServerBreaks) {
  server_.FailNext("ListBooks", grpc::Status(grpc::INTERNAL, "sorry"));
  const Outcome outcome = Run({"book", "list", "--organization", "melati"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_EQ(outcome.err, "error: INTERNAL: sorry\n");
}

TEST_F(CommandLineTest, WritesErrorsAsJsonWithJsonOutput) {
  server_.FailNext("ListBooks", grpc::Status(grpc::INTERNAL, "sorry"));
  const Outcome outcome = Run({"book", "list", "--organization", "melati", "--output", "json"});
  EXPECT_EQ(outcome.err,
            "{\"error\":{\"code\":\"INTERNAL\",\"reason\":\"INTERNAL\",\"field\":\"\","
            "\"message\":\"sorry\"}}\n");
}

TEST_F(CommandLineTest, TakesTheOnlyOrganizationAndTheOnlyBook) {
  const Outcome outcome = Run({"fund", "list"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(server_.received().calls, ElementsAre("ListOrganizations", "ListBooks", "ListFunds"));
  EXPECT_THAT(server_.received().organizations, ElementsAre("", "melati", "melati"));
}

TEST_F(CommandLineTest, AsksForNothingThatFlagsOrEnvironmentSay) {
  variables_["LUMBUNG_ORGANIZATION"] = "kenanga";
  Run({"fund", "list", "--book", "main"});
  EXPECT_THAT(server_.received().calls, ElementsAre("ListFunds"));
  EXPECT_THAT(server_.received().organizations, ElementsAre("kenanga"));
}

TEST_F(CommandLineTest, AsksTheUserToChooseBetweenSeveralBooks) {
  server_.data().books.add_books()->set_name("books/second");
  const Outcome outcome = Run({"fund", "list"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err,
            "error: USAGE: --book: the organization has several books; name one of: main, second\n"
            "  add --help to see how the command is used\n");
}

TEST_F(CommandLineTest, SaysWhatToDoOnAnEmptyServer) {
  server_.data().organizations.Clear();
  const Outcome outcome = Run({"fund", "list"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("lumbung organization create"));
}

TEST_F(CommandLineTest, SpeaksTheReadersLanguage) {
  variables_["LANG"] = "id_ID.UTF-8";
  server_.FailNext("ListBooks", grpc::Status(grpc::INTERNAL, "sorry"));
  EXPECT_EQ(Run({"book", "list"}).err, "galat: INTERNAL: sorry\n");
  server_.FailNext("ListBooks", grpc::Status(grpc::INTERNAL, "sorry"));
  EXPECT_EQ(Run({"book", "list", "--lang", "en"}).err, "error: INTERNAL: sorry\n");
}

}  // namespace
}  // namespace lumbung::cli
