#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/charts/chart_template.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::RefusesAt;

// A template with one of everything. Faults are made by replacing one part of it.
constexpr char kSound[] = R"(format: 1
template: kecil
version: 3
name: {id: Kecil, en: Small}
legal_basis: none
functional_currency: IDR
fiscal_year_start_month: 4
funds:
  - {id: umum, restriction: without, name: {id: Umum, en: General}}
  - {id: abadi, restriction: endowment, name: {id: Abadi, en: Endowment}}
dimensions:
  - {id: grant, name: {id: Hibah, en: Grant}}
  - {id: place, name: {id: Tempat, en: Place}}
closing: {unrestricted: N1, restricted: N2}
accounts:
  - {id: A, type: asset, header: true, name: {id: Aset, en: Assets}}
  - {id: A1, parent: A, name: {id: Kas, en: Cash}}
  - {id: A9, parent: A, contra: true, header: true, name: {id: Susut, en: Depreciation}}
  - {id: A91, parent: A9, name: {id: Susut Mobil, en: Depreciation of cars}}
  - {id: N, type: net_asset, header: true, name: {id: Neto, en: Net assets}}
  - {id: N1, code: N, parent: N, name: {id: Bebas, en: Free}}
  - {id: N2, parent: N, name: {id: Terikat, en: Restricted}, note: From donors.}
  - {id: L, type: income, mixed: true, header: true, name: {id: Lain, en: Other}}
  - {id: L1, parent: L, type: income, requires: [grant], name: {id: Masuk, en: In}}
  - {id: L2, parent: L, type: expense, extension: true, forbids: [grant, place],
     name: {id: Keluar, en: Out}}
)";

TEST(ParseChartTemplate, ReadsASoundTemplate) {
  const absl::StatusOr<ChartTemplate> parsed = ParseChartTemplate("kecil.yaml", kSound);
  ASSERT_THAT(parsed, IsOk());
  std::vector<std::string> lines = {
      absl::StrCat(parsed->Name(), " ", parsed->display_name_id, "/", parsed->display_name, " ",
                   parsed->legal_basis, " ", parsed->functional_currency, " from month ",
                   parsed->fiscal_year_start_month, " closing into ", parsed->unrestricted_account,
                   " and ", parsed->restricted_account)};
  for (const TemplateFund& fund : parsed->funds) {
    lines.push_back(absl::StrCat("fund ", fund.id, " ", static_cast<int>(fund.restriction), " ",
                                 fund.display_name_id, "/", fund.display_name));
  }
  for (const TemplateDimension& dimension : parsed->dimensions) {
    lines.push_back(absl::StrCat("dimension ", dimension.id, " ", dimension.display_name_id, "/",
                                 dimension.display_name));
  }
  for (const TemplateAccount& account : parsed->accounts) {
    std::string line =
        absl::StrCat(account.id, " ", account.code, " <", account.parent, "> ",
                     static_cast<int>(account.type), account.postable ? " postable" : " header",
                     account.contra ? " contra" : "", account.extension ? " extension" : "", " ",
                     account.display_name_id, "/", account.display_name, account.note);
    for (const TemplateDimensionRule& rule : account.rules) {
      absl::StrAppend(&line, " ", rule.dimension, ":", static_cast<int>(rule.requirement));
    }
    lines.push_back(line);
  }
  EXPECT_THAT(lines, ::testing::ElementsAre(
                         "kecil@3 Kecil/Small none IDR from month 4 closing into N1 and N2",
                         "fund umum 1 Umum/General",                      //
                         "fund abadi 4 Abadi/Endowment",                  //
                         "dimension grant Hibah/Grant",                   //
                         "dimension place Tempat/Place",                  //
                         "A A <> 1 header Aset/Assets",                   //
                         "A1 A1 <A> 1 postable Kas/Cash",                 //
                         "A9 A9 <A> 1 header contra Susut/Depreciation",  //
                         "A91 A91 <A9> 1 postable contra Susut Mobil/Depreciation of cars",
                         "N N <> 3 header Neto/Net assets",                      //
                         "N1 N <N> 3 postable Bebas/Free",                       //
                         "N2 N2 <N> 3 postable Terikat/RestrictedFrom donors.",  //
                         "L L <> 4 header Lain/Other",                           //
                         "L1 L1 <L> 4 postable Masuk/In grant:1",                //
                         "L2 L2 <L> 5 postable extension Keluar/Out grant:2 place:2"));
}

struct FaultCase {
  const char* name;
  const char* part;         // Of kSound.
  const char* replacement;  // What stands there instead.
  int line;
  const char* message;
};

constexpr FaultCase kFaults[] = {
    // The file as a whole.
    {"NotYaml", "format: 1", "format: [1", 2, "not YAML"},
    {"NotAMap", kSound, "- 1\n", 1, "must be a map"},
    {"Empty", kSound, "", 1, "one YAML document; this file holds 0"},
    {"SecondDocument", "format: 1", "format: 1\n---\nformat: 1", 1, "this file holds 2"},
    {"UnknownFormat", "format: 1", "format: 2", 1, "whole number from 1 to 1"},
    {"MissingKey", "legal_basis: none\n", "", 1, "needs \"legal_basis\""},
    {"UnknownKey", "legal_basis: none", "legal_base: none", 5, "no key \"legal_base\""},
    {"RepeatedKey", "version: 3", "version: 3\nversion: 4", 4, "\"version\" stands twice"},
    {"VersionIsNotANumber", "version: 3", "version: three", 3, "whole number from 1 to 9999"},
    {"VersionIsZero", "version: 3", "version: 0", 3, "whole number from 1 to 9999"},
    {"BadTemplateId", "template: kecil", "template: ke cil", 2, "are allowed"},
    {"UnknownCurrency", "currency: IDR", "currency: RPH", 6, "not a code of ISO 4217"},
    {"MonthOutOfRange", "month: 4", "month: 13", 7, "whole number from 1 to 12"},
    {"NameInOneLanguage", "{id: Kecil, en: Small}", "{id: Kecil}", 4, "needs \"en\""},
    // Funds and dimensions.
    {"NoFunds",
     "funds:\n"
     "  - {id: umum, restriction: without, name: {id: Umum, en: General}}\n"
     "  - {id: abadi, restriction: endowment, name: {id: Abadi, en: Endowment}}\n",
     "", 1, "needs a default fund"},
    {"FundsAreNotAList",
     "\n"
     "  - {id: umum, restriction: without, name: {id: Umum, en: General}}\n"
     "  - {id: abadi, restriction: endowment, name: {id: Abadi, en: Endowment}}\n",
     " none\n", 8, "\"funds\" must be a list"},
    {"RestrictedDefaultFund", "restriction: without", "restriction: time", 9, "default fund"},
    {"UnknownRestriction", "endowment,", "bound,", 10,
     "allowed are without, purpose, time, endowment, agency"},
    {"FundTwice", "id: abadi", "id: umum", 10, "fund \"umum\" stands twice"},
    {"FundWithoutEnglish", "{id: Abadi, en: Endowment}", "{id: Abadi}", 10, "needs \"en\""},
    {"DimensionTwice", "id: place", "id: grant", 13, "dimension \"grant\" stands twice"},
    // Accounts.
    {"AccountTwice", "id: N2, parent", "id: A1, parent", 22, "account \"A1\" stands twice"},
    {"CodeTwiceAmongPostable", "id: N2, parent", "id: N2, code: A1, parent", 22, "code \"A1\""},
    {"BadAccountId", "id: A1,", "id: A/1,", 17, "letters, digits"},
    {"NoParentAbove", "parent: A9", "parent: B", 19, "no account \"B\" above"},
    {"ParentBelow", "id: A1, parent: A,", "id: A1, parent: N,", 17, "before its children"},
    {"OwnParent", "id: A1, parent: A,", "id: A1, parent: A1,", 17, "before its children"},
    {"ParentTakesPostings", "parent: A9", "parent: A1", 19, "is not a header"},
    {"TopWithoutType", "id: A, type: asset,", "id: A,", 16, "needs \"type\""},
    {"UnknownType", "type: asset", "type: equity", 16,
     "allowed are asset, liability, net_asset, income, expense"},
    {"TypeUnlikeParent", "id: A1, parent: A,", "id: A1, parent: A, type: expense,", 17,
     "type expense under \"A\" of type asset"},
    {"TypeOpenBelowMixed", "parent: L, type: income,", "parent: L,", 24, "needs \"type\""},
    {"MixedAndPostable", "id: A1,", "id: A1, mixed: true,", 17, "only a header may be mixed"},
    {"MixedAndContra", "mixed: true,", "mixed: true, contra: true,", 23, "cannot be mixed"},
    {"NotContraBelowContra", "parent: A9,", "parent: A9, contra: false,", 19,
     "below the contra header \"A9\" is contra"},
    {"FlagIsNotAFlag", "contra: true", "contra: yes", 18, "allowed are true, false"},
    {"AccountWithoutIndonesian", "{id: Kas, en: Cash}", "{en: Cash}", 17, "needs \"id\""},
    {"EmptyName", "{id: Kas, en: Cash}", "{id: Kas, en: ''}", 17, "not empty"},
    {"ControlCharacter", "en: Cash", "en: \"Ca\\x07sh\"", 17, "control character"},
    {"NoName", ", name: {id: Kas, en: Cash}", "", 17, "needs \"name\""},
    {"EmptyNote", "note: From donors.", "note: ", 22, "not empty"},
    {"RuleForUnknownDimension", "[grant]", "[village]", 24, "\"village\" is not a dimension"},
    {"RuleTwice", "[grant, place]", "[grant, grant]", 25, "two rules for the dimension \"grant\""},
    {"RuleOnAHeader", "contra: true,", "contra: true, forbids: [grant],", 18, "takes no postings"},
    {"RuleIsNotAList", "[grant],", "grant,", 24, "must be a list"},
    // Closing accounts.
    {"NoClosing", "closing: {unrestricted: N1, restricted: N2}\n", "", 1, "needs \"closing\""},
    {"UnknownClosingAccount", "restricted: N2}", "restricted: N3}", 14, "no account \"N3\""},
    {"ClosingIntoAHeader", "restricted: N2}", "restricted: N}", 14, "must be a net asset account"},
    {"ClosingIntoAnAsset", "restricted: N2}", "restricted: A1}", 14, "must be a net asset account"},
};

std::ostream& operator<<(std::ostream& out, const FaultCase& fault) {
  return out << fault.name;
}

class ChartTemplateFault : public ::testing::TestWithParam<FaultCase> {};

INSTANTIATE_TEST_SUITE_P(Faults, ChartTemplateFault, ::testing::ValuesIn(kFaults),
                         [](const auto& fault) { return std::string(fault.param.name); });

TEST_P(ChartTemplateFault, IsRefusedWithFileAndLine) {
  const std::string text = absl::StrReplaceAll(kSound, {{GetParam().part, GetParam().replacement}});
  ASSERT_NE(text, kSound) << "the sound template has no such part";
  const absl::StatusOr<ChartTemplate> parsed = ParseChartTemplate("kecil.yaml", text);
  const std::string place = absl::StrCat("kecil.yaml:", GetParam().line);
  EXPECT_THAT(parsed, RefusesAt("INVALID_CHART_TEMPLATE", place));
  EXPECT_THAT(std::string(parsed.status().message()), HasSubstr(absl::StrCat(place, ": ")));
  EXPECT_THAT(std::string(parsed.status().message()), HasSubstr(GetParam().message));
}

TEST(ParseChartTemplate, RefusesAFileThatIsTooLargeBeforeReadingIt) {
  const std::string text(2 << 20, '#');
  EXPECT_THAT(ParseChartTemplate("kecil.yaml", text),
              RefusesAt("INVALID_CHART_TEMPLATE", "kecil.yaml:1"));
}

TEST(ParseChartTemplate, RefusesNestingWithoutEnd) {
  const std::string text(100'000, '[');
  EXPECT_THAT(ParseChartTemplate("kecil.yaml", text),
              RefusesAt("INVALID_CHART_TEMPLATE", "kecil.yaml:1"));
}

}  // namespace
}  // namespace lumbung
