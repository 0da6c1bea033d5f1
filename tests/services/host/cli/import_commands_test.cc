// Importing: what is uploaded, how the operation is followed, and what is reported.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class ImportCommandsTest : public CommandTest {
 protected:
  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    return (folder_ / name).string();
  }

  // Makes the server report success with a small summary.
  void Succeed() {
    v1::Operation operation;
    operation.set_name("operations/7");
    operation.set_stage("posting");
    operation.set_progress(5);
    operation.set_total(10);
    server_.data().operations.push_back(operation);
    operation.set_done(true);
    v1::ImportSummary& summary = *operation.mutable_import_summary();
    summary.set_format(v1::JOURNAL_FORMAT_HLEDGER);
    summary.set_entry_count(1146);
    summary.set_posting_count(3549);
    summary.set_accounts_created(2);
    summary.set_digest("abc123");
    summary.set_first_date("2026-01-01");
    summary.set_last_date("2026-12-31");
    v1::ImportSummary::Unsupported& unsupported = *summary.add_unsupported();
    unsupported.set_directive("periodic transaction");
    unsupported.set_count(3);
    unsupported.add_places("main.journal:12");
    unsupported.add_places("main.journal:40");
    v1::ImportSummary::Residue& residue = *summary.add_residues();
    residue.set_place("main.journal:99");
    residue.mutable_amount()->set_amount("-0.05");
    residue.mutable_amount()->set_currency("USD");
    summary.set_residue_count(4);
    *summary.add_totals() = MakeBalance("1.1.01", "IDR", "15.00", "4.00", "11.00");
    *summary.add_totals() = MakeBalance("Income:New", "IDR", "0.00", "11.00", "-11.00");
    server_.data().operations.push_back(operation);
  }

  const testing::TemporaryFolder temporary_;
  const std::filesystem::path folder_ = temporary_.path();
};

TEST_F(ImportCommandsTest, UploadsTheJournalAndWhatItIncludesInChunks) {
  Succeed();
  const std::string prices = std::string(200'000, 'p');
  Write("prices.journal", prices);
  const std::string main = Write("main.journal", "include prices.journal\n");
  const Outcome outcome = Run({"import", main});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(server_.received().files,
              ElementsAre(Pair("main.journal", "include prices.journal\n"),
                          Pair("prices.journal", prices)));
  EXPECT_EQ(server_.received().largest_chunk, 65'536U);
  EXPECT_EQ(server_.received().import_journal.upload_id(), "u1");
  EXPECT_EQ(server_.received().import_journal.main_file(), "main.journal");
  EXPECT_EQ(server_.received().import_journal.parent(), "books/main");
}

TEST_F(ImportCommandsTest, SendsEveryFlag) {
  Succeed();
  Run({"import", Write("bank.csv", ""), "--format", "csv", "--dry-run", "--residue-account", "5.1",
       "--allow-unsupported", "--existing-only", "--currency", "$=USD", "--currency", "Rp=IDR",
       "--mapping", "bank"});
  const v1::ImportJournalRequest& request = server_.received().import_journal;
  EXPECT_EQ(request.format(), v1::JOURNAL_FORMAT_CSV);
  EXPECT_TRUE(request.dry_run());
  EXPECT_EQ(request.residue_account(), "5.1");
  EXPECT_TRUE(request.allow_unsupported());
  EXPECT_TRUE(request.existing_only());
  EXPECT_EQ(request.currency_names().at("$"), "USD");
  EXPECT_EQ(request.currency_names().at("Rp"), "IDR");
  EXPECT_EQ(request.csv_mapping(), "bank");
}

TEST_F(ImportCommandsTest, ReportsWhatCameInAndWhatDidNot) {
  Succeed();
  EXPECT_EQ(Run({"import", Write("main.journal", ""), "--locale", "id"}).out,
            "Format              hledger\n"
            "Dates               2026-01-01 to 2026-12-31\n"
            "Entries             1.146\n"
            "Postings            3.549\n"
            "Already imported    0\n"
            "Accounts created    2\n"
            "Currencies created  0\n"
            "Rates created       0\n"
            "Assertions checked  0\n"
            "Assertions stored   0\n"
            "Digest              abc123\n"
            "\n"
            "Left out\n"
            "Directive             Count  Places\n"
            "--------------------  -----  -------------------------------------\n"
            "periodic transaction      3  main.journal:12, main.journal:40, ...\n"
            "\n"
            "Residues (4)\n"
            "Place            Amount  Currency\n"
            "---------------  ------  --------\n"
            "main.journal:99   -0,05  USD\n"
            "and 3 more\n"
            "\n"
            "Totals by account\n"
            "Code        Account          Debit  Credit  Balance\n"
            "----------  ---------------  -----  ------  -------\n"
            "1           Assets\n"
            "1.1           Cash and bank\n"
            "1.1.01          Cash         15,00    4,00    11,00\n"
            "Income:New                    0,00   11,00   -11,00\n"
            "----------  ---------------  -----  ------  -------\n"
            "            Total            15,00   15,00     0,00\n");
}

TEST_F(ImportCommandsTest, ShowsTheProgressOnATerminal) {
  Succeed();
  terminal_ = true;
  const Outcome outcome = Run({"import", Write("main.journal", "x")});
  EXPECT_THAT(outcome.err, HasSubstr("uploading  [##############################]  100 %"));
  EXPECT_THAT(outcome.err, HasSubstr("posting  [###############---------------]  50 %"));
}

TEST_F(ImportCommandsTest, ListsEveryProblemOfARefusedImport) {
  v1::Operation operation;
  operation.set_done(true);
  v1::OperationError& error = *operation.mutable_error();
  error.set_code(static_cast<int>(grpc::INVALID_ARGUMENT));
  error.set_reason("PARSE_ERROR");
  error.set_place("main.journal:3");
  error.set_message("expected an amount");
  error.add_problems("main.journal:3: expected an amount");
  error.add_problems("main.journal:9: expected a date");
  server_.data().operations.push_back(operation);
  const Outcome outcome = Run({"import", Write("main.journal", "")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error: PARSE_ERROR: main.journal:3: expected an amount\n"
            "  main.journal:9: expected a date\n");
}

TEST_F(ImportCommandsTest, TakesUpAWatchThatBroke) {
  Succeed();
  server_.FailNext("WatchOperation", grpc::Status(grpc::UNAVAILABLE, "restarting"));
  EXPECT_EQ(Run({"import", Write("main.journal", "")}).exit_code, 0);
  EXPECT_THAT(waits_, ElementsAre(absl::Milliseconds(200)));
}

TEST_F(ImportCommandsTest, CancelsTheImportOnCtrlC) {
  v1::Operation operation;
  operation.set_done(true);
  operation.mutable_error()->set_code(static_cast<int>(grpc::CANCELLED));
  operation.mutable_error()->set_message("cancelled; nothing was kept");
  server_.data().operations.push_back(operation);
  server_.data().wait_for_cancel = true;
  server_.data().on_watch = [] { std::raise(SIGINT); };
  const Outcome outcome = Run({"import", Write("main.journal", "")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "error: CANCELLED: cancelled; nothing was kept\n");
  EXPECT_THAT(server_.received().calls, ::testing::Contains("CancelOperation"));
}

TEST_F(ImportCommandsTest, NamesTheFlagThatIsWrong) {
  EXPECT_THAT(Run({"import"}).err, HasSubstr("USAGE: FILE"));
  EXPECT_THAT(Run({"import", "no-such.journal"}).err, HasSubstr("USAGE: FILE: cannot read"));
  EXPECT_THAT(Run({"import", "x", "--currency", "$"}).err, HasSubstr("--currency"));
  EXPECT_EQ(Run({"import", "x", "--format", "qif"}).exit_code, 2);
}

TEST_F(ImportCommandsTest, SavesAMappingOfColumns) {
  const Outcome outcome =
      Run({"import", "mapping", "save", "bank", "--column", "date=Tanggal", "--column", "amount=3",
           "--set", "account=1.1.02", "--delimiter", ";", "--skip-lines", "2", "--number-format",
           "id-ID", "--date-format", "%d/%m/%Y"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const v1::CsvMapping& mapping = server_.received().save_mapping.mapping();
  EXPECT_EQ(mapping.mapping_id(), "bank");
  EXPECT_EQ(mapping.columns().at("date"), "Tanggal");
  EXPECT_EQ(mapping.columns().at("amount"), "3");
  EXPECT_EQ(mapping.defaults().at("account"), "1.1.02");
  EXPECT_EQ(mapping.delimiter(), ";");
  EXPECT_EQ(mapping.skip_lines(), 2);
  EXPECT_EQ(mapping.number_format(), "id-ID");
  EXPECT_EQ(mapping.date_format(), "%d/%m/%Y");
  EXPECT_TRUE(mapping.has_header());
}

}  // namespace
}  // namespace lumbung::cli
