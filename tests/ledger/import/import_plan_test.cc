#include "ledger/import/import_plan.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::import {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

ImportPlan PlanOf(const std::string& journal, std::map<std::string, std::string> names = {},
                  std::set<std::string> dimensions = {}) {
  const CurrencyNames currency_names(std::move(names));
  PlanningSink sink(&currency_names, std::move(dimensions));
  EXPECT_EQ(ReadHledger(MemoryFiles({{"a.journal", journal}}), "a.journal", sink),
            absl::OkStatus());
  return sink.Finish();
}

std::string AccountsOf(const ImportPlan& plan) {
  const char* const kTypes[] = {"", "asset", "liability", "net asset", "income", "expense"};
  std::string text;
  for (const auto& [name, account] : plan.accounts) {
    absl::StrAppend(&text, name, " | ", kTypes[static_cast<int>(account.type)],
                    account.type_known ? "" : "?", account.postable ? "" : " | header", "\n");
  }
  return text;
}

std::string CurrenciesOf(const ImportPlan& plan) {
  std::string text;
  for (const auto& [code, currency] : plan.currencies) {
    absl::StrAppend(&text, code, " | ", currency.scale, " | ", currency.cost_scale, "\n");
  }
  return text;
}

TEST(ImportPlanTest, NamesAccountsWithTheirParentsAndTheTypesThatTheNamesTell) {
  EXPECT_EQ(AccountsOf(PlanOf("2026-01-02 x\n"
                              "    Aset:Kas:Besar    5 IDR\n"
                              "    Pendapatan:Hibah\n"
                              "2026-01-02 x\n"
                              "    Expenses:Food    5 IDR\n"
                              "    Wallet:Blue\n")),
            "Aset | asset | header\n"
            "Aset:Kas | asset | header\n"
            "Aset:Kas:Besar | asset\n"
            "Expenses | expense | header\n"
            "Expenses:Food | expense\n"
            "Pendapatan | income | header\n"
            "Pendapatan:Hibah | income\n"
            "Wallet | asset? | header\n"
            "Wallet:Blue | asset?\n");
}

TEST(ImportPlanTest, TakesADeclaredTypeBeforeTheName) {
  EXPECT_EQ(AccountsOf(PlanOf("account Wallet:Blue  ; type:L\n"
                              "account Wallet:Blue:Deep\n")),
            "Wallet | asset? | header\n"
            "Wallet:Blue | liability\n"
            "Wallet:Blue:Deep | liability\n");
}

TEST(ImportPlanTest, TellsWhatAmountsNeedFromWhatCostsNeed) {
  EXPECT_EQ(CurrenciesOf(PlanOf("2026-01-02 x\n"
                                "    Assets:Gold    1.25 XAU @ 1900.333 USD\n"
                                "    Assets:Cash\n"
                                "2026-01-03 x\n"
                                "    Assets:Cash    10.50 $\n"
                                "    Assets:Bank\n",
                                {{"$", "USD"}})),
            "USD | 5 | 5\n"
            "XAU | 2 | 0\n");
}

TEST(ImportPlanTest, KeepsAPriceOnceAndLeavesOutWhatIsNoPrice) {
  const ImportPlan plan = PlanOf(
      "P 2026-01-02 EUR 17500 IDR\n"
      "P 2026-01-02 EUR 17500.00 IDR\n"
      "P 2026-01-02 EUR 17600 IDR\n"
      "P 2026-01-03 EUR 17500 IDR\n"
      "P 2026-01-03 USD 0 IDR\n"
      "P 2026-01-03 USD 1 USD\n");
  std::string prices;
  for (const ParsedPrice& price : plan.prices) {
    absl::StrAppend(&prices, price.date.ToString(), " ", price.price.quantity.ToString(), "\n");
  }
  EXPECT_EQ(prices, "2026-01-02 17500\n2026-01-02 17600\n2026-01-03 17500\n");
  ASSERT_EQ(plan.unsupported.size(), 1u);
  EXPECT_THAT(plan.unsupported.begin()->second.places, ElementsAre("a.journal:5", "a.journal:6"));
}

TEST(ImportPlanTest, CollectsTheTagsThatNameADimension) {
  const ImportPlan plan = PlanOf(
      "2026-01-02 x  ; project: Wells, colour: blue\n"
      "    Assets:Cash    5 IDR  ; project: Roads\n"
      "    Assets:Bank\n",
      {}, {"project"});
  EXPECT_THAT(plan.tag_values, ElementsAre(Pair("project", ElementsAre("Roads", "Wells"))));
}

TEST(ImportPlanTest, CountsEntriesPostingsAndDays) {
  const ImportPlan plan = PlanOf(
      "2026-03-02 x\n"
      "    Assets:Cash    5 IDR\n"
      "    Assets:Bank\n"
      "2026-01-02 x\n"
      "    Assets:Cash    5 IDR = 5 IDR\n"
      "    Assets:Box    5 IDR\n"
      "    Assets:Bank\n");
  EXPECT_EQ(plan.entry_count, 2);
  EXPECT_EQ(plan.posting_count, 5);
  EXPECT_EQ(plan.first_date->ToString(), "2026-01-02");
  EXPECT_EQ(plan.last_date->ToString(), "2026-03-02");
  EXPECT_EQ(plan.assertion_count, 1);
  EXPECT_THAT(plan.asserted_accounts, ElementsAre("Assets:Cash"));
}

TEST(ImportPlanTest, RefusesAFileWithMoreNamesThanItCanKeep) {
  const CurrencyNames names({});
  PlanningSink sink(&names, {});
  absl::Status status;
  for (std::size_t i = 0; i <= kMaxPlannedCurrencies && status.ok(); ++i) {
    status = sink.OnCommodity({{"a.journal", static_cast<int>(i)}, absl::StrCat("C", i), 2, ""});
  }
  EXPECT_EQ(ReasonOf(status), "TOO_MANY_NAMES");
  EXPECT_EQ(status.message(), "a.journal:10000: the file has more than 10000 commodities");
}

}  // namespace
}  // namespace lumbung::import
