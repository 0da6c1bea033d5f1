// The loader of definition files: YAML in, a sound StatementDefinition or the first fault out.
// Lines refer to those above them, so one pass in the file's order is enough.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/yaml/yaml_section.h"
#include "reports/definitions/definitions.h"

namespace lumbung::reports {
namespace {

constexpr int kFormat = 1;
constexpr int kMaxIndent = 6;
constexpr std::size_t kMaxNoteBytes = 8;

constexpr Words<Measure> kMeasures = {{"opening", Measure::kOpening},
                                      {"closing", Measure::kClosing},
                                      {"movement", Measure::kMovement},
                                      {"cash", Measure::kCash},
                                      {"noncash", Measure::kNonCash}};
constexpr Words<ClassFilter> kClassFilters = {
    {"all", ClassFilter::kAll}, {"without", ClassFilter::kWithout}, {"with", ClassFilter::kWith}};
constexpr Words<bool> kSigns = {{"debit", true}, {"credit", false}};
constexpr Words<RowPer> kPer = {{"fund", RowPer::kFund}, {"account", RowPer::kAccount}};
constexpr Words<bool> kTimes = {{"day", true}, {"period", false}};
constexpr Words<AccountType> kTypes = {{"asset", AccountType::kAsset},
                                       {"liability", AccountType::kLiability},
                                       {"net_asset", AccountType::kNetAsset},
                                       {"income", AccountType::kIncome},
                                       {"expense", AccountType::kExpense}};

class DefinitionLoader {
 public:
  explicit DefinitionLoader(YamlFile file) : file_(std::move(file)) {}

  absl::StatusOr<StatementDefinition> Load(const YAML::Node& root) &&;

 private:
  absl::Status ReadHead(const Section& head);
  absl::Status ReadColumn(const YAML::Node& node);
  absl::Status ReadLine(const YAML::Node& node);
  // The steps of ReadLine.
  absl::Status ReadAmount(const Section& section, StatementLine* line) const;
  absl::Status ReadTerms(const Section& section, StatementLine* line) const;
  absl::StatusOr<Selector> ReadSelector(const Section& section) const;
  absl::Status ReadCheck(const YAML::Node& node);
  absl::Status ReadCompleteness(const YAML::Node& node);
  absl::StatusOr<std::size_t> FindLine(const Section& section, absl::string_view key) const;
  absl::StatusOr<std::vector<std::string>> Texts(const Section& section,
                                                 absl::string_view key) const;
  absl::StatusOr<std::vector<AccountType>> Types(const Section& section) const;

  const YamlFile file_;
  StatementDefinition definition_;
  absl::flat_hash_map<std::string, std::size_t> line_by_id_;
};

absl::Status ReadLabel(const Section& section, absl::string_view key, Label* label) {
  return section.InBothLanguages(key, kMaxYamlNoteBytes, &label->id, &label->en);
}

absl::StatusOr<StatementDefinition> DefinitionLoader::Load(const YAML::Node& root) && {
  LUMBUNG_ASSIGN_OR_RETURN(
      const Section head,
      Section::Read(file_, root, "a statement definition",
                    {"format", "statement", "version", "title", "legal_basis", "charts", "time",
                     "place_in_set", "cash", "columns", "lines", "checks", "complete"}));
  LUMBUNG_RETURN_IF_ERROR(ReadHead(head));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> columns, head.List("columns"));
  for (const YAML::Node& column : columns) LUMBUNG_RETURN_IF_ERROR(ReadColumn(column));
  if (columns.empty()) definition_.columns.push_back({"amount", {"Jumlah", "Amount"}});
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> lines, head.List("lines"));
  for (const YAML::Node& line : lines) LUMBUNG_RETURN_IF_ERROR(ReadLine(line));
  if (lines.empty()) return head.Fault("lines", "a statement needs lines");
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> checks, head.List("checks"));
  for (const YAML::Node& check : checks) LUMBUNG_RETURN_IF_ERROR(ReadCheck(check));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> complete, head.List("complete"));
  for (const YAML::Node& node : complete) LUMBUNG_RETURN_IF_ERROR(ReadCompleteness(node));
  return std::move(definition_);
}

absl::Status DefinitionLoader::ReadHead(const Section& head) {
  LUMBUNG_RETURN_IF_ERROR(head.Integer("format", kFormat, kFormat).status());
  LUMBUNG_ASSIGN_OR_RETURN(definition_.id, head.Id("statement"));
  LUMBUNG_ASSIGN_OR_RETURN(definition_.version, head.Integer("version", 1, 9'999));
  LUMBUNG_RETURN_IF_ERROR(ReadLabel(head, "title", &definition_.title));
  LUMBUNG_RETURN_IF_ERROR(ReadLabel(head, "legal_basis", &definition_.legal_basis));
  LUMBUNG_ASSIGN_OR_RETURN(definition_.charts, Texts(head, "charts"));
  if (definition_.charts.empty()) {
    return head.Fault("charts", "a statement names the charts whose accounts it uses");
  }
  LUMBUNG_ASSIGN_OR_RETURN(definition_.at_a_day, head.Word("time", kTimes));
  LUMBUNG_ASSIGN_OR_RETURN(definition_.cash, Texts(head, "cash"));
  if (head.Has("place_in_set")) {
    LUMBUNG_ASSIGN_OR_RETURN(definition_.place_in_set, head.Integer("place_in_set", 1, 99));
  }
  return absl::OkStatus();
}

absl::Status DefinitionLoader::ReadColumn(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(const Section section,
                           Section::Read(file_, node, "a column", {"id", "label", "funds"}));
  StatementColumn column;
  LUMBUNG_ASSIGN_OR_RETURN(column.id, section.Id("id"));
  const bool is_known = std::any_of(definition_.columns.begin(), definition_.columns.end(),
                                    [&](const auto& other) { return other.id == column.id; });
  if (is_known) return section.Fault("id", absl::StrCat("column \"", column.id, "\" stands twice"));
  LUMBUNG_RETURN_IF_ERROR(ReadLabel(section, "label", &column.label));
  LUMBUNG_ASSIGN_OR_RETURN(column.funds, section.Word("funds", kClassFilters));
  definition_.columns.push_back(std::move(column));
  return absl::OkStatus();
}

absl::Status DefinitionLoader::ReadLine(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const Section section,
      Section::Read(file_, node, "a line",
                    {"heading", "text", "line", "total", "label", "indent", "note", "take", "sign",
                     "accounts", "except", "types", "funds", "sum", "of", "per", "only_when_used",
                     "hidden", "final"}));
  StatementLine line;
  line.kind = section.Has("heading") ? LineKind::kHeading
              : section.Has("text")  ? LineKind::kText
              : section.Has("total") ? LineKind::kTotal
                                     : LineKind::kAmount;
  if (section.Has("indent")) {
    LUMBUNG_ASSIGN_OR_RETURN(line.indent, section.Integer("indent", 0, kMaxIndent));
  }
  if (line.kind == LineKind::kHeading || line.kind == LineKind::kText) {
    const bool is_text = line.kind == LineKind::kText;
    LUMBUNG_RETURN_IF_ERROR(ReadLabel(section, is_text ? "text" : "heading", &line.label));
    definition_.lines.push_back(std::move(line));
    return absl::OkStatus();
  }
  const absl::string_view id_key = line.kind == LineKind::kTotal ? "total" : "line";
  LUMBUNG_ASSIGN_OR_RETURN(line.id, section.Id(id_key));
  LUMBUNG_RETURN_IF_ERROR(ReadLabel(section, "label", &line.label));
  if (section.Has("note")) {
    LUMBUNG_ASSIGN_OR_RETURN(line.note, section.Text("note", kMaxNoteBytes));
  }
  LUMBUNG_ASSIGN_OR_RETURN(line.only_when_used, section.Flag("only_when_used", false));
  LUMBUNG_ASSIGN_OR_RETURN(line.hidden, section.Flag("hidden", false));
  LUMBUNG_ASSIGN_OR_RETURN(line.is_final, section.Flag("final", false));
  LUMBUNG_RETURN_IF_ERROR(line.kind == LineKind::kTotal ? ReadTerms(section, &line)
                                                        : ReadAmount(section, &line));
  if (!line_by_id_.emplace(line.id, definition_.lines.size()).second) {
    return section.Fault(id_key, absl::StrCat("line \"", line.id, "\" stands twice"));
  }
  definition_.lines.push_back(std::move(line));
  return absl::OkStatus();
}

absl::Status DefinitionLoader::ReadAmount(const Section& section, StatementLine* line) const {
  if (section.Has("per")) {
    LUMBUNG_ASSIGN_OR_RETURN(line->per, section.Word("per", kPer));
  }
  if (!section.Has("sum")) {
    LUMBUNG_ASSIGN_OR_RETURN(Selector selector, ReadSelector(section));
    line->selectors.push_back(std::move(selector));
    return absl::OkStatus();
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> parts, section.List("sum"));
  for (const YAML::Node& part : parts) {
    LUMBUNG_ASSIGN_OR_RETURN(
        const Section selector_section,
        Section::Read(file_, part, "a part of a sum",
                      {"take", "sign", "accounts", "except", "types", "funds"}));
    LUMBUNG_ASSIGN_OR_RETURN(Selector selector, ReadSelector(selector_section));
    line->selectors.push_back(std::move(selector));
  }
  if (parts.empty()) return section.Fault("sum", "a sum needs parts");
  return absl::OkStatus();
}

absl::StatusOr<Selector> DefinitionLoader::ReadSelector(const Section& section) const {
  Selector selector;
  LUMBUNG_ASSIGN_OR_RETURN(selector.measure, section.Word("take", kMeasures));
  const bool needs_cash =
      selector.measure == Measure::kCash || selector.measure == Measure::kNonCash;
  if (needs_cash && definition_.cash.empty()) {
    return section.Fault("take", "the definition must say which accounts are \"cash\"");
  }
  LUMBUNG_ASSIGN_OR_RETURN(selector.debit_positive, section.Word("sign", kSigns));
  if (section.Has("funds")) {
    LUMBUNG_ASSIGN_OR_RETURN(selector.funds, section.Word("funds", kClassFilters));
  }
  LUMBUNG_ASSIGN_OR_RETURN(selector.accounts, Texts(section, "accounts"));
  LUMBUNG_ASSIGN_OR_RETURN(selector.except, Texts(section, "except"));
  LUMBUNG_ASSIGN_OR_RETURN(selector.types, Types(section));
  if (selector.accounts.empty() && selector.types.empty()) {
    return section.Fault("accounts", "a line takes \"accounts\", \"types\" or both");
  }
  return selector;
}

absl::Status DefinitionLoader::ReadTerms(const Section& section, StatementLine* line) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> terms, Texts(section, "of"));
  for (const std::string& term : terms) {
    absl::string_view id = term;
    const int sign = absl::ConsumePrefix(&id, "-") ? -1 : 1;
    const auto found = line_by_id_.find(id);
    if (found == line_by_id_.end()) {
      return section.Fault("of", absl::StrCat("no line above is called \"", id, "\""));
    }
    line->terms.push_back({sign, found->second});
  }
  if (terms.empty()) return section.Fault("of", "a total says what it is the total \"of\"");
  return absl::OkStatus();
}

absl::Status DefinitionLoader::ReadCheck(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(const Section section,
                           Section::Read(file_, node, "a check", {"label", "left", "right"}));
  StatementCheck check;
  LUMBUNG_RETURN_IF_ERROR(ReadLabel(section, "label", &check.label));
  LUMBUNG_ASSIGN_OR_RETURN(check.left, FindLine(section, "left"));
  if (section.Has("right")) {
    LUMBUNG_ASSIGN_OR_RETURN(check.right, FindLine(section, "right"));
  }
  definition_.checks.push_back(std::move(check));
  return absl::OkStatus();
}

absl::Status DefinitionLoader::ReadCompleteness(const YAML::Node& node) {
  LUMBUNG_ASSIGN_OR_RETURN(const Section section,
                           Section::Read(file_, node, "what is complete", {"take", "types"}));
  Completeness complete;
  LUMBUNG_ASSIGN_OR_RETURN(complete.measure, section.Word("take", kMeasures));
  LUMBUNG_ASSIGN_OR_RETURN(complete.types, Types(section));
  if (complete.types.empty()) return section.Fault("types", "name the types of the accounts");
  definition_.complete.push_back(std::move(complete));
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> DefinitionLoader::FindLine(const Section& section,
                                                       absl::string_view key) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string id, section.Id(key));
  const auto found = line_by_id_.find(id);
  if (found != line_by_id_.end()) return found->second;
  return section.Fault(key, absl::StrCat("there is no line \"", id, "\""));
}

absl::StatusOr<std::vector<std::string>> DefinitionLoader::Texts(const Section& section,
                                                                 absl::string_view key) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<YAML::Node> nodes, section.List(key));
  std::vector<std::string> texts;
  for (const YAML::Node& node : nodes) {
    if (!node.IsScalar() || node.Scalar().empty()) {
      return section.Fault(key, absl::StrCat("\"", key, "\" is a list of names"));
    }
    if (std::find(texts.begin(), texts.end(), node.Scalar()) != texts.end()) {
      return section.Fault(key, absl::StrCat("\"", node.Scalar(), "\" stands twice"));
    }
    texts.push_back(node.Scalar());
  }
  return texts;
}

absl::StatusOr<std::vector<AccountType>> DefinitionLoader::Types(const Section& section) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> names, Texts(section, "types"));
  std::vector<AccountType> types;
  for (const std::string& name : names) {
    const auto* const found = std::find_if(kTypes.begin(), kTypes.end(),
                                           [&](const auto& word) { return word.first == name; });
    if (found == kTypes.end()) {
      return section.Fault("types", absl::StrCat("\"", name, "\" is not a type of account"));
    }
    types.push_back(found->second);
  }
  return types;
}

}  // namespace

absl::StatusOr<StatementDefinition> ParseDefinition(absl::string_view file,
                                                    absl::string_view text) {
  const YamlFile source{std::string(file), "INVALID_STATEMENT_DEFINITION"};
  LUMBUNG_ASSIGN_OR_RETURN(const YAML::Node root, ReadYaml(source, text, "a statement definition"));
  return DefinitionLoader(source).Load(root);
}

}  // namespace lumbung::reports
