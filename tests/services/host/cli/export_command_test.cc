// Exporting: to standard output and to a file that is never left half-written.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::cli {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class ExportCommandTest : public CommandTest {
 protected:
  ExportCommandTest() {
    for (const char* const part : {"2026-01-05 Salaries\n", "    5.1    5 IDR\n"}) {
      server_.data().exported.emplace_back().set_data(part);
    }
    server_.data().exported.back().set_entry_count(1);
  }

  static std::string Read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const testing::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

constexpr char kJournal[] = "2026-01-05 Salaries\n    5.1    5 IDR\n";

TEST_F(ExportCommandTest, WritesTheBookAsItComes) {
  const Outcome outcome =
      Run({"export", "--format", "hledger", "--from", "2026-01-01", "--to", "2026-12-31"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, kJournal);
  EXPECT_EQ(server_.received().export_journal.from_date(), "2026-01-01");
  EXPECT_EQ(server_.received().export_journal.to_date(), "2026-12-31");
}

TEST_F(ExportCommandTest, TakesTheFormatFromTheNameOfTheFile) {
  const fs::path file = folder_ / "books.beancount";
  const Outcome outcome = Run({"export", "-o", file.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(server_.received().export_journal.format(), v1::JOURNAL_FORMAT_BEANCOUNT);
  EXPECT_EQ(Read(file), kJournal);
  EXPECT_THAT(outcome.err, HasSubstr("wrote 1 entries to"));
}

TEST_F(ExportCommandTest, LeavesTheOldFileAloneWhenTheExportFails) {
  const fs::path file = folder_ / "books.journal";
  std::ofstream(file) << "old";
  server_.FailNext("ExportJournal", RefusalStatus(grpc::FAILED_PRECONDITION, "NOT_REPRESENTABLE",
                                                  "", "an account name has two blanks"));
  EXPECT_EQ(Run({"export", "-o", file.string()}).exit_code, 1);
  EXPECT_EQ(Read(file), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(ExportCommandTest, NamesTheFlagThatIsWrong) {
  EXPECT_THAT(Run({"export"}).err, HasSubstr("--format"));
  EXPECT_THAT(Run({"export", "-o", (folder_ / "none" / "x.csv").string()}).err, HasSubstr("-o"));
}

}  // namespace
}  // namespace lumbung::cli
