#include "services/host/completion.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/host/commands.h"

namespace lumbung::host {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

using Lines = std::vector<std::string>;

// The scripts of the real commands, sourced by the real shells.
class CompletionTest : public ::testing::Test {
 protected:
  CompletionTest()
      : console_{in_, out_, err_, false, false, 0, {}, {}, {}},
        client_{console_},
        app_("", "lumbung") {
    AddAllCommands(app_, client_);
  }

  // What the shell prints when it runs `code` with the script sourced.
  Lines RunShell(const std::string& shell, const std::string& code) {
    const std::string script = absl::StrCat(::testing::TempDir(), "completion-", getpid());
    const std::string runner = script + ".run";
    std::ofstream(script) << CompletionScript(app_, shell);
    std::ofstream(runner) << code;
    FILE* const pipe =
        popen(absl::StrCat("SCRIPT=", script, " ", shell, " ", runner, " 2>&1").c_str(), "r");
    std::string text;
    char buffer[4096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
      text.append(buffer, count);
    }
    EXPECT_EQ(pclose(pipe), 0) << text;
    std::remove(script.c_str());
    std::remove(runner.c_str());
    return absl::StrSplit(text, '\n', absl::SkipEmpty());
  }

  // What bash offers behind these words; the last one is being typed.
  Lines Bash(const std::string& words) {
    return RunShell("bash", absl::StrCat("source \"$SCRIPT\"\nCOMP_WORDS=(lumbung ", words,
                                         ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_lumbung\n"
                                         "printf '%s\\n' \"${COMPREPLY[@]}\"\n"));
  }

  // What zsh offers; its own widgets print instead of showing a menu.
  Lines Zsh(const std::string& words) {
    return RunShell("zsh", absl::StrCat("compdef() { }\n_files() { print '<files>' }\n"
                                        "compadd() { shift; print -l -- $@ }\n"
                                        "_describe() { print -l -- ${(P)2} }\n"
                                        "source $SCRIPT\nwords=(lumbung ",
                                        words, ")\nCURRENT=$#words\n_lumbung\n"));
  }

  Lines Fish(const std::string& line) {
    return RunShell("fish", absl::StrCat("source $SCRIPT\ncomplete -C 'lumbung ", line, "'\n"));
  }

  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  cli::Console console_;
  cli::Client client_;
  CLI::App app_;
};

TEST_F(CompletionTest, BashCompletesCommands) {
  EXPECT_THAT(Bash("migr"), ElementsAre("migrate"));
  EXPECT_THAT(Bash("migrate s"), ElementsAre("status"));
  EXPECT_THAT(Bash("''"), Contains("entry"));
}

TEST_F(CompletionTest, BashCompletesOptionsAndTheirValues) {
  EXPECT_THAT(Bash("up --data-d"), ElementsAre("--data-dir"));
  EXPECT_THAT(Bash("version --output j"), ElementsAre("json"));
  EXPECT_THAT(Bash("version --output = j"), ElementsAre("json"));
  EXPECT_THAT(Bash("completion f"), ElementsAre("fish"));
}

TEST_F(CompletionTest, BashTakesNoValueForACommand) {
  // "migrate" is the value of --db here.
  EXPECT_THAT(Bash("migrate up --db migrate --d"), ElementsAre("--db"));
}

TEST_F(CompletionTest, BashOffersFilesWhereFilesAreMeant) {
  EXPECT_THAT(Bash("up --data-dir /et"), ElementsAre("/etc"));
  EXPECT_THAT(Bash("up --grpc-port /et"), IsEmpty());
}

TEST_F(CompletionTest, ZshCompletesCommandsOptionsAndValues) {
  EXPECT_THAT(Zsh("''"), Contains("version:Tell which build this is"));
  EXPECT_THAT(Zsh("migrate ''"), Contains(::testing::StartsWith("status:")));
  EXPECT_THAT(Zsh("up ''"), Contains(::testing::StartsWith("--data-dir:")));
  EXPECT_THAT(Zsh("version --output ''"), ElementsAre("table", "json"));
  EXPECT_THAT(Zsh("up --data-dir ''"), ElementsAre("<files>"));
  EXPECT_THAT(Zsh("migrate up --db migrate ''"), Not(Contains(::testing::StartsWith("status:"))));
}

TEST_F(CompletionTest, FishCompletesCommandsOptionsAndValues) {
  EXPECT_THAT(Fish("migr"), ElementsAre(::testing::StartsWith("migrate\t")));
  EXPECT_THAT(Fish("migrate s"), ElementsAre(::testing::StartsWith("status\t")));
  EXPECT_THAT(Fish("up --data-d"), ElementsAre(::testing::StartsWith("--data-dir\t")));
  EXPECT_THAT(Fish("version --output j"), ElementsAre(::testing::StartsWith("json\t")));
  EXPECT_THAT(Fish("migrate up --db migrate s"), IsEmpty());
}

}  // namespace
}  // namespace lumbung::host
