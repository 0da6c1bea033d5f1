#include "services/ledger/transfer/import_journal.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "services/ledger/transfer/problems.h"
#include "tests/services/ledger/transfer/import_fixture.h"

namespace lumbung::transfer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;

constexpr char kLunch[] =
    "2026-01-05 * Warung | lunch\n"
    "    Expenses:Food    50000 IDR\n"
    "    Assets:Cash\n"
    "\n"
    "2026-01-06 Warung | lunch\n"
    "    Expenses:Food    25000.50 IDR\n"
    "    Assets:Cash\n";

constexpr char kEntryCount[] =
    "select count(*) from ledger.journal_entry where organization_id = $1 and book_id = $2";
constexpr char kMetadataVersion[] =
    "select metadata_version from ledger.book_head where organization_id = $1 and book_id = $2";

class ImportJournalTest : public ImportTest {
 protected:
  // What a refused import says, one problem a line, after making sure that it left nothing behind.
  std::string Refused(BookKey book, const std::string& journal,
                      ImportOptions options = OptionsFor("a.journal")) {
    const std::string before = Dump();
    const absl::Status status = Import(book, journal, std::move(options)).status();
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(Dump(), before);
    return absl::StrCat(ReasonOf(status), "\n", absl::StrJoin(ProblemsOf(status), "\n"), "\n");
  }
  void CreateAccount(BookKey book, const std::string& key, const std::string& code,
                     AccountType type) {
    store::NewAccount account;
    account.key = key;
    account.code = code;
    account.type = type;
    const std::vector<store::NewAccount> accounts = {account};
    ASSERT_THAT(Do([&](store::TransactionScope& scope) {
                  return store::CreateAccounts(scope, book, accounts);
                }),
                IsOk());
  }
  void CreateCurrency(BookKey book, const std::string& code) {
    store::NewCurrency currency;
    currency.code = code;
    const std::vector<store::NewCurrency> currencies = {currency};
    ASSERT_THAT(Do([&](store::TransactionScope& scope) {
                  return store::CreateCurrencies(scope, book, currencies);
                }),
                IsOk());
  }
  std::string AccountsOf(BookKey book) {
    return Value(book,
                 "select string_agg(concat_ws(' ', a.key, a.type, p.key, "
                 "case when not a.postable then 'header' end), E'\\n' order by a.key) "
                 "from ledger.account a left join ledger.account p "
                 "on p.organization_id = a.organization_id and p.book_id = a.book_id "
                 "and p.account_id = a.parent_id "
                 "where a.organization_id = $1 and a.book_id = $2");
  }
};

TEST_F(ImportJournalTest, BringsInAccountsEntriesAndBalances) {
  const BookKey book = CreateBook("main", "IDR");
  const auto report = Import(book, kLunch);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->format, import::JournalFormat::kHledger);
  EXPECT_EQ(report->entry_count, 2);
  EXPECT_EQ(report->posting_count, 4);
  EXPECT_EQ(report->already_imported_count, 0);
  EXPECT_EQ(report->accounts_created, 4);
  EXPECT_EQ(report->currencies_created, 0);
  EXPECT_EQ(report->first_date->ToString(), "2026-01-05");
  EXPECT_EQ(report->last_date->ToString(), "2026-01-06");
  EXPECT_EQ(report->digest.size(), 64u);
  ASSERT_EQ(report->totals.size(), 2u);
  EXPECT_EQ(report->totals[0].account, "Assets:Cash");
  EXPECT_EQ(report->totals[0].credit.ToString(), "75000.50");
  EXPECT_EQ(report->totals[0].debit.ToString(), "0");
  EXPECT_EQ(Written(BalancesOf(book)),
            "Assets:Cash IDR -75000.5\n"
            "Expenses:Food IDR 75000.5\n");
  EXPECT_EQ(AccountsOf(book),
            "Assets 1 header\n"
            "Assets:Cash 1 Assets\n"
            "Expenses 5 header\n"
            "Expenses:Food 5 Expenses");
  EXPECT_EQ(Value(book,
                  "select string_agg(concat_ws(' | ', effective_date, description, source, tags), "
                  "E'\\n' order by entry_id) from ledger.journal_entry "
                  "where organization_id = $1 and book_id = $2"),
            "2026-01-05 | Warung | lunch | import:hledger | {\"status\": \"*\"}\n"
            "2026-01-06 | Warung | lunch | import:hledger");
  EXPECT_THAT(progress_.stages(), ElementsAre("reading", "posting", "adding balances"));
}

TEST_F(ImportJournalTest, ChangesNothingTheSecondTime) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string journal = absl::StrCat(
      "commodity 1.000 XAU\n"
      "account Assets:Empty\n"
      "P 2026-01-01 XAU 1900000 IDR\n",
      kLunch, kLunch,  // The same entries twice are four entries.
      "2026-01-07 x\n"
      "    Assets:Gold    1 XAU @ 1900000 IDR\n"
      "    Assets:Cash    -1900000 IDR = -2050001 IDR\n");
  const auto first = Import(book, journal);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->entry_count, 5);
  EXPECT_EQ(first->rates_created, 1);
  EXPECT_EQ(first->assertions_checked, 1);
  EXPECT_EQ(first->assertions_stored, 1);
  const std::string before = Dump();
  const auto second = Import(book, journal);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(Dump(), before);
  EXPECT_EQ(second->entry_count, 0);
  EXPECT_EQ(second->already_imported_count, 5);
  EXPECT_EQ(second->accounts_created + second->currencies_created + second->rates_created, 0);
  EXPECT_EQ(second->assertions_checked, 1);
  EXPECT_EQ(second->assertions_stored, 0);
  EXPECT_THAT(second->totals, IsEmpty());
  EXPECT_EQ(second->digest, first->digest);
}

TEST_F(ImportJournalTest, AddsWhatAFileHasGainedSinceTheLastTime) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, kLunch), IsOk());
  // The new coffee stands before what was there, in a file of another name.
  const auto report = Import(book,
                             absl::StrCat("2026-01-02 coffee\n"
                                          "    Expenses:Food    5000 IDR\n"
                                          "    Assets:Cash\n\n",
                                          kLunch),
                             OptionsFor("b.journal"));
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->entry_count, 1);
  EXPECT_EQ(report->already_imported_count, 2);
  EXPECT_EQ(Written(BalancesOf(book)),
            "Assets:Cash IDR -80000.5\n"
            "Expenses:Food IDR 80000.5\n");
}

TEST_F(ImportJournalTest, LeavesNothingBehindInADryRun) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string before = Dump();
  ImportOptions options = OptionsFor("a.journal");
  options.dry_run = true;
  bool told = false;
  options.on_book_changed = [&told](BookKey) { told = true; };
  const auto dry = Import(book, kLunch, options);
  ASSERT_THAT(dry, IsOk());
  EXPECT_EQ(Dump(), before);
  EXPECT_FALSE(told);
  options.dry_run = false;
  const auto real = Import(book, kLunch, options);
  ASSERT_THAT(real, IsOk());
  EXPECT_TRUE(told);
  EXPECT_EQ(dry->entry_count, real->entry_count);
  EXPECT_EQ(dry->accounts_created, real->accounts_created);
  EXPECT_EQ(dry->digest, real->digest);
}

TEST_F(ImportJournalTest, LeavesNoTraceWhenCancelled) {
  const BookKey book = CreateBook("main", "IDR");
  std::string journal;
  for (int i = 0; i < 5'000; ++i) {
    absl::StrAppend(&journal, "2026-01-05 lunch ", i,
                    "\n    Expenses:Food    1 IDR\n    Assets:Cash\n\n");
  }
  const std::string before = Dump();
  for (const char* stage : {"reading", "posting"}) {
    progress_.cancel_when = [stage](const RecordingProgress& progress) {
      return !progress.stages().empty() && progress.stages().back() == stage &&
             progress.done() >= 2'000;
    };
    EXPECT_THAT(Import(book, journal), Refuses("CANCELLED")) << stage;
    EXPECT_EQ(Dump(), before) << stage;
  }
  progress_.cancel_when = nullptr;
  // In bulk: balances are added at the end.
  ASSERT_THAT(Import(book, journal), IsOk());
  EXPECT_EQ(Written(BalancesOf(book)),
            "Assets:Cash IDR -5000\n"
            "Expenses:Food IDR 5000\n");
  EXPECT_EQ(Value(book,
                  "select last_entry_id from ledger.turnover_fold "
                  "where organization_id = $1 and book_id = $2"),
            "5000");
}

TEST_F(ImportJournalTest, NamesEveryProblemAndItsPlace) {
  const BookKey book = CreateBook("main", "IDR");
  CreateCurrency(book, "USD");
  EXPECT_EQ(Refused(book,
                    "2026-01-05 good\n    a    1 IDR\n    b\n"
                    "2026-01-06 no rate\n    a    1 USD\n    b\n"
                    "2026-01-07 good\n    a    1 IDR\n    b\n"
                    "2026-01-08 alone\n    a    0 IDR\n"),
            "RATE_MISSING\n"
            "a.journal:4: no rate of USD in IDR on or before 2026-01-06\n"
            "a.journal:10: postings: found 1; an entry has at least 2 postings\n");
}

TEST_F(ImportJournalTest, RefusesWhatTheReaderRefuses) {
  const BookKey book = CreateBook("main", "IDR");
  EXPECT_THAT(Refused(book, "2026-13-05 x\n    a    1 IDR\n    b\n"),
              HasSubstr("INVALID_DATE\na.journal:1: "));
  EXPECT_THAT(Refused(book, "2026-01-05 x\n    a    1 IDR\n    b    -2 IDR\n"),
              HasSubstr("UNBALANCED\na.journal:1: "));
  EXPECT_THAT(Refused(book, "include b.journal\n"), HasSubstr("INCLUDE_NOT_FOUND\n"));
}

TEST_F(ImportJournalTest, WantsConsentBeforeItLeavesOutWhatChangesFigures) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string journal = absl::StrCat("= Expenses:Food\n    (Budget:Food)    *-1\n\n", kLunch);
  EXPECT_THAT(Refused(book, journal), HasSubstr("UNSUPPORTED\na.journal:1: "));
  ImportOptions options = OptionsFor("a.journal");
  options.allow_unsupported = true;
  const auto report = Import(book, journal, options);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->entry_count, 2);
  ASSERT_FALSE(report->unsupported.empty());
  EXPECT_THAT(report->unsupported.begin()->second.places, ElementsAre("a.journal:1"));
}

TEST_F(ImportJournalTest, RefusesResiduesWithTheListUnlessAnAccountTakesThem) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string journal =
      "commodity 1000.0 XAU\n"
      "2026-01-05 x\n    Assets:Gold    1.04 XAU\n    Assets:Box    -1 XAU\n"
      "2026-01-06 x\n    Assets:Gold    1 XAU\n    Assets:Box    -1.03 XAU\n";
  EXPECT_EQ(Refused(book, journal),
            "RESIDUE\n"
            "a.journal:2: the transaction is off balance by 0.04 XAU, within its format's "
            "tolerance; name a residue account to book it\n"
            "a.journal:5: the transaction is off balance by -0.03 XAU, within its format's "
            "tolerance; name a residue account to book it\n");
  ImportOptions options = OptionsFor("a.journal");
  options.residue_account = "Rounding";
  EXPECT_EQ(Refused(book, journal, options),
            "UNKNOWN_ACCOUNT\n"
            "the book has no account 'Rounding', and its name does not tell its type\n");
  options.residue_account = "Expenses:Rounding";
  const auto report = Import(book, journal, options);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->residue_count, 2);
  EXPECT_EQ(report->residues[0].place.ToString(), "a.journal:2");
  EXPECT_EQ(Written(BalancesOf(book)),
            "Assets:Box XAU -2.03\n"
            "Assets:Gold XAU 2.04\n"
            "Expenses:Rounding XAU -0.01\n");
}

TEST_F(ImportJournalTest, MakesACurrencyFinerOnlyWhileNothingUsesIt) {
  const BookKey book = CreateBook("main", "IDR");
  const std::string fine = "2026-01-05 x\n    Expenses:Food    0.125 IDR\n    Assets:Cash\n";
  ASSERT_THAT(Import(book, fine), IsOk());
  EXPECT_EQ(Value(book,
                  "select scale from ledger.currency "
                  "where organization_id = $1 and book_id = $2 and code = 'IDR'"),
            "3");
  EXPECT_EQ(Refused(book, "2026-01-05 x\n    Expenses:Food    0.0625 IDR\n    Assets:Cash\n"),
            "SCALE_EXCEEDED\n"
            "amounts in IDR have at most 3 decimals; the file has 4\n");
}

TEST_F(ImportJournalTest, CreatesCommoditiesAsFineAsTheFileNeeds) {
  const BookKey book = CreateBook("main", "IDR");
  ImportOptions options = OptionsFor("a.journal");
  options.currency_names = {{"$", "USD"}};
  ASSERT_THAT(Import(book,
                     "2026-01-05 x\n    Assets:Cash    $1.5\n    Equity:Open\n"
                     "2026-01-05 x\n    Assets:Bytes    1.2345 GiB\n    Equity:Open\n"
                     "2026-01-05 x\n    Assets:Plain    3\n    Equity:Open\n",
                     options),
              IsOk());
  EXPECT_EQ(Value(book,
                  "select string_agg(concat_ws(' ', code, scale, commodity), E'\\n' order by code) "
                  "from ledger.currency where organization_id = $1 and book_id = $2"),
            "(none) 0 t\n"
            "GiB 4 t\n"
            "IDR 2 f\n"
            "USD 2 t");
  EXPECT_EQ(Refused(book, "2026-01-05 x\n    a    0.0000000000001 TINY\n    b\n"),
            "SCALE_EXCEEDED\n"
            "amounts in TINY have at most 12 decimals; the file has 13\n");
}

TEST_F(ImportJournalTest, FindsAccountsByKeyAndByCode) {
  const BookKey book = CreateBook("main", "IDR");
  CreateAccount(book, "cash", "Assets:Cash", AccountType::kAsset);
  CreateAccount(book, "Expenses:Food", "5.1", AccountType::kExpense);
  const auto report = Import(book, kLunch);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->accounts_created, 0);
  EXPECT_EQ(Written(BalancesOf(book)),
            "Expenses:Food IDR 75000.5\n"
            "cash IDR -75000.5\n");
}

TEST_F(ImportJournalTest, PutsAnAccountBelowAParentThatMayHaveIt) {
  const BookKey book = CreateBook("main", "IDR");
  const auto report = Import(book,
                             "account Assets:Bank\n"
                             "account Assets:Bank:Loan  ; type:L\n"
                             "account Expenses:Refunds  ; type:R\n"
                             "account Strange:Thing\n");
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(AccountsOf(book),
            "Assets 1 header\n"
            "Assets:Bank 1 Assets\n"
            "Assets:Bank:Loan 2\n"
            "Expenses 5 header\n"
            "Expenses:Refunds 4 Expenses\n"
            "Strange 1 header\n"
            "Strange:Thing 1 Strange");
  std::string assumptions;
  for (const auto& [what, assumed] : report->unsupported) {
    absl::StrAppend(&assumptions, what, ": ", absl::StrJoin(assumed.places, ", "), "\n");
  }
  EXPECT_EQ(assumptions,
            "account of another type than its parent, put elsewhere in the tree: "
            "Assets:Bank:Loan\n"
            "account of unknown type, taken as an asset: Strange\n");
}

TEST_F(ImportJournalTest, CreatesNothingWhenOnlyWhatExistsMayBeUsed) {
  const BookKey book = CreateBook("main", "IDR");
  ImportOptions options = OptionsFor("a.journal");
  options.existing_only = true;
  EXPECT_EQ(
      Refused(book, absl::StrCat(kLunch, "2026-01-05 x\n    Assets:Gold  1 XAU\n    a\n"), options),
      "UNKNOWN_CURRENCY\n"
      "the book has no currency 'XAU'\n"
      "the book has no account 'Assets:Cash'\n"
      "the book has no account 'Assets:Gold'\n"
      "the book has no account 'Expenses:Food'\n"
      "the book has no account 'a'\n");
  CreateAccount(book, "Assets:Cash", "", AccountType::kAsset);
  CreateAccount(book, "Expenses:Food", "", AccountType::kExpense);
  EXPECT_THAT(Import(book, kLunch, options), IsOk());
}

TEST_F(ImportJournalTest, UsesPricesAsRatesAndRecordsEachOnce) {
  const BookKey book = CreateBook("main", "IDR");
  CreateCurrency(book, "USD");
  const std::string prices = "P 2026-01-01 USD 16000 IDR\nP 2026-01-06 USD 16100 IDR\n";
  const auto report =
      Import(book, absl::StrCat(prices, prices,
                                "2026-01-05 x\n    Assets:Bank    1.50 USD\n    Equity:Open\n"
                                "2026-01-07 x\n    Assets:Bank    1 USD\n    Equity:Open\n"));
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->rates_created, 2);
  EXPECT_EQ(Written(FunctionalBalancesOf(book)),
            "Assets:Bank IDR 40100\n"
            "Equity:Open IDR -40100\n");
}

TEST_F(ImportJournalTest, StaysTrueToWhatItImportedWhenRatesChangeLater) {
  const BookKey book = CreateBook("main", "IDR");
  CreateCurrency(book, "USD");
  const std::string bank = "2026-01-05 x\n    Assets:Bank    1.50 USD\n    Equity:Open\n";
  ASSERT_THAT(Import(book, absl::StrCat("P 2026-01-01 USD 16000 IDR\n", bank)), IsOk());
  const auto again = Import(book, absl::StrCat("P 2026-01-04 USD 17000 IDR\n", bank));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->already_imported_count, 1);
  EXPECT_EQ(Written(FunctionalBalancesOf(book)),
            "Assets:Bank IDR 24000\n"
            "Equity:Open IDR -24000\n");
}

TEST_F(ImportJournalTest, RefusesAFileWhoseAssertionsDoNotHold) {
  const BookKey book = CreateBook("main", "IDR");
  EXPECT_EQ(Refused(book,
                    "2026-01-05 x\n    a    1 IDR = 2 IDR\n    b\n"
                    "2026-01-06 x\n    a    1 IDR = 3 IDR\n    b\n"),
            "ASSERTION_FAILED\n"
            "a.journal:2: a: expected 2 IDR, found 1\n"
            "a.journal:5: a: expected 3 IDR, found 2\n");
}

TEST_F(ImportJournalTest, KeepsOnlyTheAssertionsThatHoldInTheBook) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, "2026-01-01 open\n    a    100 IDR\n    b\n"), IsOk());
  const auto report =
      Import(book, "2026-01-05 x\n    a    1 IDR = 1 IDR\n    c    -1 IDR = -1 IDR\n",
             OptionsFor("b.journal"));
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->assertions_checked, 2);
  EXPECT_EQ(report->assertions_stored, 1);
  // What is kept holds from now on.
  EXPECT_THAT(Import(book, "2026-01-04 x\n    c    -1 IDR\n    b\n", OptionsFor("c.journal")),
              Refuses("ASSERTION_FAILED"));
}

TEST_F(ImportJournalTest, GivesTagsOfADimensionTheirValues) {
  const BookKey book = CreateBook("main", "IDR");
  const std::vector<store::NewDimension> dimensions = {{"project", "Project"}};
  ASSERT_THAT(Do([&](store::TransactionScope& scope) {
                return store::CreateDimensions(scope, book, dimensions);
              }),
              IsOk());
  const auto report = Import(book,
                             "2026-01-05 x  ; project: Wells\n"
                             "    Expenses:Pump    5 IDR\n"
                             "    Assets:Cash    ; project: Roads\n");
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->dimension_values_created, 2);
  EXPECT_EQ(Value(book,
                  "select string_agg(v.key, ' ' order by p.line) from ledger.posting p "
                  "join ledger.dimension_set s using (organization_id, book_id, dimension_set_id) "
                  "join ledger.dimension_value v on v.organization_id = p.organization_id "
                  "and v.book_id = p.book_id and v.value_id = s.members[2] "
                  "where p.organization_id = $1 and p.book_id = $2"),
            "Wells Roads");
}

TEST_F(ImportJournalTest, WaitsForWhoeverHoldsTheBook) {
  const BookKey book = CreateBook("main", "IDR");
  CreateAccount(book, "Assets:Cash", "", AccountType::kAsset);
  // Planned against a book that changes before the import takes its lock.
  const std::string version = Value(book, kMetadataVersion);
  progress_.cancel_when = [&, changed = false](const RecordingProgress&) mutable {
    if (!std::exchange(changed, true)) {
      CreateAccount(book, "Expenses:Food", "", AccountType::kExpense);
    }
    return false;
  };
  ASSERT_THAT(Import(book, kLunch), IsOk());
  EXPECT_NE(Value(book, kMetadataVersion), version);
  EXPECT_EQ(Value(book, kEntryCount), "2");
}

}  // namespace
}  // namespace lumbung::transfer
