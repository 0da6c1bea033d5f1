// The year-end closing entry, as an accountant would check it.
#include "ledger/posting/closing_entry.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::posting {
namespace {

using testing::Dec;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

constexpr CurrencyId kIdr{1};
constexpr CurrencyId kUsd{2};
constexpr FundId kGeneral{3};
constexpr FundId kEu{4};
constexpr FundId kHeldForOthers{5};
constexpr DimensionId kGrant{6};
constexpr ValueId kG1{7};
constexpr AccountId kBank{11};
constexpr AccountId kGrants{14};
constexpr AccountId kRent{15};

Account NewAccount(int id, const std::string& key, AccountType type) {
  Account account;
  account.id = AccountId{id};
  account.key = key;
  account.code = key;
  account.type = type;
  return account;
}

BookContents Contents() {
  BookContents contents;
  contents.book.slug = "main";
  contents.book.functional_currency = kIdr;
  contents.book.default_fund = kGeneral;
  contents.currencies = {{kIdr, "IDR", 2, false, "Rupiah"}, {kUsd, "USD", 2, false, "US Dollar"}};
  contents.funds = {{kGeneral, "general", "General", FundRestriction::kWithout, false},
                    {kEu, "EU", "European Union", FundRestriction::kPurpose, false},
                    {kHeldForOthers, "held", "Held for others", FundRestriction::kAgency, false}};
  contents.dimensions = {{kGrant, "grant", "Grant", {{kG1, "G1", "Grant one", false}}}};
  contents.series = {{SeriesId{8}, "JT"}, {SeriesId{9}, "JU"}};
  contents.accounts = {
      NewAccount(11, "1", AccountType::kAsset), NewAccount(12, "3.1", AccountType::kNetAsset),
      NewAccount(13, "3.2", AccountType::kNetAsset), NewAccount(14, "4.1", AccountType::kIncome),
      NewAccount(15, "5.1", AccountType::kExpense)};
  return contents;
}

// A balance in rupiah, debit positive.
BalanceRow Row(AccountId account, FundId fund, const char* balance, bool with_grant = false) {
  BalanceRow row;
  row.account = account;
  row.dimensions.fund = fund;
  if (with_grant) row.dimensions.members = {{kGrant, kG1}};
  row.currency = row.functional_currency = kIdr;
  const Decimal amount = Dec(balance);
  (amount.IsNegative() ? row.credit : row.debit) = amount.Abs();
  row.functional_debit = row.debit;
  row.functional_credit = row.credit;
  return row;
}

std::string Text(const EntryDraft& draft) {
  std::string text = absl::StrCat(draft.effective_date.ToString(), " ", draft.series, "\n");
  for (const PostingDraft& posting : draft.postings) {
    absl::StrAppend(&text, posting.account, " ", posting.fund, " ", posting.amount.ToString(), " ",
                    posting.currency);
    if (posting.currency != posting.functional->currency) {
      absl::StrAppend(&text, " @ ", posting.functional->amount.ToString());
    }
    for (const auto& [dimension, value] : posting.dimensions) {
      absl::StrAppend(&text, " ", dimension, "=", value);
    }
    text += "\n";
  }
  return text;
}

const FiscalYearClosing k2026{2026, "3.1", "3.2"};

absl::StatusOr<std::optional<EntryDraft>> Closing(const std::vector<BalanceRow>& turnover,
                                                  const FiscalYearClosing& closing = k2026) {
  return ClosingEntry(BookSnapshot(Contents()), closing, turnover, nullptr);
}

TEST(ClosingEntryTest, MovesIncomeAndExpensesToTheNetAssetsOfTheirFund) {
  const auto draft = Closing({
      Row(kGrants, kGeneral, "-1000.00"),
      Row(kRent, kGeneral, "400.00"),
      Row(kGrants, kEu, "-500.00", true),
      Row(kRent, kEu, "700.00", true),
      Row(kBank, kGeneral, "600.00"),
  });
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(Text(**draft),
            "2026-12-31 JT\n"
            "4.1 general 1000.00 IDR\n"
            "4.1 EU 500.00 IDR grant=G1\n"
            "5.1 general -400.00 IDR\n"
            "5.1 EU -700.00 IDR grant=G1\n"
            "3.1 general -600.00 IDR\n"
            "3.2 EU 200.00 IDR grant=G1\n");
  EXPECT_EQ((*draft)->kind, EntryKind::kClosing);
}

TEST(ClosingEntryTest, PassesTheLadderOfEveryEntry) {
  const auto draft = Closing({Row(kGrants, kGeneral, "-1000.00"), Row(kRent, kEu, "1.00", true)});
  EntryDraft entry = **draft;
  entry.request_id = "close";
  EXPECT_THAT(ValidateEntry(BookSnapshot(Contents()), entry, {}), IsOk());
}

TEST(ClosingEntryTest, ClosesForeignCurrencyAtItsFunctionalAmount) {
  BalanceRow row = Row(kGrants, kGeneral, "-16000.00");
  row.currency = kUsd;
  row.credit = Dec("1.00");
  EXPECT_EQ(Text(**Closing({row})),
            "2026-12-31 JT\n"
            "4.1 general 1.00 USD @ 16000.00\n"
            "3.1 general -16000.00 IDR\n");
}

TEST(ClosingEntryTest, SaysABalanceOfOppositeSignsInTwoPostings) {
  // Ten dollars in at 16000, nine out at 18000: one dollar is left, at minus 2000.
  BalanceRow row;
  row.account = kGrants;
  row.dimensions.fund = kGeneral;
  row.currency = kUsd;
  row.functional_currency = kIdr;
  row.debit = Dec("10.00");
  row.credit = Dec("9.00");
  row.functional_debit = Dec("160000.00");
  row.functional_credit = Dec("162000.00");
  const auto draft = Closing({row});
  EXPECT_EQ(Text(**draft),
            "2026-12-31 JT\n"
            "4.1 general 0 USD @ 2000.00\n"
            "4.1 general -1.00 USD @ 0\n"
            "3.1 general -2000.00 IDR\n");
  EntryDraft entry = **draft;
  entry.request_id = "close";
  EXPECT_THAT(ValidateEntry(BookSnapshot(Contents()), entry, {}), IsOk());
}

TEST(ClosingEntryTest, NeverLeavesAPostingAlone) {
  BalanceRow row = Row(kGrants, kGeneral, "0");
  row.currency = kUsd;
  row.credit = Dec("1.00");
  EXPECT_EQ(Text(**Closing({row})),
            "2026-12-31 JT\n"
            "4.1 general 1.00 USD @ 0\n"
            "3.1 general 0 IDR\n");
}

TEST(ClosingEntryTest, IsNotNeededWhenEverythingIsNil) {
  EXPECT_EQ(*Closing({}), std::nullopt);
  BalanceRow in_and_out = Row(kGrants, kGeneral, "5.00");
  in_and_out.credit = in_and_out.functional_credit = Dec("5.00");
  EXPECT_EQ(*Closing({in_and_out, Row(kBank, kGeneral, "9.00")}), std::nullopt);
}

TEST(ClosingEntryTest, LeavesOutDimensionsThatTheNetAssetAccountForbids) {
  BookContents contents = Contents();
  contents.accounts[2].rules = {{kGrant, DimensionRequirement::kForbidden}};
  const auto draft =
      ClosingEntry(BookSnapshot(contents), k2026,
                   {Row(kGrants, kEu, "-5.00", true), Row(kRent, kEu, "3.00")}, nullptr);
  EXPECT_EQ(Text(**draft),
            "2026-12-31 JT\n"
            "4.1 EU 5.00 IDR grant=G1\n"
            "5.1 EU -3.00 IDR\n"
            "3.2 EU -2.00 IDR\n");
}

TEST(ClosingEntryTest, EndsWithTheBooksOwnFiscalYear) {
  BookContents contents = Contents();
  contents.book.fiscal_year_start_month = 7;
  const auto draft =
      ClosingEntry(BookSnapshot(contents), k2026, {Row(kRent, kGeneral, "1.00")}, nullptr);
  EXPECT_EQ((*draft)->effective_date.ToString(), "2027-06-30");
}

TEST(ClosingEntryTest, NamesTheAccountThatDoesNotServe) {
  const std::vector<BalanceRow> general = {Row(kRent, kGeneral, "1.00")};
  const std::vector<BalanceRow> restricted = {Row(kRent, kEu, "1.00")};
  EXPECT_THAT(Closing(general, {2026, "9", "3.2"}),
              RefusesAt("UNKNOWN_ACCOUNT", "unrestricted_account"));
  EXPECT_THAT(Closing(restricted, {2026, "3.1", ""}),
              RefusesAt("UNKNOWN_ACCOUNT", "restricted_account"));
  EXPECT_THAT(Closing(restricted, {2026, "3.1", "1"}),
              RefusesAt("TYPE_MISMATCH", "restricted_account"));
  EXPECT_THAT(Closing(general, {2026, "3.1", ""}), IsOk());
}

TEST(ClosingEntryTest, RefusesIncomeOfMoneyHeldForOthers) {
  EXPECT_THAT(Closing({Row(kGrants, kHeldForOthers, "-1.00")}), Refuses("AGENCY_FUND_INCOME"));
  EXPECT_THAT(Closing({Row(kBank, kHeldForOthers, "-1.00")}), IsOk());
}

}  // namespace
}  // namespace lumbung::posting
