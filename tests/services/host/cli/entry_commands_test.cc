// Posting, showing and listing journal entries.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class EntryCommandsTest : public CommandTest {
 protected:
  const std::vector<std::string> kSalaries = {
      "entry",   "post",        "--date",   "2026-01-05",       "--description", "Salaries",
      "--debit", "5.1=1250000", "--credit", "1.1.01=1.250.000", "--locale",      "id"};
};

v1::JournalEntry DollarEntry() {
  v1::JournalEntry entry;
  entry.set_name("books/main/entries/0007");
  entry.set_sequence(7);
  entry.set_number("JU-2026-000007");
  entry.set_effective_date("2026-01-06");
  entry.set_description("Grant, first instalment");
  entry.set_kind(v1::ENTRY_KIND_STANDARD);
  *entry.add_postings() = MakePosting("1.1.02", "100.00", "USD");
  *entry.add_postings() = MakePosting("4.1", "-1625000.00", "IDR");
  entry.mutable_postings(0)->mutable_functional_amount()->set_amount("1625000.00");
  entry.mutable_postings(0)->mutable_functional_amount()->set_currency("IDR");
  entry.mutable_postings(0)->set_fund("usaid");
  entry.mutable_postings(1)->set_fund("usaid");
  return entry;
}

TEST_F(EntryCommandsTest, PostsAnEntryFromFlags) {
  const Outcome outcome = Run(kSalaries);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  ASSERT_THAT(server_.received().posts, SizeIs(1));
  const v1::CreateJournalEntryRequest& request = server_.received().posts[0];
  EXPECT_EQ(request.parent(), "books/main");
  EXPECT_EQ(outcome.err, absl::StrCat("request id: ", request.request_id(), "\n"));
  EXPECT_EQ(outcome.out,
            "Number         JU-2026-000001\n"
            "Date           2026-01-05\n"
            "Description    Salaries\n"
            "Resource name  books/main/entries/0001\n"
            "\n"
            "Account            Debit     Credit\n"
            "-------------  ---------  ---------\n"
            "5.1 Salaries   1.250.000\n"
            "  1.1.01 Cash             1.250.000\n");
}

TEST_F(EntryCommandsTest, SendsAmountsAsPlainSignedDecimalsInTheBooksCurrency) {
  Run(kSalaries);
  ASSERT_THAT(server_.received().posts, SizeIs(1));
  const v1::JournalEntry& entry = server_.received().posts[0].journal_entry();
  ASSERT_EQ(entry.postings_size(), 2);
  EXPECT_EQ(entry.postings(0).account(), "5.1");
  EXPECT_EQ(entry.postings(0).amount().amount(), "1250000");
  EXPECT_EQ(entry.postings(0).amount().currency(), "IDR");
  EXPECT_EQ(entry.postings(1).amount().amount(), "-1250000");
}

TEST_F(EntryCommandsTest, SendsHeadingFundDimensionsAndTags) {
  Run({"entry",       "post",
       "--date",      "2026-01-05",
       "--reference", "BK-1",
       "--series",    "KK",
       "--kind",      "adjusting",
       "--tag",       "batch=7",
       "--fund",      "usaid",
       "--dimension", "grant=G1",
       "--debit",     "5.1=5",
       "--credit",    "1.1.01=3;fund=umum",
       "--credit",    "1.1.02=2;grant=G2"});
  ASSERT_THAT(server_.received().posts, SizeIs(1));
  const v1::JournalEntry& entry = server_.received().posts[0].journal_entry();
  EXPECT_EQ(entry.reference(), "BK-1");
  EXPECT_EQ(entry.series(), "KK");
  EXPECT_EQ(entry.kind(), v1::ENTRY_KIND_ADJUSTING);
  EXPECT_EQ(entry.tags().at("batch"), "7");
  ASSERT_EQ(entry.postings_size(), 3);
  EXPECT_EQ(entry.postings(0).fund(), "usaid");
  EXPECT_EQ(entry.postings(0).dimensions().at("grant"), "G1");
  EXPECT_EQ(entry.postings(1).fund(), "umum");
  EXPECT_EQ(entry.postings(2).dimensions().at("grant"), "G2");
}

TEST_F(EntryCommandsTest, TakesTheCodeOfAnAccountWhoseIdIsAnother) {
  server_.data().accounts.mutable_accounts(2)->set_account_id("kas~2");
  server_.data().accounts.mutable_accounts(2)->set_code("1.1.01.00");
  Run({"entry", "post", "--date", "2026-01-05", "--debit", "5.1=5", "--credit", "1.1.01.00=5"});
  ASSERT_THAT(server_.received().posts, SizeIs(1));
  EXPECT_EQ(server_.received().posts[0].journal_entry().postings(1).account(), "kas~2");
}

TEST_F(EntryCommandsTest, RepeatsUnderTheSameRequestIdWhileThereIsNoAnswer) {
  server_.FailNext("CreateJournalEntry", grpc::Status(grpc::UNAVAILABLE, "restarting"));
  server_.FailNext("CreateJournalEntry", grpc::Status(grpc::UNAVAILABLE, "restarting"));
  EXPECT_EQ(Run(kSalaries).exit_code, 0);
  ASSERT_THAT(server_.received().posts, SizeIs(3));
  EXPECT_EQ(server_.received().posts[0].request_id(), server_.received().posts[2].request_id());
  EXPECT_THAT(waits_, ElementsAre(absl::Milliseconds(200), absl::Milliseconds(400)));
}

TEST_F(EntryCommandsTest, GivesUpAndNamesTheRequestIdToRepeatWith) {
  for (int i = 0; i < 5; ++i) {
    server_.FailNext("CreateJournalEntry", grpc::Status(grpc::UNAVAILABLE, "restarting"));
  }
  std::vector<std::string> arguments = kSalaries;
  arguments.insert(arguments.end(), {"--request-id", "r-42"});
  const Outcome outcome = Run(arguments);
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("safe to repeat with: --request-id r-42"));
  EXPECT_THAT(server_.received().posts, SizeIs(5));
}

TEST_F(EntryCommandsTest, DoesNotRepeatWhatARuleRefused) {
  server_.FailNext("CreateJournalEntry",
                   RefusalStatus(grpc::FAILED_PRECONDITION, "PERIOD_HARD_CLOSED",
                                 "journal_entry.effective_date", "2026-01 is hard-closed"));
  const Outcome outcome = Run(kSalaries);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("error: PERIOD_HARD_CLOSED: 2026-01 is hard-closed\n"
                                     "  field: journal_entry.effective_date\n"));
  EXPECT_THAT(server_.received().posts, SizeIs(1));
}

TEST_F(EntryCommandsTest, PostsAnEntryFromStandardInput) {
  input_ = R"({"effective_date": "2026-01-05", "postings": [
      {"account": "5.1", "amount": {"amount": "5", "currency": "IDR"}},
      {"account": "1.1.01", "amount": {"amount": "-5", "currency": "IDR"}}]})";
  const Outcome outcome = Run({"entry", "post", "--file", "-"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  ASSERT_THAT(server_.received().posts, SizeIs(1));
  EXPECT_EQ(server_.received().posts[0].journal_entry().postings_size(), 2);
}

TEST_F(EntryCommandsTest, PostsSeveralEntriesOfAFileAllOrNothing) {
  input_ = R"({"journal_entries": [{"effective_date": "2026-01-05"},
                                   {"effective_date": "2026-01-06"}]})";
  EXPECT_EQ(Run({"entry", "post", "--file", "-", "--output", "json"}).exit_code, 0);
  EXPECT_EQ(server_.received().batch.journal_entries_size(), 2);
  EXPECT_EQ(server_.received().batch.parent(), "books/main");
  EXPECT_NE(server_.received().batch.request_id(), "");
}

TEST_F(EntryCommandsTest, RefusesJsonWithUnknownFields) {
  input_ = R"({"effective_date": "2026-01-05", "lines": []})";
  const Outcome outcome = Run({"entry", "post", "--file", "-"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("error: INVALID_JSON: --file: "));
  EXPECT_THAT(outcome.err, HasSubstr("lines"));
}

TEST_F(EntryCommandsTest, ShowsAnEntryInTwoCurrencies) {
  server_.data().entry = DollarEntry();
  EXPECT_EQ(Run({"entry", "show", "JU-2026-000007", "--locale", "id", "--lang", "id"}).out,
            "Nomor             JU-2026-000007\n"
            "Tanggal           2026-01-06\n"
            "Uraian            Grant, first instalment\n"
            "Macam             umum\n"
            "Nama sumber daya  books/main/entries/0007\n"
            "\n"
            "Akun                   Debit        Kredit  Mata uang          Nilai  Dana\n"
            "--------------------  ------  ------------  ---------  -------------  -----\n"
            "1.1.02 Bank, dollars  100,00                USD         1.625.000,00  usaid\n"
            "  4.1 Grants                  1.625.000,00  IDR        -1.625.000,00  usaid\n");
}

TEST_F(EntryCommandsTest, WritesAnEntryAsCsvWithARowForEachPosting) {
  server_.data().entry = DollarEntry();
  EXPECT_EQ(Run({"entry", "show", "JU-2026-000007", "--output", "csv", "--locale", "id"}).out,
            "sequence,number,date,description,reference,kind,source,account,amount,currency,"
            "functional_amount,functional_currency,fund,dimensions,memo,entry\r\n"
            "7,JU-2026-000007,2026-01-06,\"Grant, first instalment\",,standard,,1.1.02,100.00,USD,"
            "1625000.00,IDR,usaid,,,books/main/entries/0007\r\n"
            "7,JU-2026-000007,2026-01-06,\"Grant, first instalment\",,standard,,4.1,-1625000.00,"
            "IDR,-1625000.00,IDR,usaid,,,books/main/entries/0007\r\n");
}

TEST_F(EntryCommandsTest, ListsEntriesWithWhatTheyAreWorth) {
  *server_.data().entries.add_journal_entries() = DollarEntry();
  EXPECT_EQ(Run({"entry", "list", "--locale", "en"}).out,
            "Date        Number          Description              Reference  Kind            "
            "Amount  Currency\n"
            "----------  --------------  -----------------------  ---------  --------  "
            "------------  --------\n"
            "2026-01-06  JU-2026-000007  Grant, first instalment             standard  "
            "1,625,000.00  IDR\n");
}

TEST_F(EntryCommandsTest, SendsEveryFilterOfAList) {
  Run({"entry",       "list",           "--account",    "1.1",     "--from",
       "2026-01-01",  "--to",           "2026-03-31",   "--fund",  "usaid",
       "--dimension", "grant=G1",       "--min-amount", "1.000",   "--max-amount",
       "2.000,50",    "--currency",     "IDR",          "--text",  "taxi",
       "--source",    "manual",         "--kind",       "closing", "--request-id",
       "r1",          "--newest-first", "--limit",      "5",       "--locale",
       "id"});
  const v1::ListJournalEntriesRequest& request = server_.received().list_entries;
  EXPECT_EQ(request.account(), "1.1");
  EXPECT_EQ(request.from_date(), "2026-01-01");
  EXPECT_EQ(request.to_date(), "2026-03-31");
  EXPECT_EQ(request.fund(), "usaid");
  EXPECT_EQ(request.dimensions().at("grant"), "G1");
  EXPECT_EQ(request.min_amount(), "1000");
  EXPECT_EQ(request.max_amount(), "2000.50");
  EXPECT_EQ(request.currency(), "IDR");
  EXPECT_EQ(request.text(), "taxi");
  EXPECT_EQ(request.source(), "manual");
  EXPECT_EQ(request.kind(), v1::ENTRY_KIND_CLOSING);
  EXPECT_EQ(request.request_id(), "r1");
  EXPECT_TRUE(request.newest_first());
  EXPECT_EQ(request.page_size(), 5);
}

}  // namespace
}  // namespace lumbung::cli
