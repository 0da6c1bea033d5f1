// Our chart templates against the published charts, row by row, and the irregularities of those
// charts one by one: books in the field refer to them, so they must survive.
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "ledger/charts/chart_template.h"
#include "tests/support/shared_folder.h"

namespace lumbung {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// ---- The published charts ----

using CsvRow = std::vector<std::string>;

// RFC 4180, without line breaks in fields: the charts have none.
std::vector<CsvRow> ReadCsv(const std::string& text) {
  std::vector<CsvRow> rows;
  CsvRow row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
      row.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::exchange(row, CsvRow(1)));
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  return rows;
}

struct PublishedAccount {
  std::string code, name_id, name_en, type, normal_side, notes;
};

std::vector<PublishedAccount> ReadPublishedChart(const std::string& path) {
  std::vector<PublishedAccount> accounts;
  const std::vector<CsvRow> rows = ReadCsv(testing::ReadSharedFile(path));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const CsvRow& row = rows[i];
    EXPECT_EQ(row.size(), 6u) << path << " row " << i + 1;
    if (row.size() == 6) accounts.push_back({row[0], row[1], row[2], row[3], row[4], row[5]});
  }
  return accounts;
}

// The ledger's five types for the words the published charts use.
AccountType TypeFor(absl::string_view published) {
  static const auto* const types = new std::map<absl::string_view, AccountType>{
      {"asset", AccountType::kAsset},         {"liability", AccountType::kLiability},
      {"equity", AccountType::kNetAsset},     {"net_assets", AccountType::kNetAsset},
      {"oci", AccountType::kNetAsset},        {"revenue", AccountType::kIncome},
      {"other", AccountType::kIncome},        {"other_income", AccountType::kIncome},
      {"expense", AccountType::kExpense},     {"cogs", AccountType::kExpense},
      {"tax_expense", AccountType::kExpense}, {"other_expense", AccountType::kExpense},
  };
  return types->at(absl::StripSuffix(published, "_contra"));
}

std::string NormalSide(const TemplateAccount& account) {
  const bool debit = account.type == AccountType::kAsset || account.type == AccountType::kExpense;
  return debit != account.contra ? "debit" : "credit";
}

const ChartTemplate& Chart(absl::string_view name) {
  return *FindChartTemplate(name).value();
}

const TemplateAccount& Find(const ChartTemplate& chart, absl::string_view id) {
  for (const TemplateAccount& account : chart.accounts) {
    if (account.id == id) return account;
  }
  ADD_FAILURE() << chart.Name() << " has no account " << id;
  return chart.accounts.front();
}

struct PublishedCase {
  const char* chart;
  const char* path;
  std::size_t accounts;
};

std::ostream& operator<<(std::ostream& out, const PublishedCase& published) {
  return out << published.chart;
}

class PublishedChart : public ::testing::TestWithParam<PublishedCase> {};

INSTANTIATE_TEST_SUITE_P(
    Charts, PublishedChart,
    ::testing::Values(PublishedCase{"isak35-ngo", "domain/coa_isak35_ngo.csv", 135},
                      PublishedCase{"bumdes-136", "domain/coa_bumdes.csv", 340},
                      PublishedCase{"bumdesma-lkd", "domain/coa_bumdesma_lkd.csv", 139}),
    [](const auto& chart) {
      return absl::StrReplaceAll(chart.param.chart, {{"-", "_"}});
    });

TEST_P(PublishedChart, StandsInTheTemplateRowByRow) {
  const std::vector<PublishedAccount> published = ReadPublishedChart(GetParam().path);
  std::vector<const TemplateAccount*> ours;
  for (const TemplateAccount& account : Chart(GetParam().chart).accounts) {
    if (!account.extension) ours.push_back(&account);
  }
  ASSERT_EQ(published.size(), GetParam().accounts);
  ASSERT_EQ(ours.size(), published.size());
  for (std::size_t i = 0; i < published.size(); ++i) {
    SCOPED_TRACE(absl::StrCat(published[i].code, " ", published[i].name_id));
    EXPECT_EQ(ours[i]->code, published[i].code);
    EXPECT_EQ(ours[i]->display_name_id, published[i].name_id);
    EXPECT_EQ(ours[i]->display_name, published[i].name_en);
    EXPECT_EQ(ours[i]->type, TypeFor(published[i].type));
    EXPECT_EQ(NormalSide(*ours[i]), published[i].normal_side);
    EXPECT_EQ(ours[i]->postable, !absl::StartsWith(published[i].notes, "header") &&
                                     !absl::StrContains(published[i].notes, "; header"));
  }
}

TEST_P(PublishedChart, ContraIsWhatDiffersFromTheNormalSideOfTheType) {
  std::vector<std::string> unmarked;
  for (const PublishedAccount& account : ReadPublishedChart(GetParam().path)) {
    const AccountType type = TypeFor(account.type);
    const bool debit = type == AccountType::kAsset || type == AccountType::kExpense;
    const bool differs = (account.normal_side == "debit") != debit;
    if (differs != absl::EndsWith(account.type, "_contra")) unmarked.push_back(account.code);
  }
  // The outgoing half of a release carries a debit balance, but is published as plain net assets.
  if (GetParam().chart == std::string("isak35-ngo")) {
    EXPECT_THAT(unmarked, ElementsAre("3.2.90"));
  } else {
    EXPECT_THAT(unmarked, IsEmpty());
  }
}

// ---- What is ours ----

std::vector<std::string> ExtensionsThatTakePostings(const ChartTemplate& chart) {
  std::vector<std::string> codes;
  for (const TemplateAccount& account : chart.accounts) {
    if (account.extension && account.postable) codes.push_back(account.code);
  }
  return codes;
}

TEST(ChartExtensions, GiveVillageEnterprisesTheAccountsTheirChartLacks) {
  EXPECT_THAT(ExtensionsThatTakePostings(Chart("bumdes-136")),
              ElementsAre("1.1.03.11",                                         // loans
                          "1.1.04.11",                                         // their allowance
                          "2.1.02.05", "2.1.02.06",                            // final income taxes
                          "2.1.05.11", "2.1.05.12", "2.1.05.13", "2.1.05.14",  // declared profit
                          "2.1.06.01",                                         // unearned revenue
                          "2.1.07.01",                                         // member deposits
                          "7.1.99.01", "7.2.99.01"));                          // cash over, short
}

TEST(ChartExtensions, AreHeadersOnlyInTheOtherCharts) {
  EXPECT_THAT(ExtensionsThatTakePostings(Chart("isak35-ngo")), IsEmpty());
  EXPECT_THAT(ExtensionsThatTakePostings(Chart("bumdesma-lkd")), IsEmpty());
}

TEST(ChartExtensions, EveryPostableAccountStandsUnderAHeader) {
  for (const ChartTemplate& chart : ChartTemplates()) {
    for (const TemplateAccount& account : chart.accounts) {
      EXPECT_FALSE(account.postable && account.parent.empty()) << chart.Name() << " " << account.id;
    }
  }
}

// ---- Irregularities of the published village enterprise chart ----

TEST(IrregularChart, TheHeaderCode1_1_01_00StandsTwice) {
  const ChartTemplate& chart = Chart("bumdes-136");
  const TemplateAccount& current_assets = Find(chart, "1.1.00.00");
  const TemplateAccount& cash = Find(chart, "1.1.01.00");
  EXPECT_EQ(current_assets.code, "1.1.01.00");
  EXPECT_EQ(current_assets.display_name_id, "Aset Lancar");
  EXPECT_FALSE(current_assets.postable);
  EXPECT_EQ(cash.code, "1.1.01.00");
  EXPECT_EQ(cash.display_name_id, "Kas");
  EXPECT_EQ(cash.parent, "1.1.00.00");
  EXPECT_EQ(Find(chart, "1.1.01.01").parent, "1.1.01.00");
}

TEST(IrregularChart, TheHeader1_90_1_00KeepsItsMisprintAndItsChild) {
  const ChartTemplate& chart = Chart("bumdes-136");
  EXPECT_EQ(Find(chart, "1.90.1.00").code, "1.90.1.00");
  EXPECT_EQ(Find(chart, "1.90.1.00").parent, "1.9.00.00");
  EXPECT_EQ(Find(chart, "1.9.01.01").parent, "1.90.1.00");
}

struct Adoption {
  const char* child;
  const char* parent;
};

// Children whose codes do not extend their parent's.
constexpr Adoption kAdoptions[] = {
    {"1.9.01.02", "1.9.02.00"},  // accumulated depreciation of other assets
    {"2.1.09.99", "2.1.99.00"},  // other current liabilities
    {"3.3.01.02", "3.3.02.00"},  // retained earnings appropriated for debt
    {"4.2.99.01", "4.2.00.00"},  // sales returns without a header of their own
    {"4.3.99.01", "4.3.00.00"},
};

TEST(IrregularChart, ChildrenStandUnderTheHeaderThatIsMeantNotTheOneTheirCodeSuggests) {
  const ChartTemplate& chart = Chart("bumdes-136");
  for (const Adoption& adoption : kAdoptions) {
    EXPECT_EQ(Find(chart, adoption.child).parent, adoption.parent) << adoption.child;
  }
}

TEST(IrregularChart, TheSuffix93OfOtherUtilitiesIsKept) {
  EXPECT_EQ(Find(Chart("bumdes-136"), "2.1.04.93").parent, "2.1.04.00");
}

TEST(IrregularChart, Class7HoldsIncomeAndExpenses) {
  const ChartTemplate& chart = Chart("bumdes-136");
  EXPECT_EQ(Find(chart, "7.1.00.00").type, AccountType::kIncome);
  EXPECT_EQ(Find(chart, "7.2.00.00").type, AccountType::kExpense);
  EXPECT_EQ(Find(chart, "7.3.00.00").type, AccountType::kExpense);
  for (const char* id : {"7.1.00.00", "7.2.00.00", "7.3.00.00"}) {
    EXPECT_EQ(Find(chart, id).parent, "7.0.00.00");
  }
}

TEST(IrregularChart, ContraAccountsThatCopiesMarkAsDebitAreContra) {
  const ChartTemplate& village = Chart("bumdes-136");
  EXPECT_TRUE(Find(village, "1.1.04.99").contra);
  EXPECT_TRUE(Find(village, "1.4.02.01").contra);
  EXPECT_TRUE(Find(village, "4.2.01.99").contra);
  EXPECT_TRUE(Find(Chart("bumdesma-lkd"), "1.1.04.01").contra);
}

TEST(IrregularChart, OtherComprehensiveIncomeNeverPassesThroughTheSurplus) {
  const ChartTemplate& chart = Chart("isak35-ngo");
  for (const char* id : {"6.1.10", "6.1.20", "6.1.30"}) {
    EXPECT_EQ(Find(chart, id).type, AccountType::kNetAsset) << id;
    EXPECT_EQ(Find(chart, id).parent, "6.0.00") << id;
  }
}

}  // namespace
}  // namespace lumbung
