#include "ledger/store/year_end_close.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/period_store.h"
#include "tests/ledger/store/random_ledger.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

class YearEndCloseTest : public ::testing::Test {
 protected:
  YearEndCloseTest() : ledger_(std::random_device{}()) {}

  absl::StatusOr<store::FiscalYearClose> Close(int fiscal_year) {
    ++closes_;
    return store::InTransaction(
        ledger_.pool(), {ledger_.book().organization}, [&](store::TransactionScope& scope) {
          store::TransactionalPoster::Options options;
          options.now = absl::FromUnixSeconds(1'790'000'000) + absl::Hours(closes_);
          options.random_bytes = [](char* bytes, std::size_t count) {
            std::fill_n(bytes, count, 'x');
          };
          return store::CloseFiscalYear(scope, ledger_.book(), {fiscal_year, "3.1", "3.2"}, {},
                                        options);
        });
  }

  // What income and expenses of the year come to, row by row; empty when all are nil.
  std::string LeftOver(int fiscal_year) {
    store::BalanceFilter filter;
    filter.dates = {FiscalYearStart(fiscal_year, 1), FiscalYearEnd(fiscal_year, 1)};
    filter.by_dimensions = true;
    const auto balances = ledger_.Read([&](store::TransactionScope& scope) {
      return store::ReadBalances(scope, ledger_.book(), filter);
    });
    std::string text;
    for (const BalanceRow& row : balances->rows) {
      const Account& account = *ledger_.snapshot().FindAccount(row.account);
      if (account.type != AccountType::kIncome && account.type != AccountType::kExpense) continue;
      if (row.Balance()->IsZero() && row.FunctionalBalance()->IsZero()) continue;
      absl::StrAppend(&text, account.key, " ", row.Balance()->ToString(), "\n");
    }
    return text;
  }

  RandomLedger ledger_;
  int closes_ = 0;
};

TEST_F(YearEndCloseTest, LeavesIncomeAndExpensesNilInEveryDimension) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_.seed()));
  ledger_.PostRandomEntries(1'050);
  for (const int year : {2025, 2026}) {
    ASSERT_NE(LeftOver(year), "");
    const auto closed = Close(year);
    ASSERT_THAT(closed, IsOk());
    EXPECT_TRUE(closed->posted);
    EXPECT_EQ(LeftOver(year), "");
  }
}

TEST_F(YearEndCloseTest, AgainWithoutChangesPostsNothing) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_.seed()));
  ledger_.PostRandomEntries(100);
  const auto first = Close(2025);
  ASSERT_THAT(first, IsOk());
  const auto second = Close(2025);
  ASSERT_THAT(second, IsOk());
  EXPECT_FALSE(second->posted);
  EXPECT_EQ(second->closing->id, first->closing->id);
  EXPECT_FALSE(second->reversal.has_value());
}

TEST_F(YearEndCloseTest, AgainAfterFurtherEntriesReplacesTheClosingEntry) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_.seed()));
  ledger_.PostRandomEntries(100);
  const EntryId first = Close(2025)->closing->id;
  EntryDraft late;
  late.effective_date = Date::Parse("2025-12-31").value();
  PostingDraft debit;
  debit.account = "5.9";
  debit.currency = "IDR";
  debit.amount = Dec("12.34");
  PostingDraft credit = debit;
  credit.account = "1.2";
  credit.amount = Dec("-12.34");
  late.postings = {debit, credit};
  late.request_id = "late";
  store::TransactionalPoster::Options options;
  options.now = absl::FromUnixSeconds(1'790'000'000) + absl::Hours(50);
  options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); };
  ASSERT_THAT(store::InTransaction(ledger_.pool(), {ledger_.book().organization},
                                   [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                                     LUMBUNG_ASSIGN_OR_RETURN(auto poster,
                                                              store::TransactionalPoster::Open(
                                                                  scope, ledger_.book(), options));
                                     LUMBUNG_RETURN_IF_ERROR(poster.Post({late}, {}).status());
                                     return true;
                                   }),
              IsOk());
  ASSERT_NE(LeftOver(2025), "");

  const auto second = Close(2025);
  ASSERT_THAT(second, IsOk());
  EXPECT_TRUE(second->posted);
  ASSERT_TRUE(second->reversal.has_value());
  EXPECT_EQ(second->reversal->content.reverses, first);
  EXPECT_EQ(second->reversal->content.effective_date.ToString(), "2025-12-31");
  EXPECT_EQ(LeftOver(2025), "");
  EXPECT_FALSE(Close(2025)->posted);
}

TEST_F(YearEndCloseTest, OfAnEmptyYearPostsNothing) {
  const auto closed = Close(2020);
  ASSERT_THAT(closed, IsOk());
  EXPECT_FALSE(closed->posted);
  EXPECT_FALSE(closed->closing.has_value());
}

TEST_F(YearEndCloseTest, IsRefusedOnceTheYearIsHardClosed) {
  ledger_.PostRandomEntries(20);
  const auto months = ledger_.Read([&](store::TransactionScope& scope) {
    return store::ListPeriods(scope, ledger_.book(), {});
  });
  for (const store::PeriodRecord& month : *months) {
    if (month.month > Date::Parse("2025-12-31").value()) break;
    ASSERT_THAT(store::InTransaction(ledger_.pool(), {ledger_.book().organization},
                                     [&](store::TransactionScope& scope) {
                                       return store::HardClosePeriod(scope, ledger_.book(),
                                                                     month.month,
                                                                     absl::FromUnixSeconds(1));
                                     }),
                IsOk());
  }
  ASSERT_THAT(store::InTransaction(ledger_.pool(), {ledger_.book().organization},
                                   [&](store::TransactionScope& scope) {
                                     return store::HardClosePeriod(
                                         scope, ledger_.book(), Date::Parse("2025-12-01").value(),
                                         absl::FromUnixSeconds(1));
                                   }),
              IsOk());
  EXPECT_THAT(Close(2025), RefusesAt("PERIOD_HARD_CLOSED", "fiscal_year"));
}

}  // namespace
}  // namespace lumbung::testing
