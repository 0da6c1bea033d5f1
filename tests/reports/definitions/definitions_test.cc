#include "reports/definitions/definitions.h"

#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/charts/chart_template.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Refuses;
using testing::RefusesAt;

constexpr char kGood[] = R"(format: 1
statement: kas
version: 1
title: {id: Kas, en: Cash}
legal_basis: {id: Uji, en: Test}
charts: [isak35-ngo]
time: day
lines:
  - {line: cash, label: {id: Kas, en: Cash}, take: closing, sign: debit, accounts: [1.1.10]}
  - {total: all, label: {id: Semua, en: All}, of: [cash]}
checks:
  - {left: cash, right: all, label: {id: Sama, en: Same}}
)";

TEST(DefinitionsTest, EveryAccountThatIsNamedIsInItsChart) {
  for (const StatementDefinition& definition : Definitions()) {
    for (const std::string& chart_id : definition.charts) {
      const auto chart = FindChartTemplate(chart_id);
      ASSERT_TRUE(chart.ok()) << definition.id << ": " << chart.status();
      std::set<std::string> accounts;
      for (const TemplateAccount& account : (*chart)->accounts) accounts.insert(account.id);
      std::vector<std::string> named = definition.cash;
      for (const StatementLine& line : definition.lines) {
        for (const Selector& selector : line.selectors) {
          named.insert(named.end(), selector.accounts.begin(), selector.accounts.end());
          named.insert(named.end(), selector.except.begin(), selector.except.end());
        }
      }
      for (const std::string& account : named) {
        EXPECT_EQ(accounts.count(account), 1u) << definition.id << ": no account " << account;
      }
    }
  }
}

// Figures are read once for all statements that are printed together.
TEST(DefinitionsTest, CashIsTheSameInAllStatementsOfAChart) {
  std::map<std::string, std::vector<std::string>> cash;
  for (const StatementDefinition& definition : Definitions()) {
    if (definition.cash.empty()) continue;
    for (const std::string& chart : definition.charts) {
      EXPECT_EQ(cash.emplace(chart, definition.cash).first->second, definition.cash)
          << definition.id;
    }
  }
}

TEST(DefinitionsTest, TheSetOfAChartIsOrderedWithoutGaps) {
  std::map<std::string, std::set<int>> places;
  for (const StatementDefinition& definition : Definitions()) {
    if (definition.place_in_set == 0) continue;
    for (const std::string& chart : definition.charts) {
      EXPECT_TRUE(places[chart].insert(definition.place_in_set).second) << definition.id;
    }
  }
  EXPECT_THAT(places["isak35-ngo"], ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(places["bumdes-136"], ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(places["bumdesma-lkd"], ElementsAre(1, 2, 3));
}

TEST(DefinitionsTest, AreFoundByTheirIds) {
  for (const StatementDefinition& definition : Definitions()) {
    EXPECT_EQ(*FindDefinition(definition.id), &definition);
  }
  EXPECT_THAT(FindDefinition("neraca"), Refuses("UNKNOWN_STATEMENT"));
}

TEST(ParseDefinitionTest, ReadsWhatIsGood) {
  const auto definition = ParseDefinition("kas.yaml", kGood);
  ASSERT_TRUE(definition.ok()) << definition.status();
  EXPECT_EQ(definition->id, "kas");
  ASSERT_EQ(definition->lines.size(), 2u);
  EXPECT_EQ(definition->lines[1].terms[0].line, 0u);
  EXPECT_EQ(definition->columns.size(), 1u);
}

TEST(ParseDefinitionTest, NamesFileAndLineOfTheFirstFault) {
  const struct {
    const char* from;
    const char* to;
    const char* place;
    const char* message;
  } kCases[] = {
      {"format: 1", "format: 2", "kas.yaml:1", "whole number from 1 to 1"},
      {"time: day", "time: noon", "kas.yaml:7", "allowed are day, period"},
      {"take: closing", "take: all", "kas.yaml:9", "allowed are opening, closing"},
      {"take: closing", "take: cash", "kas.yaml:9", "which accounts are \"cash\""},
      {"sign: debit", "sign: plus", "kas.yaml:9", "allowed are debit, credit"},
      {", accounts: [1.1.10]", "", "kas.yaml:9", "takes \"accounts\", \"types\" or both"},
      {"accounts: [1.1.10]", "accounts: [1.1.10, 1.1.10]", "kas.yaml:9", "stands twice"},
      {"of: [cash]", "of: [bank]", "kas.yaml:10", "no line above is called \"bank\""},
      {"total: all", "total: cash", "kas.yaml:10", "line \"cash\" stands twice"},
      {"right: all", "right: kas", "kas.yaml:12", "there is no line \"kas\""},
      {"charts: [isak35-ngo]", "charts: []", "kas.yaml:6", "names the charts"},
      {"label: {id: Kas, en: Cash}", "label: {id: Kas}", "kas.yaml:9", "needs \"en\""},
      {"line: cash", "lime: cash", "kas.yaml:9", "no key \"lime\""},
  };
  for (const auto& c : kCases) {
    const std::string text = absl::StrReplaceAll(kGood, {{c.from, c.to}});
    ASSERT_NE(text, kGood) << c.from;
    const auto definition = ParseDefinition("kas.yaml", text);
    EXPECT_THAT(definition, RefusesAt("INVALID_STATEMENT_DEFINITION", c.place)) << c.to;
    EXPECT_THAT(std::string(definition.status().message()), HasSubstr(c.message)) << c.to;
  }
}

}  // namespace
}  // namespace lumbung::reports
