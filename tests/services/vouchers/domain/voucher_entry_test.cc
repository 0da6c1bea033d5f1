#include "services/vouchers/domain/voucher_entry.h"

#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::Dec;
using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::Pair;
using testing::RefusesAt;

// Cash 1.1.11 and loan 2.1 beside expenses 5 > 5.3, in rupiah and dollars; shares are a commodity.
std::unique_ptr<BookSnapshot> SmallBook() {
  BookContents contents;
  contents.book.slug = "main";
  contents.book.functional_currency = CurrencyId{1};
  contents.book.default_fund = FundId{1};
  const auto account = [&contents](int id, const char* key, AccountType type, int parent,
                                   bool postable) {
    Account added;
    added.id = AccountId{id};
    added.key = added.code = key;
    if (parent > 0) added.parent = AccountId{parent};
    added.type = type;
    added.postable = postable;
    contents.accounts.push_back(added);
  };
  account(1, "1.1.11", AccountType::kAsset, 0, true);
  account(2, "2.1", AccountType::kLiability, 0, true);
  account(3, "5", AccountType::kExpense, 0, false);
  account(4, "5.3", AccountType::kExpense, 3, true);
  contents.funds = {{FundId{1}, "umum", "", FundRestriction::kWithout, false},
                    {FundId{2}, "usaid", "", FundRestriction::kPurpose, false}};
  contents.currencies = {{CurrencyId{1}, "IDR", 2, false, ""},
                         {CurrencyId{2}, "USD", 2, false, ""},
                         {CurrencyId{3}, "SHARES", 0, true, ""}};
  contents.series = {{SeriesId{1}, "JU"}};
  contents.periods = {{*Date::Parse("2025-12-01"), PeriodState::kHardClosed}};
  return std::make_unique<BookSnapshot>(std::move(contents));
}

PostingDraft Line(const char* account, const char* amount, const char* currency = "IDR",
                  const char* fund = "") {
  PostingDraft posting;
  posting.account = account;
  posting.amount = Dec(amount);
  posting.currency = currency;
  posting.fund = fund;
  return posting;
}

class VoucherEntryTest : public ::testing::Test {
 protected:
  static VoucherContent Payment() {
    VoucherContent content;
    content.kind = VoucherKind::kCashOut;
    content.date = *Date::Parse("2026-01-15");
    content.party = "PLN";
    content.description = "Listrik Januari";
    content.cash_account = "1.1.11";
    content.postings = {Line("5.3", "150000"), Line("1.1.11", "-150000")};
    return content;
  }
  absl::StatusOr<VoucherFacts> Check(const VoucherContent& content) {
    return CheckVoucher(*book_, content, {});
  }

  const std::unique_ptr<BookSnapshot> book_ = SmallBook();
};

TEST_F(VoucherEntryTest, BecomesAnEntryThatPointsBack) {
  VoucherContent content = Payment();
  content.reference = "CEK 12";
  const EntryDraft entry = EntryOf(content, "books/main/vouchers/7", "BKK.0001/I/2026");
  EXPECT_EQ(entry.effective_date.ToString(), "2026-01-15");
  EXPECT_EQ(entry.description, "Listrik Januari");
  EXPECT_EQ(entry.reference, "BKK.0001/I/2026");
  EXPECT_EQ(entry.source, "voucher");
  EXPECT_EQ(entry.request_id, "books/main/vouchers/7");
  EXPECT_THAT(entry.tags, ElementsAre(Pair("document", "CEK 12"), Pair("party", "PLN"),
                                      Pair("voucher", "books/main/vouchers/7")));
  EXPECT_EQ(entry.postings.size(), 2u);
  EXPECT_EQ(VoucherName("main", VoucherId{7}), "books/main/vouchers/7");
}

TEST_F(VoucherEntryTest, TellsWhatPoliciesAskFor) {
  VoucherContent content = Payment();
  content.postings.push_back(Line("5.3", "50000", "IDR", "usaid"));
  content.postings.push_back(Line("1.1.11", "-50000", "IDR", "usaid"));
  const auto facts = Check(content);
  ASSERT_THAT(facts, IsOk());
  EXPECT_EQ(facts->kind, VoucherKind::kCashOut);
  EXPECT_EQ(facts->amount, Dec("200000"));
  EXPECT_THAT(facts->accounts, ElementsAre("1.1.11", "5", "5.3"));
  EXPECT_THAT(facts->funds, ElementsAre("umum", "usaid"));
}

TEST_F(VoucherEntryTest, IsWorthWhatItsDebitsAreWorthInTheBook) {
  VoucherContent content = Payment();
  content.postings = {Line("5.3", "10", "USD"), Line("1.1.11", "-160000")};
  content.postings[0].functional = FunctionalAmount{Dec("160000"), "IDR"};
  EXPECT_EQ(Check(content)->amount, Dec("160000"));
}

TEST_F(VoucherEntryTest, RefusesWhatTheKindForbids) {
  struct Row {
    const char* reason;
    const char* field;
    void (*change)(VoucherContent&);
  };
  const Row kRows[] = {
      {"DESCRIPTION_REQUIRED", "description", [](VoucherContent& c) { c.description = ""; }},
      {"PARTY_REQUIRED", "party", [](VoucherContent& c) { c.party = ""; }},
      {"UNBALANCED", "postings", [](VoucherContent& c) { c.postings[0].amount = Dec("1"); }},
      {"TOO_FEW_POSTINGS", "postings", [](VoucherContent& c) { c.postings.clear(); }},
      {"UNKNOWN_ACCOUNT", "postings[0].account",
       [](VoucherContent& c) { c.postings[0].account = "9"; }},
      {"PERIOD_HARD_CLOSED", "date",
       [](VoucherContent& c) { c.date = *Date::Parse("2025-12-31"); }},
      {"CASH_ACCOUNT_REQUIRED", "cash_account", [](VoucherContent& c) { c.cash_account = ""; }},
      {"UNKNOWN_ACCOUNT", "cash_account", [](VoucherContent& c) { c.cash_account = "9"; }},
      {"CASH_ACCOUNT_TYPE", "cash_account", [](VoucherContent& c) { c.cash_account = "5.3"; }},
      {"CASH_SIDE", "postings", [](VoucherContent& c) { c.kind = VoucherKind::kBankIn; }},
      {"CASH_SIDE", "postings",
       [](VoucherContent& c) {
         c.postings = {Line("5.3", "5"), Line("2.1", "-5")};
       }},
      {"CASH_ACCOUNT_FORBIDDEN", "cash_account",
       [](VoucherContent& c) { c.kind = VoucherKind::kMemorial; }},
      {"VOUCHER_NOT_VALUED", "postings[0].amount",
       [](VoucherContent& c) {
         c.kind = VoucherKind::kMemorial;
         c.cash_account = "";
         c.postings = {Line("5.3", "5", "SHARES"), Line("1.1.11", "-5", "SHARES")};
       }},
      {"NOTHING_TO_POST", "postings",
       [](VoucherContent& c) {
         c.kind = VoucherKind::kMemorial;
         c.cash_account = "";
         c.postings = {Line("5.3", "0"), Line("1.1.11", "0")};
       }},
  };
  for (const Row& row : kRows) {
    VoucherContent content = Payment();
    row.change(content);
    EXPECT_THAT(Check(content), RefusesAt(row.reason, row.field));
  }
  VoucherContent receipt = Payment();
  receipt.kind = VoucherKind::kCashIn;
  std::swap(receipt.postings[0].amount, receipt.postings[1].amount);
  EXPECT_THAT(Check(receipt), IsOk());
}

}  // namespace
}  // namespace lumbung::vouchers
