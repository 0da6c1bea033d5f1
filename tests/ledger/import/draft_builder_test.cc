#include "ledger/import/draft_builder.h"

#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/status.h"
#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

constexpr CurrencyId kIdr{1};
constexpr CurrencyId kUsd{2};

Decimal Number(const char* text) {
  return *Decimal::Parse(text);
}

Account TestAccount(std::int32_t id, const char* key) {
  Account account;
  account.id = AccountId{id};
  account.key = key;
  account.code = key;
  account.type = AccountType::kAsset;
  return account;
}

// A book in rupiah that also keeps dollars, at 16,000 from the second of January on, and the
// commodities XAU, EUR and POINTS. It has two funds and the dimension `project`.
BookContents TestContents() {
  BookContents contents;
  contents.book.functional_currency = kIdr;
  contents.book.default_fund = FundId{1};
  contents.currencies = {{kIdr, "IDR", 2, false, ""},
                         {kUsd, "USD", 2, false, ""},
                         {CurrencyId{3}, "XAU", 3, true, ""},
                         {CurrencyId{4}, "EUR", 2, true, ""},
                         {CurrencyId{5}, "POINTS", 0, true, ""}};
  contents.funds = {{FundId{1}, "UMUM", "", FundRestriction::kWithout, false},
                    {FundId{2}, "WELLS", "", FundRestriction::kPurpose, false}};
  contents.dimensions = {
      {DimensionId{1}, "project", "", {{ValueId{1}, "Roads", "", false},
                                       {ValueId{2}, "Wells", "", false}}}};
  contents.rates = {{1, kUsd, kIdr, *Date::Parse("2026-01-02"), Number("16000"), "", {}}};
  contents.series = {{SeriesId{1}, "IM"}};
  contents.accounts = {TestAccount(1, "cash"), TestAccount(2, "bank"), TestAccount(3, "gold"),
                       TestAccount(4, "rounding"), TestAccount(5, "1.1.01")};
  contents.accounts[1].rules = {{DimensionId{1}, DimensionRequirement::kForbidden}};
  return contents;
}

std::string Written(const EntryDraft& draft) {
  std::string text =
      absl::StrCat(draft.effective_date.ToString(), " ", draft.series,
                   draft.reference.empty() ? "" : absl::StrCat(" (", draft.reference, ")"), " ",
                   draft.description);
  for (const auto& [key, value] : draft.tags) absl::StrAppend(&text, " #", key, "=", value);
  text += "\n";
  for (const PostingDraft& posting : draft.postings) {
    absl::StrAppend(&text, "  ", posting.account, " ", posting.amount.ToString(), " ",
                    posting.currency);
    if (posting.functional.has_value()) {
      absl::StrAppend(&text, " = ", posting.functional->amount.ToString(), " ",
                      posting.functional->currency);
    }
    if (!posting.fund.empty()) absl::StrAppend(&text, " fund ", posting.fund);
    for (const auto& [key, value] : posting.dimensions) {
      absl::StrAppend(&text, " ", key, " ", value);
    }
    if (!posting.memo.empty()) absl::StrAppend(&text, " ; ", posting.memo);
    text += "\n";
  }
  return text;
}

// The draft of the first transaction, or "REASON: message". Whatever is built also passes the
// ladder of entries.
std::string Built(const std::string& journal, const std::string& residue_account = "") {
  RecordingSink sink;
  const absl::Status read =
      ReadHledger(MemoryFiles({{"a.journal", journal}}), "a.journal", sink);
  if (!read.ok()) return read.ToString();
  const BookSnapshot book(TestContents());
  const CurrencyNames names(std::map<std::string, std::string>{{"$", "USD"}});
  DraftBuilder::Options options;
  options.account_keys = {{"Petty Cash", "1.1.01"}};
  options.residue_account = residue_account;
  absl::StatusOr<EntryDraft> draft =
      DraftBuilder(&book, &names, options).Build(sink.transactions()[0]);
  if (!draft.ok()) {
    return absl::StrCat(ReasonOf(draft.status()), ": ", draft.status().message());
  }
  draft->request_id = "x";
  EXPECT_EQ(ValidateEntry(book, *draft, {}).status(), absl::OkStatus());
  return Written(*draft);
}

TEST(DraftBuilderTest, TakesOverWhatTheTransactionSays) {
  EXPECT_EQ(Built("2026-01-05 * (K-17) Toko | rice  ; season: wet\n"
                  "    cash         -5 IDR  ; from the box\n"
                  "    ! Petty Cash    5 IDR\n"),
            "2026-01-05 IM (K-17) Toko | rice #comment=season: wet #season=wet #status=*\n"
            "  cash -5 IDR ; from the box\n"
            "  1.1.01 5 IDR ; status: !\n");
}

TEST(DraftBuilderTest, TakesCostsInTheFunctionalCurrencyAsFunctionalAmounts) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    gold    1.5 XAU @ 1000000 IDR\n"
                  "    cash\n"),
            "2026-01-05 IM x\n"
            "  gold 1.5 XAU = 1500000.00 IDR\n"
            "  cash -1500000.0 IDR\n");
}

TEST(DraftBuilderTest, SharesWhatTheFunctionalCurrencySaysOfAnExchange) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    cash    -100 IDR @@ 3 EUR\n"
                  "    bank    1 EUR\n"
                  "    gold    1 EUR\n"
                  "    cash    1 EUR\n"),
            "2026-01-05 IM x\n"
            "  cash -100 IDR\n"
            "  bank 1 EUR = 33.34 IDR\n"
            "  gold 1 EUR = 33.33 IDR\n"
            "  cash 1 EUR = 33.33 IDR\n");
}

TEST(DraftBuilderTest, ConvertsACurrencyByTheRateOfTheDay) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    cash    $1.50\n"
                  "    bank    $-1.50\n"),
            "2026-01-05 IM x\n"
            "  cash 1.50 USD = 24000.00 IDR\n"
            "  bank -1.50 USD = -24000.00 IDR\n");
  EXPECT_EQ(Built("2026-01-01 x\n"
                  "    cash    $1.50\n"
                  "    bank    $-1.50\n"),
            "RATE_MISSING: a.journal:1: no rate of USD in IDR on or before 2026-01-01");
}

TEST(DraftBuilderTest, ValuesLotsThatCostDollarsByTheRateOfTheDay) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    gold    2 XAU @ $3\n"
                  "    cash    $-6\n"),
            "2026-01-05 IM x\n"
            "  gold 2 XAU = 96000.00 IDR\n"
            "  cash -6 USD = -96000.00 IDR\n");
}

TEST(DraftBuilderTest, LetsCommoditiesBalanceAmongThemselves) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    gold    2 XAU @ 3.25 EUR\n"
                  "    cash    -6.5 EUR\n"
                  "    cash    10 POINTS\n"
                  "    bank    -10 POINTS\n"),
            "2026-01-05 IM x\n"
            "  gold 2 XAU = 6.50 EUR\n"
            "  cash -6.5 EUR\n"
            "  cash 10 POINTS\n"
            "  bank -10 POINTS\n");
}

TEST(DraftBuilderTest, BooksACostFinerThanItsCurrencyOnlyToTheResidueAccount) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    gold    0.333 XAU @ 100.01 IDR\n"
                  "    cash    -33.30 IDR\n"),
            "RESIDUE: a.journal:2: the cost is 33.30333 IDR, but IDR has 2 decimals; name a "
            "residue account");
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    gold    0.5 XAU @ 66.61 IDR\n"
                  "    gold    0.5 XAU @ 66.61 IDR\n"
                  "    cash    -66.61 IDR\n",
                  "rounding"),
            "2026-01-05 IM x\n"
            "  gold 0.5 XAU = 33.30 IDR\n"
            "  gold 0.5 XAU = 33.30 IDR\n"
            "  cash -66.61 IDR\n"
            "  rounding 0.01 IDR ; tolerance residue\n");
}

TEST(DraftBuilderTest, RefusesAToleratedResidueWithoutAnAccountForIt) {
  // hledger shows XAU with one decimal here, and takes 0.04 for zero.
  const std::string journal =
      "commodity 1000.0 XAU\n"
      "2026-01-05 x\n"
      "    gold    1.04 XAU\n"
      "    cash    -1 XAU\n";
  EXPECT_EQ(Built(journal),
            "RESIDUE: a.journal:2: the transaction is off balance by 0.04 XAU, within its "
            "format's tolerance; name a residue account to book it");
  EXPECT_EQ(Built(journal, "rounding"),
            "2026-01-05 IM x\n"
            "  gold 1.04 XAU\n"
            "  cash -1 XAU\n"
            "  rounding -0.04 XAU ; tolerance residue\n");
}

TEST(DraftBuilderTest, TurnsTagsIntoFundsAndDimensionsOfTheBook) {
  EXPECT_EQ(Built("2026-01-05 x  ; project: Roads, fund: WELLS\n"
                  "    cash    5 IDR  ; project: Wells\n"
                  "    gold    5 IDR\n"
                  "    bank    -10 IDR\n"),
            "2026-01-05 IM x #comment=project: Roads, fund: WELLS #fund=WELLS #project=Roads\n"
            "  cash 5 IDR fund WELLS project Wells ; project: Wells\n"
            "  gold 5 IDR fund WELLS project Roads\n"
            "  bank -10 IDR fund WELLS\n");
}

TEST(DraftBuilderTest, ConvertsEachFundByItself) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    cash    $0.01  ; fund: WELLS\n"
                  "    bank    $-0.01  ; fund: WELLS\n"
                  "    cash    $1\n"
                  "    bank    $-1\n"),
            "2026-01-05 IM x\n"
            "  cash 0.01 USD = 160.00 IDR fund WELLS ; fund: WELLS\n"
            "  bank -0.01 USD = -160.00 IDR fund WELLS ; fund: WELLS\n"
            "  cash 1 USD = 16000.00 IDR\n"
            "  bank -1 USD = -16000.00 IDR\n");
}

TEST(DraftBuilderTest, RefusesAnExchangeThatCannotBeShared) {
  EXPECT_EQ(Built("2026-01-05 x\n"
                  "    cash    -100 IDR @@ 3 EUR\n"
                  "    bank    4 EUR\n"
                  "    gold    -1 EUR\n"),
            "FUNCTIONAL_AMOUNT_INVALID: a.journal:1: amounts of both signs share one exchange; "
            "split the transaction");
}

}  // namespace
}  // namespace lumbung::import
