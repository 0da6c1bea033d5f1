#include "ledger/charts/chart_template.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/charts/embedded_charts.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::RefusesAt;

TEST(ChartTemplate, ListsEveryTemplateInTheBinary) {
  std::vector<std::string> names;
  for (const ChartTemplate& chart : ChartTemplates()) names.push_back(chart.Name());
  EXPECT_THAT(names, ElementsAre("bumdes-136@1", "bumdesma-lkd@1", "isak35-ngo@1"));
}

TEST(ChartTemplate, EveryFileIsNamedAfterItsTemplateAndVersion) {
  for (const EmbeddedChart& chart : EmbeddedCharts()) {
    const absl::StatusOr<ChartTemplate> parsed = ParseChartTemplate(chart.file, chart.text);
    ASSERT_THAT(parsed, IsOk());
    EXPECT_EQ(chart.file, absl::StrCat(parsed->id, ".v", parsed->version, ".yaml"));
  }
}

TEST(ChartTemplate, IsFoundByIdAndByExactVersion) {
  const absl::StatusOr<const ChartTemplate*> newest = FindChartTemplate("isak35-ngo");
  const absl::StatusOr<const ChartTemplate*> exact = FindChartTemplate("isak35-ngo@1");
  ASSERT_THAT(newest, IsOk());
  ASSERT_THAT(exact, IsOk());
  EXPECT_EQ(*newest, *exact);
  EXPECT_EQ((*newest)->id, "isak35-ngo");
}

TEST(ChartTemplate, RefusesAnUnknownNameAndListsThoseThereAre) {
  for (const char* name : {"", "isak35", "isak35-ngo@2", "isak35-ngo@", "ISAK35-NGO", "@1"}) {
    const absl::StatusOr<const ChartTemplate*> chart = FindChartTemplate(name);
    EXPECT_THAT(chart, RefusesAt("UNKNOWN_CHART_TEMPLATE", "chart_template")) << name;
    EXPECT_THAT(std::string(chart.status().message()),
                HasSubstr("bumdes-136@1, bumdesma-lkd@1, isak35-ngo@1"));
  }
}

TEST(ChartTemplate, EveryBookStartsInRupiahWithAnUnrestrictedDefaultFund) {
  for (const ChartTemplate& chart : ChartTemplates()) {
    EXPECT_EQ(chart.functional_currency, "IDR") << chart.Name();
    EXPECT_EQ(chart.fiscal_year_start_month, 1) << chart.Name();
    EXPECT_EQ(chart.funds.front().id, "umum") << chart.Name();
    EXPECT_EQ(chart.funds.front().restriction, FundRestriction::kWithout) << chart.Name();
  }
}

TEST(ChartTemplate, OnlyInstitutionalGrantsAskForADimension) {
  std::vector<std::string> rules;
  for (const ChartTemplate& chart : ChartTemplates()) {
    for (const TemplateAccount& account : chart.accounts) {
      for (const TemplateDimensionRule& rule : account.rules) {
        ASSERT_EQ(rule.requirement, DimensionRequirement::kRequired);
        rules.push_back(absl::StrCat(chart.id, " ", account.code, " requires ", rule.dimension));
      }
    }
  }
  EXPECT_THAT(rules, ElementsAre("isak35-ngo 4.1.20 requires grant"));
}

TEST(ChartTemplate, TheYearClosesIntoTheAccountsMeantForIt) {
  std::vector<std::string> closings;
  for (const ChartTemplate& chart : ChartTemplates()) {
    closings.push_back(
        absl::StrCat(chart.id, ": ", chart.unrestricted_account, ", ", chart.restricted_account));
  }
  EXPECT_THAT(closings,
              ElementsAre("bumdes-136: 3.3.01.01, 3.3.01.01", "bumdesma-lkd: 3.2.02.01, 3.2.02.01",
                          "isak35-ngo: 3.1.10, 3.2.10"));
}

}  // namespace
}  // namespace lumbung
