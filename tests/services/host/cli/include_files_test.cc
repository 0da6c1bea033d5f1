#include "services/host/cli/include_files.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/host/cli/failure.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class IncludeFilesTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& content) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }

  // The names under which files are uploaded.
  std::vector<std::string> Names(const std::string& main) {
    const auto files = GatherFiles((folder_ / main).string());
    EXPECT_TRUE(files.ok()) << files.status();
    std::vector<std::string> names;
    if (files.ok()) {
      for (const UploadFile& file : *files) names.push_back(file.name);
    }
    return names;
  }

  const testing::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_F(IncludeFilesTest, ReadsTheIncludeLinesOfEveryFormat) {
  EXPECT_EQ(IncludedPath("include a/b c.journal  "), "a/b c.journal");
  EXPECT_EQ(IncludedPath("include \"accounts.beancount\" ; comment"), "accounts.beancount");
  EXPECT_EQ(IncludedPath("!include old.ledger"), "old.ledger");
  EXPECT_EQ(IncludedPath("@include\told.ledger\r"), "old.ledger");
  EXPECT_EQ(IncludedPath("included by hand"), "");
  EXPECT_EQ(IncludedPath("  include indented"), "");
  EXPECT_EQ(IncludedPath("; include commented"), "");
  EXPECT_EQ(IncludedPath("include"), "");
}

TEST_F(IncludeFilesTest, GathersWhatAJournalIncludesMainFileFirst) {
  Write("main.journal", "include 2026/all.journal\n\n2026-01-01 x\n");
  Write("2026/all.journal", "include jan.journal\ninclude feb.journal");
  Write("2026/jan.journal", "");
  Write("2026/feb.journal", "");
  EXPECT_THAT(Names("main.journal"), ElementsAre("main.journal", "2026/all.journal",
                                                 "2026/jan.journal", "2026/feb.journal"));
}

TEST_F(IncludeFilesTest, NamesFilesFromTheirCommonRoot) {
  Write("books/2026/main.journal", "include ../prices.journal\ninclude ../../charts/ngo.journal\n");
  Write("books/prices.journal", "");
  Write("charts/ngo.journal", "");
  EXPECT_THAT(Names("books/2026/main.journal"),
              ElementsAre("books/2026/main.journal", "books/prices.journal", "charts/ngo.journal"));
}

TEST_F(IncludeFilesTest, ExpandsWildcardsInOrderOfName) {
  Write("main.journal", "include 20*/m?.journal\ninclude deep/**/*.j\n");
  for (const char* const name :
       {"2026/m2.journal", "2026/m1.journal", "2026/m10.journal", "2026/.m3.journal",
        "2025/m1.journal", "deep/a.j", "deep/x/y/b.j", "deep/x/c.txt"}) {
    Write(name, "");
  }
  EXPECT_THAT(Names("main.journal"),
              ElementsAre("main.journal", "2025/m1.journal", "2026/m1.journal", "2026/m2.journal",
                          "deep/a.j", "deep/x/y/b.j"));
}

TEST_F(IncludeFilesTest, UploadsEveryFileOnceHoweverItIsIncluded) {
  Write("a.journal", "include b.journal\ninclude ./b.journal\ninclude x/../b.journal\n");
  Write("b.journal", "include a.journal\n");
  EXPECT_THAT(Names("a.journal"), ElementsAre("a.journal", "b.journal"));
}

TEST_F(IncludeFilesTest, LeavesWhatLeadsNowhereToTheServer) {
  Write("main.journal",
        "include missing.journal\ninclude /etc/hostname\ninclude timedot:x\n"
        "comment\ninclude nothing here\nend comment\n");
  EXPECT_THAT(Names("main.journal"), ElementsAre("main.journal"));
}

TEST_F(IncludeFilesTest, TakesACsvFileAsItIs) {
  Write("bank.csv", "include other.csv\n");
  Write("other.csv", "");
  EXPECT_THAT(Names("bank.csv"), ElementsAre("bank.csv"));
}

TEST_F(IncludeFilesTest, FindsIncludesBehindLongLinesAndAcrossReads) {
  Write("main.journal", absl::StrCat(std::string(64 * 1024 - 5, ';'), "\ninclude b.journal\ni",
                                     std::string(100'000, 'x'), "\ninclude c.journal"));
  Write("b.journal", "");
  Write("c.journal", "");
  EXPECT_THAT(Names("main.journal"), ElementsAre("main.journal", "b.journal", "c.journal"));
}

TEST_F(IncludeFilesTest, RefusesAMainFileThatIsNotThere) {
  for (const char* const name : {"missing.journal", "."}) {
    const auto files = GatherFiles((folder_ / name).string());
    EXPECT_EQ(ExitCodeOf(files.status()), ExitCode::kUsage) << files.status();
  }
}

}  // namespace
}  // namespace lumbung::cli
