// The real books of the reference folder, imported into books of ours, against what their own
// programs say of them.
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/currency.h"
#include "services/ledger/transfer/import_journal.h"
#include "services/ledger/transfer/problems.h"
#include "tests/differential/peer_output.h"
#include "tests/ledger/import/journal_testing.h"
#include "tests/services/ledger/transfer/import_fixture.h"
#include "tests/support/shared_folder.h"

namespace lumbung::transfer {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;

constexpr char kRounding[] = "Expenses:Rounding";

// As the file's own program knows it: without a symbol where there is none.
Balances WithPeerSymbols(const Balances& balances) {
  Balances renamed;
  for (const auto& [key, balance] : balances) {
    renamed[{key.first, key.second == lumbung::kNoCommodity ? "" : key.second}] = balance;
  }
  return renamed;
}

std::string Peer(const std::string& book, const std::string& file) {
  return testing::ReadSharedFile(absl::StrCat("cases/books/peers/", book, "/", file));
}

struct HledgerBook {
  const char* name;
  const char* extension;
};

class ImportBooksTest : public ImportTest {
 protected:
  absl::StatusOr<ImportReport> ImportFile(BookKey book, const std::string& file) {
    ImportOptions options = OptionsFor(file);
    options.residue_account = kRounding;
    // sample.ledger and drewr3.ledger have automated postings; what we leave out is told.
    options.allow_unsupported = true;
    return ImportReference(book, options);
  }
  // Balances in amounts and at cost are what a plain reading of the file gives, which
  // tests/differential compares with the peers posting by posting.
  void ExpectBalancesOfTheFile(BookKey book, const std::string& file,
                               const import::Reader& reader) {
    import::RecordingSink sink;
    ASSERT_THAT(reader(import::FolderFiles(ReferenceInputs()), file, sink), IsOk());
    Balances amounts, weights;
    for (const import::ParsedTransaction& transaction : sink.transactions()) {
      for (const import::ParsedPosting& posting : transaction.postings) {
        Decimal& amount = amounts[{posting.account, posting.amount.commodity}];
        amount = *Add(amount, posting.amount.quantity);
        Decimal& weight = weights[{posting.account, posting.weight.commodity}];
        weight = *Add(weight, posting.weight.quantity);
      }
    }
    Balances ours = WithPeerSymbols(BalancesOf(book));
    Balances ours_at_cost = WithPeerSymbols(FunctionalBalancesOf(book));
    for (Balances* balances : {&amounts, &weights, &ours, &ours_at_cost}) {
      for (auto it = balances->begin(); it != balances->end();) {
        const bool residue = it->first.first == kRounding;
        it = it->second.IsZero() || residue ? balances->erase(it) : std::next(it);
      }
    }
    EXPECT_EQ(Written(ours), Written(amounts));
    EXPECT_EQ(Written(ours_at_cost), Written(weights));
  }
  void ExpectSecondImportChangesNothing(BookKey book, const std::string& file) {
    const std::string before = Dump();
    const auto again = ImportFile(book, file);
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->entry_count, 0);
    EXPECT_EQ(Dump() == before, true) << "the second import of " << file << " changed something";
  }
};

TEST_F(ImportBooksTest, HledgerJournalsHaveHledgersFigures) {
  for (const char* name : {"1ktxns-100accts", "business", "costs-1", "costs-2a", "costs-3",
                           "multi-year-2021", "multicurrency", "quickstart", "vat"}) {
    SCOPED_TRACE(name);
    const std::string file = absl::StrCat(name, ".journal");
    const BookKey book = CreateBook(absl::AsciiStrToLower(name), "IDR");
    const auto report = ImportFile(book, file);
    ASSERT_THAT(report, IsOk());
    EXPECT_GT(report->entry_count, 0);
    EXPECT_THAT(import::Differences(WithPeerSymbols(BalancesOf(book)),
                                    import::HledgerBalances(Peer(name, "hledger.balance.csv"))),
                IsEmpty());
    EXPECT_THAT(
        import::Differences(WithPeerSymbols(FunctionalBalancesOf(book)),
                            import::HledgerBalances(Peer(name, "hledger.balance-at-cost.csv"))),
        IsEmpty());
    ExpectBalancesOfTheFile(book, file, import::ReadHledger);
    ExpectSecondImportChangesNothing(book, file);
  }
}

TEST_F(ImportBooksTest, LedgerJournalsHaveTheFiguresOfTheFile) {
  for (const char* name : {"demo", "drewr3", "npo", "sample", "transfer"}) {
    SCOPED_TRACE(name);
    const std::string file = absl::StrCat(name, ".ledger");
    const BookKey book = CreateBook(name, "IDR");
    const auto report = ImportFile(book, file);
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(report->format, import::JournalFormat::kLedger);
    ExpectBalancesOfTheFile(book, file, import::ReadLedger);
    ExpectSecondImportChangesNothing(book, file);
  }
}

TEST_F(ImportBooksTest, BeancountBooksHaveBeancountsFiguresInABookOfAnyCurrency) {
  for (const char* name : {"bean-basic", "bean-starter", "example"}) {
    for (const char* functional : {"IDR", "USD"}) {
      SCOPED_TRACE(absl::StrCat(name, " in ", functional));
      const std::string file = absl::StrCat(name, ".beancount");
      const BookKey book =
          CreateBook(absl::AsciiStrToLower(absl::StrCat(name, "-", functional)), functional);
      ASSERT_THAT(ImportFile(book, file), IsOk());
      ExpectBalancesOfTheFile(book, file, import::ReadBeancount);
      ExpectSecondImportChangesNothing(book, file);
    }
  }
}

TEST_F(ImportBooksTest, TheExampleLeavesItsResiduesOnTheAccountForThem) {
  const BookKey book = CreateBook("main", "IDR");
  ImportOptions options = OptionsFor("example.beancount");
  EXPECT_THAT(ImportReference(book, options), Refuses("RESIDUE"));
  options.residue_account = kRounding;
  const auto report = ImportReference(book, options);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->entry_count, 1'146);
  // What beancount's own weights of all postings leave.
  EXPECT_EQ(FunctionalBalancesOf(book)[std::make_pair(kRounding, "USD")],
            *Decimal::Parse("0.04306"));
  // bean-query's own figures at cost, to the cents it shows.
  int compared = 0;
  Balances ours = FunctionalBalancesOf(book);
  for (const auto& row : import::ParseCsv(Peer("example", "bean-query.balance-at-cost.csv"), '"')) {
    const std::vector<std::string> words =
        absl::StrSplit(row.at(1), absl::ByAnyChar(" \r"), absl::SkipEmpty());
    if (words.size() != 2) continue;
    const std::string account(absl::StripAsciiWhitespace(row[0]));
    const Decimal off =
        *Subtract(ours[std::make_pair(account, words[1])], *Decimal::Parse(words[0]));
    EXPECT_LT(off.Abs(), *Decimal::Parse("0.01")) << account << " " << words[1];
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST_F(ImportBooksTest, RefusesCostsThatDoNotBalanceAndAmountExpressions) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string before = Dump();
  EXPECT_THAT(ImportReference(book, OptionsFor("costs-4.journal")), Refuses("UNBALANCED"));
  const auto divided = ImportReference(book, OptionsFor("divzero.ledger"));
  EXPECT_FALSE(divided.ok());
  EXPECT_TRUE(absl::StrContains(divided.status().message(), "not supported")) << divided.status();
  EXPECT_EQ(Dump(), before);
}

}  // namespace
}  // namespace lumbung::transfer
