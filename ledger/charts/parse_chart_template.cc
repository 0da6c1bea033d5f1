// The loader of chart template files: YAML in, a sound ChartTemplate or the first fault out. Every
// check stands where its part is read; an account is checked against those above it, so that
// parents exist and cannot form a ring.
#include <algorithm>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/charts/chart_template.h"
#include "ledger/core/currency.h"
#include "ledger/core/status.h"
#include "ledger/yaml/yaml_section.h"

namespace lumbung {
namespace {

constexpr int kFormat = 1;

constexpr Words<AccountType> kAccountTypes = {{"asset", AccountType::kAsset},
                                              {"liability", AccountType::kLiability},
                                              {"net_asset", AccountType::kNetAsset},
                                              {"income", AccountType::kIncome},
                                              {"expense", AccountType::kExpense}};
constexpr Words<FundRestriction> kRestrictions = {{"without", FundRestriction::kWithout},
                                                  {"purpose", FundRestriction::kPurpose},
                                                  {"time", FundRestriction::kTime},
                                                  {"endowment", FundRestriction::kEndowment},
                                                  {"agency", FundRestriction::kAgency}};

absl::string_view WordFor(AccountType type) {
  return std::find_if(kAccountTypes.begin(), kAccountTypes.end(),
                      [type](const auto& word) { return word.second == type; })
      ->first;
}

// Reads the parts of one template in the order in which they refer to each other.
class Loader {
 public:
  explicit Loader(YamlFile file) : file_(std::move(file)) {}

  absl::StatusOr<ChartTemplate> Load(const YAML::Node& root) &&;

 private:
  absl::Status ReadHead(const Section& head);
  absl::Status ReadFund(const YAML::Node& node);
  absl::Status ReadDimension(const YAML::Node& node);
  absl::Status ReadAccount(const YAML::Node& node);
  // The steps of ReadAccount.
  absl::Status PlaceInTree(const Section& section, bool mixed, TemplateAccount* account) const;
  absl::Status ReadRules(const Section& section, TemplateAccount* account) const;
  absl::StatusOr<std::string> ReadClosingAccount(const Section& closing,
                                                 absl::string_view key) const;
  const TemplateAccount* FindAccount(absl::string_view id) const;

  const YamlFile file_;
  ChartTemplate chart_;
  absl::flat_hash_map<std::string, std::size_t> account_by_id_;
  absl::flat_hash_set<std::string> postable_codes_;
  absl::flat_hash_set<std::string> mixed_headers_;
};

absl::StatusOr<ChartTemplate> Loader::Load(const YAML::Node& root) && {
  LUMBUNG_ASSIGN_OR_RETURN(
      const Section head,
      Section::Read(file_, root, "a chart template",
                    {"format", "template", "version", "name", "legal_basis", "functional_currency",
                     "fiscal_year_start_month", "funds", "dimensions", "closing", "accounts"}));
  LUMBUNG_RETURN_IF_ERROR(ReadHead(head));

  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> funds, head.List("funds"));
  for (const YAML::Node& fund : funds) LUMBUNG_RETURN_IF_ERROR(ReadFund(fund));
  if (chart_.funds.empty()) return head.Fault("funds", "a chart template needs a default fund");

  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> dimensions, head.List("dimensions"));
  for (const YAML::Node& dimension : dimensions) LUMBUNG_RETURN_IF_ERROR(ReadDimension(dimension));

  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> accounts, head.List("accounts"));
  for (const YAML::Node& account : accounts) LUMBUNG_RETURN_IF_ERROR(ReadAccount(account));

  LUMBUNG_ASSIGN_OR_RETURN(const Section closing,
                           head.Map("closing", {"unrestricted", "restricted"}));
  LUMBUNG_ASSIGN_OR_RETURN(chart_.unrestricted_account,
                           ReadClosingAccount(closing, "unrestricted"));
  LUMBUNG_ASSIGN_OR_RETURN(chart_.restricted_account, ReadClosingAccount(closing, "restricted"));
  return std::move(chart_);
}

absl::Status Loader::ReadHead(const Section& head) {
  LUMBUNG_RETURN_IF_ERROR(head.Integer("format", kFormat, kFormat).status());
  LUMBUNG_ASSIGN_OR_RETURN(chart_.id, head.Id("template"));
  LUMBUNG_ASSIGN_OR_RETURN(chart_.version, head.Integer("version", 1, 9'999));
  LUMBUNG_RETURN_IF_ERROR(head.InBothLanguages("name", kMaxYamlNameBytes, &chart_.display_name_id,
                                               &chart_.display_name));
  LUMBUNG_ASSIGN_OR_RETURN(chart_.legal_basis, head.Text("legal_basis", kMaxYamlNoteBytes));
  LUMBUNG_ASSIGN_OR_RETURN(chart_.functional_currency, head.Id("functional_currency"));
  if (!FindIsoCurrency(chart_.functional_currency).has_value()) {
    return head.Fault("functional_currency", absl::StrCat("\"", chart_.functional_currency,
                                                          "\" is not a code of ISO 4217"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(chart_.fiscal_year_start_month,
                           head.Integer("fiscal_year_start_month", 1, 12));
  return absl::OkStatus();
}

absl::Status Loader::ReadFund(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(const Section section,
                           Section::Read(file_, node, "a fund", {"id", "restriction", "name"}));
  TemplateFund fund;
  LUMBUNG_ASSIGN_OR_RETURN(fund.id, section.Id("id"));
  for (const TemplateFund& other : chart_.funds) {
    if (other.id == fund.id) {
      return section.Fault("id", absl::StrCat("fund \"", fund.id, "\" stands twice"));
    }
  }
  LUMBUNG_ASSIGN_OR_RETURN(fund.restriction, section.Word("restriction", kRestrictions));
  if (chart_.funds.empty() && fund.restriction != FundRestriction::kWithout) {
    return section.Fault("restriction",
                         "the first fund is the default fund and must be \"without\"");
  }
  LUMBUNG_RETURN_IF_ERROR(section.InBothLanguages("name", kMaxYamlNameBytes, &fund.display_name_id,
                                                  &fund.display_name));
  chart_.funds.push_back(std::move(fund));
  return absl::OkStatus();
}

absl::Status Loader::ReadDimension(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(const Section section,
                           Section::Read(file_, node, "a dimension", {"id", "name"}));
  TemplateDimension dimension;
  LUMBUNG_ASSIGN_OR_RETURN(dimension.id, section.Id("id"));
  for (const TemplateDimension& other : chart_.dimensions) {
    if (other.id == dimension.id) {
      return section.Fault("id", absl::StrCat("dimension \"", dimension.id, "\" stands twice"));
    }
  }
  LUMBUNG_RETURN_IF_ERROR(section.InBothLanguages(
      "name", kMaxYamlNameBytes, &dimension.display_name_id, &dimension.display_name));
  chart_.dimensions.push_back(std::move(dimension));
  return absl::OkStatus();
}

absl::Status Loader::ReadAccount(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const Section section,
      Section::Read(file_, node, "an account",
                    {"id", "code", "parent", "type", "header", "mixed", "contra", "extension",
                     "requires", "forbids", "name", "note"}));
  TemplateAccount account;
  LUMBUNG_ASSIGN_OR_RETURN(account.id, section.Id("id"));
  if (FindAccount(account.id) != nullptr) {
    return section.Fault("id", absl::StrCat("account \"", account.id, "\" stands twice"));
  }
  account.code = account.id;
  if (section.Has("code")) {
    LUMBUNG_ASSIGN_OR_RETURN(account.code, section.Id("code"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const bool header, section.Flag("header", false));
  account.postable = !header;
  if (account.postable && !postable_codes_.insert(account.code).second) {
    return section.Fault(
        section.Has("code") ? "code" : "id",
        absl::StrCat("two accounts that take postings have the code \"", account.code, "\""));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const bool mixed, section.Flag("mixed", false));
  if (mixed && account.postable) {
    return section.Fault("mixed", "only a header may be mixed");
  }
  LUMBUNG_RETURN_IF_ERROR(PlaceInTree(section, mixed, &account));
  LUMBUNG_RETURN_IF_ERROR(ReadRules(section, &account));
  LUMBUNG_ASSIGN_OR_RETURN(account.extension, section.Flag("extension", false));
  LUMBUNG_RETURN_IF_ERROR(section.InBothLanguages("name", kMaxYamlNameBytes,
                                                  &account.display_name_id, &account.display_name));
  if (section.Has("note")) {
    LUMBUNG_ASSIGN_OR_RETURN(account.note, section.Text("note", kMaxYamlNoteBytes));
  }
  if (mixed) mixed_headers_.insert(account.id);
  account_by_id_.emplace(account.id, chart_.accounts.size());
  chart_.accounts.push_back(std::move(account));
  return absl::OkStatus();
}

absl::Status Loader::PlaceInTree(const Section& section, bool mixed,
                                 TemplateAccount* account) const {
  const TemplateAccount* parent = nullptr;
  if (section.Has("parent")) {
    LUMBUNG_ASSIGN_OR_RETURN(account->parent, section.Id("parent"));
    parent = FindAccount(account->parent);
    if (parent == nullptr) {
      return section.Fault("parent", absl::StrCat("there is no account \"", account->parent,
                                                  "\" above; a parent stands before its children"));
    }
    if (parent->postable) {
      return section.Fault("parent", absl::StrCat("account \"", account->parent,
                                                  "\" is not a header and has no children"));
    }
  }
  const bool inherits_type = parent != nullptr && !mixed_headers_.contains(parent->id);
  if (section.Has("type") || !inherits_type) {
    LUMBUNG_ASSIGN_OR_RETURN(account->type, section.Word("type", kAccountTypes));
  } else {
    account->type = parent->type;
  }
  if (inherits_type && account->type != parent->type) {
    return section.Fault("type",
                         absl::StrCat("\"", account->id, "\" is of type ", WordFor(account->type),
                                      " under \"", parent->id, "\" of type ", WordFor(parent->type),
                                      ", which is not marked \"mixed\""));
  }
  const bool under_contra = parent != nullptr && parent->contra;
  LUMBUNG_ASSIGN_OR_RETURN(account->contra, section.Flag("contra", under_contra));
  if (under_contra && !account->contra) {
    return section.Fault("contra", absl::StrCat("everything below the contra header \"", parent->id,
                                                "\" is contra"));
  }
  if (mixed && account->contra) {
    return section.Fault("mixed", "a contra header cannot be mixed: it has no normal side");
  }
  return absl::OkStatus();
}

absl::Status Loader::ReadRules(const Section& section, TemplateAccount* account) const {
  for (const auto& [key, requirement] :
       Words<DimensionRequirement>{{"requires", DimensionRequirement::kRequired},
                                   {"forbids", DimensionRequirement::kForbidden}}) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> dimensions, section.List(key));
    if (!dimensions.empty() && !account->postable) {
      return section.Fault(key, "a header takes no postings and has no dimension rules");
    }
    for (const YAML::Node& node : dimensions) {
      const std::string id = node.IsScalar() ? node.Scalar() : "";
      const bool known = std::any_of(chart_.dimensions.begin(), chart_.dimensions.end(),
                                     [&id](const auto& dimension) { return dimension.id == id; });
      if (!known) {
        return section.Fault(key, absl::StrCat("\"", id, "\" is not a dimension of the chart"));
      }
      for (const TemplateDimensionRule& other : account->rules) {
        if (other.dimension == id) {
          return section.Fault(key, absl::StrCat("two rules for the dimension \"", id, "\""));
        }
      }
      account->rules.push_back({id, requirement});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Loader::ReadClosingAccount(const Section& closing,
                                                       absl::string_view key) const {
  LUMBUNG_ASSIGN_OR_RETURN(std::string id, closing.Id(key));
  const TemplateAccount* account = FindAccount(id);
  if (account == nullptr)
    return closing.Fault(key, absl::StrCat("there is no account \"", id, "\""));
  if (!account->postable || account->type != AccountType::kNetAsset) {
    return closing.Fault(
        key, absl::StrCat("\"", id, "\" must be a net asset account that takes postings"));
  }
  return id;
}

const TemplateAccount* Loader::FindAccount(absl::string_view id) const {
  const auto found = account_by_id_.find(id);
  return found == account_by_id_.end() ? nullptr : &chart_.accounts[found->second];
}

}  // namespace

absl::StatusOr<ChartTemplate> ParseChartTemplate(absl::string_view file, absl::string_view text) {
  const YamlFile source{std::string(file), "INVALID_CHART_TEMPLATE"};
  LUMBUNG_ASSIGN_OR_RETURN(const YAML::Node root, ReadYaml(source, text, "a chart template"));
  return Loader(source).Load(root);
}

}  // namespace lumbung
