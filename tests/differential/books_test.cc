// Real books, read by us and by the programs they were written for: every posting must be the same.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_output.h"
#include "tests/ledger/import/journal_testing.h"
#include "tests/support/shared_folder.h"

namespace lumbung::import {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What these books hold that we leave out, or why we refuse them. Of all others everything is read.
const std::map<std::string, std::vector<std::string>> kLeftOut = {
    {"demo.ledger",
     {"demo.ledger:6 secondary date", "demo.ledger:7 secondary date",
      "demo.ledger:8 secondary date", "demo.ledger:9 secondary date",
      "demo.ledger:10 secondary date", "demo.ledger:11 secondary date"}},
    {"drewr3.ledger",
     {"drewr3.ledger:3 automated posting", "drewr3.ledger:20 secondary date",
      "drewr3.ledger:21 secondary date", "drewr3.ledger:22 secondary date",
      "drewr3.ledger:23 secondary date", "drewr3.ledger:24 secondary date",
      "drewr3.ledger:25 secondary date", "drewr3.ledger:28 secondary date"}},
    {"sample.ledger",
     {"sample.ledger:3 N", "sample.ledger:5 automated posting",
      "sample.ledger:8 periodic transaction", "sample.ledger:12 periodic transaction",
      "sample.ledger:20 secondary date"}},
};
const std::vector<std::string> kRefused = {"costs-4.journal", "divzero.ledger"};

std::string Books() {
  return lumbung::testing::SharedPath("cases/books");
}

std::vector<std::string> BooksNamed(absl::string_view extension) {
  std::vector<std::string> names;
  const std::string inputs = Books() + "/inputs";
  if (!std::filesystem::is_directory(inputs)) {
    ADD_FAILURE() << inputs << " is missing. Tests need the reference folder: set "
                  << "LUMBUNG_SHARED_DIR to it.";
    return names;
  }
  for (const auto& entry : std::filesystem::directory_iterator(inputs)) {
    const std::string name = entry.path().filename();
    const bool refused = std::count(kRefused.begin(), kRefused.end(), name) > 0;
    if (absl::EndsWith(name, extension) && !refused) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// What a peer says of a book: a file of the reference folder.
std::string PeerFile(const std::string& book, const std::string& file) {
  const std::string stem = std::filesystem::path(book).stem();
  return absl::StrCat("cases/books/peers/", stem, "/", file);
}

std::string Peer(const std::string& book, const std::string& file) {
  return lumbung::testing::ReadSharedFile(PeerFile(book, file));
}

absl::Status ReadBook(const Reader& reader, const std::string& book, RecordingSink& sink) {
  return reader(FolderFiles(Books() + "/inputs"), book, sink);
}

TEST(BooksTest, HledgerJournalsHaveThePostingsThatHledgerPrints) {
  const std::vector<std::string> books = BooksNamed(".journal");
  EXPECT_THAT(books, SizeIs(::testing::Ge(8)));
  for (const std::string& book : books) {
    SCOPED_TRACE(book);
    RecordingSink sink;
    ASSERT_EQ(ReadBook(ReadHledger, book, sink), absl::OkStatus());
    EXPECT_EQ(FirstDifference(HledgerPostings(sink.transactions()),
                              HledgerPostings(Peer(book, "hledger.postings.csv"))),
              "");
    EXPECT_THAT(Differences(WeightBalances(sink.transactions(), false),
                            HledgerBalances(Peer(book, "hledger.balance-at-cost.csv"))),
                IsEmpty());
    EXPECT_THAT(sink.unsupported(), IsEmpty());
  }
}

TEST(BooksTest, LedgerJournalsHaveThePostingsThatLedgerPrints) {
  const std::vector<std::string> books = BooksNamed(".ledger");
  EXPECT_THAT(books, SizeIs(::testing::Ge(5)));
  for (const std::string& book : books) {
    SCOPED_TRACE(book);
    RecordingSink sink;
    ASSERT_EQ(ReadBook(ReadLedger, book, sink), absl::OkStatus());
    EXPECT_EQ(FirstDifference(LedgerPostings(sink.transactions()),
                              LedgerPostings(Peer(book, "ledger.postings.csv"))),
              "");
    // ledger's totals hold what its automated postings add; we leave those out.
    Balances theirs = LedgerBalances(Peer(book, "ledger.balance-at-cost.txt"));
    theirs.erase({"Liabilities:Taxes", "$"});
    theirs.erase({"Liabilities:Tithe", "$"});
    Balances ours = WeightBalances(sink.transactions(), true);
    for (auto it = ours.begin(); it != ours.end();) {
      const bool shown = std::any_of(theirs.begin(), theirs.end(), [&](const auto& entry) {
        return entry.first.first == it->first.first;
      });
      it = shown || it->second.IsZero() ? std::next(it) : ours.erase(it);
    }
    EXPECT_THAT(Differences(ours, theirs), IsEmpty());
    const auto left_out = kLeftOut.find(book);
    EXPECT_EQ(sink.unsupported(),
              left_out == kLeftOut.end() ? std::vector<std::string>() : left_out->second);
  }
}

TEST(BooksTest, LedgerJournalsThatHledgerReadsHaveThePostingsThatItPrints) {
  int compared = 0;
  for (const std::string& book : BooksNamed(".ledger")) {
    if (!std::filesystem::exists(
            lumbung::testing::SharedPath(PeerFile(book, "hledger.postings.csv"))))
      continue;
    SCOPED_TRACE(book);
    ++compared;
    for (const auto& [name, reader] :
         {std::make_pair("hledger", ReadHledger), std::make_pair("ledger", ReadLedger)}) {
      SCOPED_TRACE(name);
      RecordingSink sink;
      ASSERT_EQ(ReadBook(reader, book, sink), absl::OkStatus());
      EXPECT_EQ(FirstDifference(HledgerPostings(sink.transactions()),
                                HledgerPostings(Peer(book, "hledger.postings.csv"))),
                "");
    }
  }
  EXPECT_GE(compared, 3);
}

TEST(BooksTest, CostsThatDoNotBalanceAreRefusedWithWhatIsLeft) {
  RecordingSink sink;
  const absl::Status status = ReadBook(ReadHledger, "costs-4.journal", sink);
  EXPECT_EQ(ReasonOf(status), "UNBALANCED");
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("costs-4.journal:1: the transaction of 2022-01-01 (lines 1-5) leaves "
                        "135.00 $ and -100 €"));
}

TEST(BooksTest, AmountExpressionsAreRefusedByName) {
  RecordingSink sink;
  const absl::Status status = ReadBook(ReadLedger, "divzero.ledger", sink);
  EXPECT_EQ(ReasonOf(status), "PARSE_ERROR");
  EXPECT_THAT(std::string(status.message()), HasSubstr("divzero.ledger:9: "));
  EXPECT_THAT(std::string(status.message()), HasSubstr("an amount expression is not supported"));
}

}  // namespace
}  // namespace lumbung::import
