#include "services/ledger/transfer/export_journal.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/currency.h"
#include "ledger/export/beancount_names.h"
#include "ledger/export/percent_code.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/transactional_posting.h"
#include "tests/differential/peer_output.h"
#include "tests/differential/peer_program.h"
#include "tests/services/ledger/transfer/import_fixture.h"

namespace lumbung::transfer {
namespace {

using import::JournalFormat;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;

constexpr char kSmall[] =
    "2026-01-06 * (K-17) Toko | rice\n"
    "    Expenses:Food    50000.50 IDR\n"
    "    Assets:Cash\n"
    "\n"
    "2026-01-05 gold\n"
    "    Assets:Gold    1.5 XAU @ 1000000 IDR\n"
    "    Assets:Cash\n";

// The seed of the run: LUMBUNG_SEED, or another one every time.
std::uint64_t Seed() {
  const char* const given = std::getenv("LUMBUNG_SEED");
  std::uint64_t seed = 0;
  if (given != nullptr && absl::SimpleAtoi(given, &seed)) return seed;
  return std::random_device()();
}

class ExportJournalTest : public ImportTest {
 protected:
  std::string Export(BookKey book, JournalFormat format, std::optional<Date> from = std::nullopt,
                     std::optional<Date> to = std::nullopt) {
    std::string text;
    const auto count =
        ExportJournal(database_.pool(), book, {format, from, to}, [&text](absl::string_view chunk) {
          absl::StrAppend(&text, chunk);
          return absl::OkStatus();
        });
    EXPECT_THAT(count, IsOk());
    return text;
  }
  // Imports the text into a new book in rupiah, and calls the accounts as they were called.
  BookKey Reimport(const std::string& slug, const std::string& file, const std::string& text) {
    const BookKey book = CreateBook(slug, "IDR");
    const auto report = Import(book, text, OptionsFor(file));
    EXPECT_THAT(report.status(), IsOk()) << text;
    return book;
  }
  static Balances Decoded(const Balances& balances,
                          const std::function<std::string(const std::string&)>& account,
                          const std::function<std::string(const std::string&)>& currency) {
    Balances decoded;
    for (const auto& [key, balance] : balances) {
      decoded[{account(key.first), currency(key.second)}] = balance;
    }
    return decoded;
  }
  // What the book becomes when hledger's text, or beancount's, is read back.
  void ExpectRoundTrips(BookKey book, const std::string& slug) {
    const auto plain = [](const std::string& name) { return ledger_export::PercentDecode(name); };
    const BookKey from_hledger = Reimport(absl::StrCat(slug, "-hledger"), "a.journal",
                                          Export(book, JournalFormat::kHledger));
    EXPECT_EQ(Written(Decoded(BalancesOf(from_hledger), plain, plain)), Written(BalancesOf(book)));
    EXPECT_EQ(Written(Decoded(FunctionalBalancesOf(from_hledger), plain, plain)),
              Written(FunctionalBalancesOf(book)));

    const auto account = [](const std::string& name) {
      return ledger_export::IdOfBeancountAccount(name);
    };
    const auto currency = [](const std::string& code) {
      return ledger_export::CodeOfBeancountCommodity(code);
    };
    const BookKey from_beancount = Reimport(absl::StrCat(slug, "-beancount"), "a.beancount",
                                            Export(book, JournalFormat::kBeancount));
    EXPECT_EQ(Written(Decoded(BalancesOf(from_beancount), account, currency)),
              Written(BalancesOf(book)));
    EXPECT_EQ(Written(Decoded(FunctionalBalancesOf(from_beancount), account, currency)),
              Written(FunctionalBalancesOf(book)));
  }
  // What hledger makes of our text, and whether beancount has anything against it.
  void ExpectPeersAgree(BookKey book) {
    const std::string folder = ::testing::TempDir();
    const auto save = [&folder](const std::string& name, const std::string& text) {
      const std::string path = absl::StrCat(folder, "/lumbung_", getpid(), "_", name);
      std::FILE* const file = std::fopen(path.c_str(), "w");
      EXPECT_NE(file, nullptr);
      std::fwrite(text.data(), 1, text.size(), file);
      std::fclose(file);
      return path;
    };
    const std::string journal = save("export.journal", Export(book, JournalFormat::kHledger));
    const auto plain = [](const std::string& name) { return ledger_export::PercentDecode(name); };
    for (const bool at_cost : {false, true}) {
      const auto answer = import::RunPeer(absl::StrCat(
          "hledger -f ", journal, " balance --flat -N ", at_cost ? "-B " : "", "-O csv"));
      ASSERT_TRUE(answer.ok) << answer.output;
      const Balances ours =
          Decoded(at_cost ? FunctionalBalancesOf(book) : BalancesOf(book), plain,
                  [](const std::string& code) { return code == kNoCommodity ? "" : code; });
      EXPECT_THAT(
          import::Differences(ours, Decoded(import::HledgerBalances(answer.output), plain, plain)),
          IsEmpty());
    }
    const auto check = import::RunPeer(absl::StrCat(
        "bean-check ", save("export.beancount", Export(book, JournalFormat::kBeancount))));
    EXPECT_TRUE(check.ok) << check.output;
  }
};

TEST_F(ExportJournalTest, WritesTheDaysAskedForInOrder) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, kSmall), IsOk());
  const std::string all = Export(book, JournalFormat::kHledger);
  EXPECT_LT(all.find("2026-01-05 * gold"), all.find("2026-01-06 * (K-17) Toko | rice"));
  EXPECT_THAT(all, HasSubstr("1.5 XAU @@ 1500000.00 IDR"));
  const Date day = *Date::Parse("2026-01-06");
  const std::string one = Export(book, JournalFormat::kHledger, day, day);
  EXPECT_THAT(one, HasSubstr("rice"));
  EXPECT_FALSE(absl::StrContains(one, "* gold"));
  EXPECT_THAT(ExportJournal(database_.pool(), book, {JournalFormat::kLedger, {}, {}},
                            [](absl::string_view) { return absl::OkStatus(); }),
              Refuses("UNKNOWN_FORMAT"));
}

TEST_F(ExportJournalTest, WritesARowForEachPostingAsCsv) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, kSmall), IsOk());
  const auto rows = import::ParseCsv(Export(book, JournalFormat::kCsv), '"');
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[1].at(2), "2026-01-05");
}

TEST_F(ExportJournalTest, EndsWithWhatTheReaderOfTheTextSays) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, kSmall), IsOk());
  EXPECT_TRUE(absl::IsCancelled(
      ExportJournal(database_.pool(), book, {JournalFormat::kHledger, {}, {}},
                    [](absl::string_view) { return absl::CancelledError("gone"); })
          .status()));
}

TEST_F(ExportJournalTest, GivesAmountsWithoutACommodityBackWithoutOne) {
  const BookKey book = CreateBook("main", "IDR");
  ASSERT_THAT(Import(book, "2026-01-05 x\n    a    5.25\n    b\n"), IsOk());
  EXPECT_THAT(Export(book, JournalFormat::kHledger), HasSubstr("    a  5.25\n    b  -5.25\n"));
  ExpectPeersAgree(book);
  ExpectRoundTrips(book, "again");
}

// Books with all that the ledger can hold, entries drawn at random.
class RandomBookTest : public ExportJournalTest {
 protected:
  void SetUp() override {
    seed_ = Seed();
    random_.seed(seed_);
    std::printf("LUMBUNG_SEED=%llu\n", static_cast<unsigned long long>(seed_));
  }
  int Below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
  template <typename T>
  const T& Pick(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(Below(static_cast<int>(choices.size())))];
  }
  Decimal Amount(int scale) {
    const int128 units = (Below(2) == 0 ? -1 : 1) * (1 + Below(100'000'000));
    return *Decimal::FromUnits(units, scale);
  }

  absl::Status FillBook(BookKey book) {
    return store::RunInTransaction(
        database_.pool(), {organization_}, [&](store::TransactionScope& scope) -> absl::Status {
          std::vector<store::NewAccount> accounts;
          for (const std::string& key : kAccounts) {
            store::NewAccount account;
            account.key = key;
            account.display_name = "Account " + key;
            account.type = static_cast<AccountType>(1 + Below(5));
            accounts.push_back(account);
          }
          LUMBUNG_RETURN_IF_ERROR(store::CreateAccounts(scope, book, accounts).status());
          const std::vector<store::NewCurrency> currencies = {
              {"USD", 2, false, ""}, {"XAU", 3, true, "gold"}, {"BRK.B", 0, true, ""}};
          LUMBUNG_RETURN_IF_ERROR(store::CreateCurrencies(scope, book, currencies).status());
          const std::vector<store::NewFund> funds = {{"WELLS", "Wells", FundRestriction::kPurpose}};
          LUMBUNG_RETURN_IF_ERROR(store::CreateFunds(scope, book, funds).status());
          LUMBUNG_ASSIGN_OR_RETURN(
              store::TransactionalPoster poster,
              store::TransactionalPoster::Open(scope, book,
                                               {false, absl::Now(), OptionsFor("").random_bytes}));
          std::vector<EntryDraft> drafts;
          for (int i = 0; i < 60; ++i) drafts.push_back(Draft(i));
          LUMBUNG_RETURN_IF_ERROR(poster.Post(drafts, {}).status());
          return poster.Finish();
        });
  }

  EntryDraft Draft(int i) {
    EntryDraft draft;
    draft.request_id = absl::StrCat("r", i);
    draft.effective_date = Date::FromDays(20'000 + Below(400));
    draft.description = Pick(kTexts);
    draft.reference = Pick(kTexts);
    if (Below(3) == 0) draft.tags = {{"season", Pick(kTexts)}};
    for (int pair = 0; pair <= Below(3); ++pair) AddPair(&draft);
    return draft;
  }
  // Two postings that balance: in the functional currency, across currencies, or in a commodity.
  void AddPair(EntryDraft* draft) {
    PostingDraft to, from;
    to.account = Pick(kAccounts);
    from.account = Pick(kAccounts);
    to.memo = Pick(kTexts);
    if (Below(4) == 0) to.fund = from.fund = "WELLS";
    to.currency = from.currency = "IDR";
    to.amount = Amount(2);
    from.amount = to.amount.Negated();
    switch (Below(4)) {
      case 0:
        to.functional = FunctionalAmount{to.amount, "IDR"};
        to.currency = Pick(std::vector<std::string>{"USD", "XAU", "BRK.B"});
        to.amount = Decimal::FromInteger(to.amount.Sign() * (1 + Below(1'000)));
        break;
      case 1:
        to.currency = from.currency = "XAU";
        break;
      default:
        break;
    }
    draft->postings.push_back(to);
    draft->postings.push_back(from);
  }

  const std::vector<std::string> kAccounts = {
      "Assets:Cash", "1.1.01.01", "Assets:Petty cash", "beban", "Equity:Öppna", "5-2", "a;b"};
  const std::vector<std::string> kTexts = {"",
                                           "rice",
                                           "Toko | rice",
                                           "50% (half); \"quoted\"",
                                           "* starred",
                                           "beras & gula: 2 kg, baru",
                                           "日本"};
  std::uint64_t seed_ = 0;
  std::mt19937_64 random_;
};

TEST_F(RandomBookTest, ComesBackTheSameFromHledgerAndBeancount) {
  for (int i = 0; i < 3 && !HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("book ", i, " of LUMBUNG_SEED=", seed_));
    const BookKey book = CreateBook(absl::StrCat("book", i), "IDR");
    ASSERT_THAT(FillBook(book), IsOk());
    ExpectPeersAgree(book);
    ExpectRoundTrips(book, absl::StrCat("again", i));
  }
}

}  // namespace
}  // namespace lumbung::transfer
