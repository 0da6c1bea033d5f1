// Months, years and stated balances.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::HasSubstr;

class PeriodCommandsTest : public CommandTest {
 protected:
  PeriodCommandsTest() {
    v1::Period& period = *server_.data().periods.add_periods();
    period.set_name("books/main/periods/2026-01");
    period.set_state(v1::PERIOD_STATE_HARD_CLOSED);
    period.set_entry_count(1234);
    period.set_trial_balance_hash("\x0a\xff");
    period.set_checkpoint_size(1240);
    period.set_checkpoint_size(1240);
  }
};

TEST_F(PeriodCommandsTest, ListsMonthsInTheReadersLanguage) {
  EXPECT_EQ(Run({"period", "list", "--year", "2026", "--lang", "id", "--locale", "id"}).out,
            "Periode  Keadaan        Jurnal  Ditutup pada  Titik periksa  Sidik jari neraca saldo\n"
            "-------  -------------  ------  ------------  -------------  -----------------------\n"
            "2026-01  ditutup tetap   1.234                        1.240  0aff\n");
  EXPECT_EQ(Run({"period", "list", "--output", "csv"}).out,
            "period,state,entries,close_time,checkpoint_size,trial_balance_hash\r\n"
            "2026-01,hard-closed,1234,,1240,0aff\r\n");
}

TEST_F(PeriodCommandsTest, ClosesAMonthForGood) {
  EXPECT_EQ(Run({"period", "close", "2026-01", "--hard"}).exit_code, 0);
  EXPECT_EQ(server_.received().close_period.name(), "books/main/periods/2026-01");
  EXPECT_TRUE(server_.received().close_period.hard());
  EXPECT_NE(server_.received().close_period.request_id(), "");
}

TEST_F(PeriodCommandsTest, SaysWhenAYearNeededNoNewClosingEntry) {
  server_.data().year_close.mutable_closing_entry()->set_number("JU-2026-000099");
  const Outcome outcome = Run(
      {"year", "close", "2026", "--unrestricted-account", "4.1", "--restricted-account", "5.1"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(server_.received().close_year.fiscal_year(), 2026);
  EXPECT_EQ(server_.received().close_year.unrestricted_account(), "4.1");
  EXPECT_THAT(outcome.err, HasSubstr("nothing was posted"));
  EXPECT_THAT(outcome.out, HasSubstr("JU-2026-000099"));
}

TEST_F(PeriodCommandsTest, StatesABalanceInTheReadersNotation) {
  const Outcome outcome = Run({"assert", "create", "1.1.01", "12.500.000,50", "--date",
                               "2026-01-31", "--fund", "usaid", "--locale", "id"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const v1::BalanceAssertion& assertion = server_.received().create_assertion.assertion();
  EXPECT_EQ(assertion.account(), "1.1.01");
  EXPECT_EQ(assertion.expected().amount(), "12500000.50");
  EXPECT_EQ(assertion.expected().currency(), "IDR");
  EXPECT_EQ(assertion.date(), "2026-01-31");
  EXPECT_EQ(assertion.fund(), "usaid");
}

TEST_F(PeriodCommandsTest, StatesANegativeBalance) {
  Run({"assert", "create", "4.1", "-5 USD", "--date", "2026-01-31"});
  EXPECT_EQ(server_.received().create_assertion.assertion().expected().amount(), "-5");
  EXPECT_EQ(server_.received().create_assertion.assertion().expected().currency(), "USD");
}

}  // namespace
}  // namespace lumbung::cli
