// Balances, registers and reports as they are printed.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ReportCommandsTest : public CommandTest {
 protected:
  void AddRupiahBalances() {
    auto& rows = *server_.data().balances.mutable_balances();
    *rows.Add() = MakeBalance("5.1", "IDR", "1250000.00", "0.00", "1250000.00");
    *rows.Add() = MakeBalance("1.1.01", "IDR", "5000000.00", "1250000.00", "3750000.00");
    *rows.Add() = MakeBalance("4.1", "IDR", "0.00", "5000000.00", "-5000000.00");
  }

  void AddDollarBalance() {
    auto& rows = *server_.data().balances.mutable_balances();
    v1::AccountBalance& row = *rows.Add();
    row = MakeBalance("1.1.02", "USD", "100.00", "0.00", "100.00");
    row.set_functional_currency("IDR");
    row.set_functional_debit("1625000.00");
    row.set_functional_balance("1625000.00");
    *rows.Add() = MakeBalance("4.1", "IDR", "0.00", "1625000.00", "-1625000.00");
  }
};

TEST_F(ReportCommandsTest, PrintsATrialBalanceAsATreeWithTotalsThatMatch) {
  AddRupiahBalances();
  const Outcome outcome =
      Run({"report", "trial-balance", "--as-of", "2026-01-31", "--locale", "id", "--lang", "id"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "Neraca saldo - Buku Besar\n"
            "per 2026-01-31; jumlah dalam IDR\n"
            "\n"
            "Kode    Akun                    Debit        Kredit\n"
            "------  ---------------  ------------  ------------\n"
            "1       Assets\n"
            "1.1       Cash and bank\n"
            "1.1.01      Kas          3.750.000,00\n"
            "4.1     Grants                         5.000.000,00\n"
            "5.1     Salaries         1.250.000,00\n"
            "------  ---------------  ------------  ------------\n"
            "        Jumlah           5.000.000,00  5.000.000,00\n");
  EXPECT_EQ(server_.received().list_balances.as_of(), "2026-01-31");
}

TEST_F(ReportCommandsTest, TotalsWhatAmountsOfSeveralCurrenciesAreWorth) {
  AddDollarBalance();
  EXPECT_EQ(
      Run({"report", "trial-balance", "--locale", "en"}).out,
      "Trial balance - Buku Besar\n"
      "all dates; amounts in IDR\n"
      "\n"
      "Code    Account             Debit        Credit  Currency     Debit IDR    Credit IDR\n"
      "------  -----------------  ------  ------------  --------  ------------  ------------\n"
      "1       Assets\n"
      "1.1       Cash and bank\n"
      "1.1.02      Bank, dollars  100.00                USD       1,625,000.00\n"
      "4.1     Grants                     1,625,000.00  IDR                     1,625,000.00\n"
      "------  -----------------  ------  ------------  --------  ------------  ------------\n"
      "        Total IDR                                          1,625,000.00  1,625,000.00\n");
}

TEST_F(ReportCommandsTest, ShowsTurnoverBesideTheBalance) {
  AddRupiahBalances();
  EXPECT_THAT(Run({"report", "trial-balance", "--from", "2026-01-01"}).out,
              HasSubstr("Code    Account               Debit      Credit      Balance\n"
                        "------  ---------------  ----------  ----------  -----------\n"
                        "1       Assets\n"
                        "1.1       Cash and bank\n"
                        "1.1.01      Cash         5000000.00  1250000.00   3750000.00\n"));
}

TEST_F(ReportCommandsTest, GroupsByFund) {
  AddRupiahBalances();
  for (v1::AccountBalance& row : *server_.data().balances.mutable_balances()) row.set_fund("umum");
  EXPECT_THAT(Run({"report", "trial-balance", "--by-fund"}).out,
              HasSubstr("4.1     Grants           umum              5000000.00\n"));
  EXPECT_TRUE(server_.received().list_balances.group_by_fund());
}

TEST_F(ReportCommandsTest, WritesATrialBalanceAsCsvWithFixedColumns) {
  AddDollarBalance();
  EXPECT_EQ(Run({"report", "trial-balance", "--output", "csv", "--locale", "id"}).out,
            "account,code,name,currency,debit,credit,balance,functional_currency,"
            "functional_debit,functional_credit,functional_balance\r\n"
            "1.1.02,1.1.02,\"Bank, dollars\",USD,100.00,0.00,100.00,IDR,1625000.00,0.00,"
            "1625000.00\r\n"
            "4.1,4.1,Grants,IDR,0.00,1625000.00,-1625000.00,IDR,0.00,1625000.00,-1625000.00\r\n");
}

TEST_F(ReportCommandsTest, ReportsATrialBalanceThatDoesNotBalanceAsAFault) {
  *server_.data().balances.add_balances() = MakeBalance("1.1.01", "IDR", "5", "0", "5");
  const Outcome outcome = Run({"report", "trial-balance"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("does not balance"));
  // A part of the book need not balance.
  EXPECT_EQ(Run({"report", "trial-balance", "--account", "1"}).exit_code, 0);
}

TEST_F(ReportCommandsTest, SaysWhenOnePersonMayDoBoth) {
  AddRupiahBalances();
  EXPECT_THAT(Run({"report", "trial-balance"}).out, Not(HasSubstr("Small organization")));
  server_.data().settings.set_small_organization(true);
  EXPECT_THAT(
      Run({"report", "trial-balance"}).out,
      HasSubstr("\nSmall organization: the same person may write and approve a voucher.\n"));
  EXPECT_THAT(Run({"report", "trial-balance", "--lang", "id"}).out, HasSubstr("Organisasi kecil"));
}

TEST_F(ReportCommandsTest, FitsTheTerminalWithoutTouchingAmounts) {
  AddRupiahBalances();
  terminal_ = true;
  width_ = 45;
  variables_["NO_COLOR"] = "1";
  EXPECT_THAT(Run({"report", "trial-balance"}).out,
              HasSubstr("Code    Account             Debit      Credit\n"
                        "------  -------------  ----------  ----------\n"
                        "1       Assets\n"
                        "1.1       Cash and b…\n"));
}

TEST_F(ReportCommandsTest, UsesColourOnlyOnATerminalThatWantsIt) {
  AddRupiahBalances();
  EXPECT_EQ(Run({"balance"}).out.find('\x1b'), std::string::npos);
  terminal_ = true;
  EXPECT_NE(Run({"balance"}).out.find('\x1b'), std::string::npos);
  variables_["NO_COLOR"] = "1";
  EXPECT_EQ(Run({"balance"}).out.find('\x1b'), std::string::npos);
}

v1::QueryPostingsResponse CashPostings() {
  v1::QueryPostingsResponse response;
  *response.add_opening() = MakeBalance("1.1.01", "IDR", "5.00", "1.00", "4.00");
  v1::QueryPostingsResponse::Line* line = response.add_lines();
  line->set_number("JU-2026-000002");
  line->set_effective_date("2026-01-05");
  line->set_description("Salaries");
  *line->mutable_posting() = MakePosting("1.1.01", "-3.00", "IDR");
  line->mutable_posting()->set_memo("January");
  line->set_running_balance("1.00");
  line->set_running_functional_balance("1.00");
  line->add_other_accounts("5.1");
  line = response.add_lines();
  line->set_number("JU-2026-000003");
  line->set_effective_date("2026-01-09");
  line->set_description("Grant");
  *line->mutable_posting() = MakePosting("1.1.01", "10.00", "IDR");
  line->set_running_balance("11.00");
  line->set_running_functional_balance("11.00");
  line->add_other_accounts("4.1");
  line->add_other_accounts("5.1");
  return response;
}

constexpr char kCashLedger[] =
    "1.1.01 Cash\n"
    "Date        Number          Description         Other accounts  Debit  Credit  Balance\n"
    "----------  --------------  ------------------  --------------  -----  ------  -------\n"
    "                            Opening balance                                       4.00\n"
    "2026-01-05  JU-2026-000002  Salaries | January  5.1 Salaries             3.00     1.00\n"
    "2026-01-09  JU-2026-000003  Grant               4.1, 5.1        10.00            11.00\n"
    "----------  --------------  ------------------  --------------  -----  ------  -------\n"
    "                            Closing balance                     10.00    3.00    11.00\n";

TEST_F(ReportCommandsTest, PrintsARegisterFromOpeningToClosingBalance) {
  *server_.data().balance.add_balances() = MakeBalance("1.1.01", "IDR", "15", "4", "11");
  server_.data().postings["1.1.01"] = {CashPostings()};
  EXPECT_EQ(Run({"register", "1.1.01", "--from", "2026-01-01"}).out, kCashLedger);
  EXPECT_EQ(server_.received().query_postings.from_date(), "2026-01-01");
}

TEST_F(ReportCommandsTest, PrintsAGeneralLedgerAccountByAccount) {
  *server_.data().balances.add_balances() = MakeBalance("1.1.01", "IDR", "15", "4", "11");
  server_.data().postings["1.1.01"] = {CashPostings()};
  EXPECT_EQ(Run({"report", "general-ledger"}).out,
            std::string("General ledger - Buku Besar\nall dates; amounts in IDR\n\n") +
                kCashLedger + "\n");
}

TEST_F(ReportCommandsTest, WritesAGeneralLedgerAsJsonThatParses) {
  *server_.data().balances.add_balances() = MakeBalance("1.1.01", "IDR", "15", "4", "11");
  *server_.data().balances.add_balances() = MakeBalance("4.1", "IDR", "0", "10", "-10");
  server_.data().postings["1.1.01"] = {CashPostings()};
  const std::string json = Run({"report", "general-ledger", "--output", "json"}).out;
  EXPECT_THAT(json, ::testing::StartsWith("{\"accounts\": [\n{\"account\": \"1.1.01\", "
                                          "\"opening\": [{\"account\":\"1.1.01\","));
  EXPECT_THAT(json, ::testing::EndsWith(
                        "]},\n{\"account\": \"4.1\", \"opening\": [], \"lines\": []}\n]}\n"));
}

TEST_F(ReportCommandsTest, PrintsAJournalInOrderOfDate) {
  *server_.data().balances.add_balances() = MakeBalance("1.1.01", "IDR", "0", "8", "-8");
  v1::Period& period = *server_.data().periods.add_periods();
  period.set_start_date("2026-01-01");
  period.set_end_date("2026-01-31");
  period.set_entry_count(2);
  for (const auto& [date, number, amount] : {std::tuple{"2026-01-20", "JU-2026-000001", "5.00"},
                                             {"2026-01-10", "JU-2026-000002", "3.00"}}) {
    v1::JournalEntry& entry = *server_.data().entries.add_journal_entries();
    entry.set_effective_date(date);
    entry.set_number(number);
    entry.set_description("Salaries");
    *entry.add_postings() = MakePosting("5.1", amount, "IDR");
    *entry.add_postings() = MakePosting("1.1.01", std::string("-") + amount, "IDR");
  }
  EXPECT_EQ(Run({"report", "journal", "--to", "2026-01-25"}).out,
            "Journal - Buku Besar\n"
            "at 2026-01-25; amounts in IDR\n"
            "\n"
            "Date        Number          Description and accounts  Debit  Credit\n"
            "----------  --------------  ------------------------  -----  ------\n"
            "2026-01-10  JU-2026-000002  Salaries\n"
            "                              5.1 Salaries             3.00\n"
            "                                1.1.01 Cash                    3.00\n"
            "2026-01-20  JU-2026-000001  Salaries\n"
            "                              5.1 Salaries             5.00\n"
            "                                1.1.01 Cash                    5.00\n"
            "----------  --------------  ------------------------  -----  ------\n"
            "                            Total                      8.00    8.00\n");
  EXPECT_EQ(server_.received().list_entries.from_date(), "2026-01-01");
  EXPECT_EQ(server_.received().list_entries.to_date(), "2026-01-25");
}

}  // namespace
}  // namespace lumbung::cli
