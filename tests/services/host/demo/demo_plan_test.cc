// The demo's entries, checked by an accountant's rules with arithmetic of their own: no server
// needed.
#include "services/host/demo/demo_plan.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/charts/chart_template.h"
#include "services/host/demo/foundation.h"

namespace lumbung::demo {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;

std::int64_t WholeNumber(const std::string& text) {
  std::int64_t value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(text, &value)) << text;
  return value;
}

Date DateOf(const v1::JournalEntry& entry) {
  return Date::Parse(entry.effective_date()).value();
}

// In rupiah, as the ledger will value it.
std::int64_t ValueOf(const v1::Posting& posting, Date date) {
  if (posting.has_functional_amount()) return WholeNumber(posting.functional_amount().amount());
  const std::int64_t amount = WholeNumber(posting.amount().amount());
  return posting.amount().currency() == "IDR" ? amount : amount * DollarRateOn(date);
}

bool IsReversed(const DemoMonth& month, std::size_t entry) {
  for (const DemoReversal& reversal : month.reversals) {
    if (reversal.entry == entry) return true;
  }
  return false;
}

// Every entry that stands, in order of date.
std::vector<v1::JournalEntry> StandingEntries() {
  std::vector<v1::JournalEntry> entries;
  for (const DemoMonth& month : PlanDemo()) {
    for (std::size_t i = 0; i < month.entries.size(); ++i) {
      if (!IsReversed(month, i)) entries.push_back(month.entries[i]);
    }
  }
  return entries;
}

// Rupiah by account, or by account and fund, over all that stands.
std::int64_t ValueAtEnd(absl::string_view account) {
  std::int64_t value = 0;
  for (const v1::JournalEntry& entry : StandingEntries()) {
    for (const v1::Posting& posting : entry.postings()) {
      if (posting.account() == account) value += ValueOf(posting, DateOf(entry));
    }
  }
  return value;
}

TEST(DemoPlan, IsTheSameAtEveryCall) {
  const auto text = [] {
    std::string all;
    for (const DemoMonth& month : PlanDemo()) {
      for (const v1::JournalEntry& entry : month.entries) all += entry.ShortDebugString();
      for (const v1::BalanceAssertion& assertion : month.assertions) {
        all += assertion.ShortDebugString();
      }
    }
    return all;
  };
  EXPECT_EQ(text(), text());
}

TEST(DemoPlan, TellsFifteenMonthsInAFewHundredEntries) {
  const std::vector<DemoMonth> months = PlanDemo();
  ASSERT_EQ(months.size(), 15u);
  std::size_t entries = 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    EXPECT_EQ(months[i].first, Date::FromCivil(2025, 1, 1)->AddMonths(static_cast<int>(i)));
    std::string previous = months[i].first.ToString();
    for (const v1::JournalEntry& entry : months[i].entries) {
      EXPECT_EQ(DateOf(entry).FirstOfMonth(), months[i].first) << entry.description();
      EXPECT_LE(previous, entry.effective_date()) << entry.description();
      previous = entry.effective_date();
    }
    entries += months[i].entries.size();
  }
  EXPECT_THAT(entries, AllOf(Ge(300u), Le(900u)));
}

TEST(DemoPlan, EveryEntryBalancesInEachOfItsFunds) {
  for (const DemoMonth& month : PlanDemo()) {
    for (const v1::JournalEntry& entry : month.entries) {
      std::map<std::string, std::int64_t> sums;
      for (const v1::Posting& posting : entry.postings()) {
        sums[posting.fund()] += ValueOf(posting, DateOf(entry));
      }
      for (const auto& [fund, sum] : sums) {
        EXPECT_EQ(sum, 0) << entry.ShortDebugString() << " in fund '" << fund << "'";
      }
    }
  }
}

TEST(DemoPlan, PostsOnlyToAccountsThatTakePostingsWithTheDimensionsTheyAskFor) {
  std::map<std::string, const TemplateAccount*> accounts;
  for (const TemplateAccount& account : (*FindChartTemplate(kChart))->accounts) {
    if (account.postable) accounts[account.id] = &account;
  }
  for (const v1::JournalEntry& entry : StandingEntries()) {
    for (const v1::Posting& posting : entry.postings()) {
      ASSERT_EQ(accounts.count(posting.account()), 1u) << posting.account();
      for (const TemplateDimensionRule& rule : accounts[posting.account()]->rules) {
        EXPECT_EQ(posting.dimensions().count(rule.dimension),
                  rule.requirement == DimensionRequirement::kRequired ? 1u : 0u)
            << entry.ShortDebugString();
      }
    }
  }
}

TEST(DemoPlan, NamesOnlyFundsAndDimensionValuesItSetsUp) {
  std::set<std::string> funds = {""};
  for (const DemoFund& fund : Funds()) funds.insert(std::string(fund.id));
  std::set<std::pair<std::string, std::string>> values;
  for (const DemoValue& value : DimensionValues()) {
    values.emplace(std::string(value.dimension), std::string(value.id));
  }
  for (const v1::JournalEntry& entry : StandingEntries()) {
    for (const v1::Posting& posting : entry.postings()) {
      EXPECT_EQ(funds.count(posting.fund()), 1u) << posting.fund();
      for (const auto& [dimension, value] : posting.dimensions()) {
        EXPECT_EQ(values.count({dimension, value}), 1u) << dimension << "=" << value;
      }
    }
  }
}

TEST(DemoPlan, ReleasesTakeFromOneClassWhatTheyGiveToTheOther) {
  int releases = 0;
  for (const v1::JournalEntry& entry : StandingEntries()) {
    std::int64_t in = 0;
    std::int64_t out = 0;
    for (const v1::Posting& posting : entry.postings()) {
      if (posting.account() == "3.1.90") {
        in += ValueOf(posting, DateOf(entry));
        EXPECT_EQ(posting.fund(), "") << entry.ShortDebugString();
      } else if (posting.account() == "3.2.90") {
        out += ValueOf(posting, DateOf(entry));
        EXPECT_NE(posting.fund(), "") << entry.ShortDebugString();
      }
    }
    EXPECT_EQ(in + out, 0) << entry.ShortDebugString();
    releases += in != 0 ? 1 : 0;
  }
  EXPECT_GT(releases, 100);
}

TEST(DemoPlan, OnlyExchangeDifferencesAndGrantsStandInRestrictedFundsAsIncome) {
  std::set<std::string> accounts;
  for (const v1::JournalEntry& entry : StandingEntries()) {
    for (const v1::Posting& posting : entry.postings()) {
      const bool result = posting.account()[0] == '4' || posting.account()[0] == '5';
      if (result && !posting.fund().empty()) accounts.insert(posting.account());
    }
  }
  EXPECT_THAT(accounts, ElementsAre("4.1.20", "4.3.21", "4.9.20", "5.8.10"));
}

TEST(DemoPlan, NoBankAccountIsEverOverdrawnInAnyFund) {
  std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> balances;
  std::vector<std::string> overdrawn;
  const std::vector<v1::JournalEntry> entries = StandingEntries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const v1::Posting& posting : entries[i].postings()) {
      if (!absl::StartsWith(posting.account(), "1.1.1") &&
          !absl::StartsWith(posting.account(), "1.1.2")) {
        continue;
      }
      // Revaluations touch the dollar account in rupiah; its balance is in dollars.
      if (posting.account() == "1.1.23" && posting.amount().currency() == "IDR") continue;
      balances[{posting.account(), posting.fund(), posting.amount().currency()}] +=
          WholeNumber(posting.amount().amount());
    }
    const bool day_ends =
        i + 1 == entries.size() || entries[i + 1].effective_date() != entries[i].effective_date();
    if (!day_ends) continue;
    for (const auto& [key, balance] : balances) {
      if (balance < 0) {
        overdrawn.push_back(absl::StrCat(entries[i].effective_date(), " ", std::get<0>(key), " ",
                                         std::get<1>(key), " ", balance));
      }
    }
  }
  EXPECT_THAT(overdrawn, IsEmpty());
}

TEST(DemoPlan, WhatItAssertsIsWhatItsEntriesSumTo) {
  int assertions = 0;
  const std::vector<v1::JournalEntry> entries = StandingEntries();
  for (const DemoMonth& month : PlanDemo()) {
    for (const v1::BalanceAssertion& assertion : month.assertions) {
      std::int64_t balance = 0;
      for (const v1::JournalEntry& entry : entries) {
        if (entry.effective_date() > assertion.date()) continue;
        for (const v1::Posting& posting : entry.postings()) {
          if (posting.account() == assertion.account() &&
              posting.amount().currency() == assertion.expected().currency()) {
            balance += WholeNumber(posting.amount().amount());
          }
        }
      }
      EXPECT_EQ(assertion.expected().amount(), absl::StrCat(balance)) << assertion.date();
      ++assertions;
    }
  }
  EXPECT_EQ(assertions, 5 * 5);  // Five accounts, five quarters.
}

TEST(DemoPlan, TheDollarAccountStandsAtTheClosingRateAtEachQuartersEnd) {
  std::int64_t dollars = 0;
  std::int64_t value = 0;
  for (const DemoMonth& month : PlanDemo()) {
    for (const v1::JournalEntry& entry : month.entries) {
      for (const v1::Posting& posting : entry.postings()) {
        if (posting.account() != "1.1.23") continue;
        value += ValueOf(posting, DateOf(entry));
        if (posting.amount().currency() == "USD") dollars += WholeNumber(posting.amount().amount());
      }
    }
    if (month.assertions.empty()) continue;
    EXPECT_EQ(value, dollars * DollarRateOn(month.first.LastOfMonth())) << month.first;
  }
}

// The worked case of an advance: 10,000,000 given, 9,250,000 spent, of which an honorarium of
// 1,000,000 that bears 50,000 of tax; 800,000 comes back.
TEST(DemoPlan, TheFirstAdvanceIsSettledAsTheWorkedCase) {
  for (const v1::JournalEntry& entry : StandingEntries()) {
    if (!absl::StartsWith(entry.description(), "Pertanggungjawaban UM-1 ")) continue;
    std::vector<std::string> lines;
    for (const v1::Posting& posting : entry.postings()) {
      lines.push_back(
          absl::StrCat(posting.account(), " ", posting.fund(), " ", posting.amount().amount()));
    }
    EXPECT_THAT(lines, ElementsAre("5.3.60  8250000", "5.2.20  1000000", "3.1.90  -9250000",
                                   "3.2.90 benih 9250000", "1.1.22 benih 800000",
                                   "2.1.31 benih -50000", "1.1.51 benih -10000000"));
    return;
  }
  FAIL() << "the first advance is not settled";
}

TEST(DemoPlan, OneEntryIsReversedWithinItsMonth) {
  std::vector<std::string> reversals;
  for (const DemoMonth& month : PlanDemo()) {
    for (const DemoReversal& reversal : month.reversals) {
      const v1::JournalEntry& wrong = month.entries[reversal.entry];
      EXPECT_LT(wrong.effective_date(), reversal.date.ToString());
      EXPECT_EQ(reversal.date.FirstOfMonth(), month.first);
      reversals.push_back(wrong.description());
    }
  }
  EXPECT_THAT(reversals, ElementsAre("Listrik April 2025"));
}

TEST(DemoPlan, PrepaidRentAndInsuranceOfTheFirstYearAreUsedUp) {
  const std::int64_t left_of_rent = 52'000'000 - (4'333'333 + 4'333'334 + 4'333'333);
  EXPECT_EQ(ValueAtEnd("1.1.71"), left_of_rent);
  EXPECT_EQ(ValueAtEnd("1.1.72"), 1'200'000 - 3 * 100'000);
}

TEST(DemoPlan, InternalChargesCancelEachOther) {
  EXPECT_NE(ValueAtEnd("5.9.10"), 0);
  EXPECT_EQ(ValueAtEnd("5.9.10") + ValueAtEnd("4.4.10"), 0);
}

TEST(MonthlyPart, FollowsTheWorkedCasesAndAlwaysSums) {
  struct Case {
    const char* asset;
    std::int64_t cost;
    int months;
    std::int64_t first, second, third, year;
  };
  for (const Case& c : {Case{"building", 100'000'000, 240, 416'667, 416'666, 416'667, 5'000'000},
                        Case{"motorcycle", 25'000'000, 120, 208'333, 208'334, 208'333, 2'500'000},
                        Case{"licence", 12'500'000, 120, 104'167, 104'166, 104'167, 1'250'000},
                        Case{"prepaid rent", 5'000'000, 12, 416'667, 416'666, 416'667, 5'000'000},
                        Case{"insurance", 1'200'000, 12, 100'000, 100'000, 100'000, 1'200'000}}) {
    SCOPED_TRACE(c.asset);
    EXPECT_EQ(MonthlyPart(c.cost, c.months, 1), c.first);
    EXPECT_EQ(MonthlyPart(c.cost, c.months, 2), c.second);
    EXPECT_EQ(MonthlyPart(c.cost, c.months, 3), c.third);
    std::int64_t sum = 0;
    for (int number = 1; number <= c.months; ++number) {
      sum += MonthlyPart(c.cost, c.months, number);
      if (number == 12) {
        EXPECT_EQ(sum, c.year);
      }
    }
    EXPECT_EQ(sum, c.cost);
  }
}

TEST(BusinessDay, NeverFallsOnAWeekendOrLeavesItsMonth) {
  for (int month = 0; month < 48; ++month) {
    const Date first = Date::FromCivil(2024, 1, 1)->AddMonths(month);
    for (int day = 1; day <= 31; ++day) {
      const Date date = BusinessDay(first, day);
      EXPECT_LT(date.weekday(), 5) << date;
      EXPECT_EQ(date.FirstOfMonth(), first) << day;
    }
  }
}

}  // namespace
}  // namespace lumbung::demo
