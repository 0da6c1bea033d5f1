#include "reports/render/tables/json_writer.h"

#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "reports/render/tables/row_words.h"

namespace lumbung::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string Dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::string_view KindWord(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kLabel:
      return "label";
    case ColumnKind::kText:
      return "text";
    case ColumnKind::kCode:
      return "code";
    case ColumnKind::kDate:
      return "date";
    case ColumnKind::kAmount:
      return "amount";
  }
  return "";
}

Json CellJson(const DocumentCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* date = std::get_if<Date>(&cell)) return date->ToString();
  if (const auto* amount = std::get_if<Decimal>(&cell)) return amount->ToString();
  return nullptr;
}

Json HeadJson(const DocumentHead& head) {
  Json columns = Json::array();
  for (const DocumentColumn& column : head.columns) {
    Json json = {
        {"key", column.key}, {"title", column.title}, {"kind", std::string(KindWord(column.kind))}};
    if (column.kind == ColumnKind::kAmount) json["scale"] = column.scale;
    columns.push_back(std::move(json));
  }
  return {{"name", head.name},
          {"language", head.language == Language::kIndonesian ? "id" : "en"},
          {"organization", head.organization},
          {"title", head.title},
          {"subtitle", head.subtitle},
          {"unit", head.unit},
          {"marks", head.marks},
          {"columns", std::move(columns)}};
}

Json RowJson(const DocumentRow& row) {
  Json cells = Json::array();
  for (const DocumentCell& cell : row.cells) cells.push_back(CellJson(cell));
  Json json = {{"id", row.id},
               {"style", std::string(StyleWord(row.style))},
               {"indent", row.indent},
               {"cells", std::move(cells)}};
  if (!row.outline.empty()) json["outline"] = row.outline;
  if (row.terms.empty()) return json;
  Json terms = Json::array();
  for (const FormulaTerm& term : row.terms) {
    terms.push_back(Json{{"sign", term.sign}, {"row", term.row}});
  }
  json["terms"] = std::move(terms);
  return json;
}

Json FootJson(const DocumentFoot& foot) {
  Json checks = Json::array();
  for (const DocumentCheck& check : foot.checks) {
    checks.push_back(Json{{"label", check.label},
                          {"left", check.left.ToString()},
                          {"right", check.right.ToString()},
                          {"holds", check.Holds()}});
  }
  Json signatures = Json::array();
  for (const DocumentSignature& signature : foot.signatures) {
    signatures.push_back(
        Json{{"role", signature.role}, {"name", signature.name}, {"position", signature.position}});
  }
  return {{"checks", std::move(checks)},           {"notes", foot.notes},
          {"place_and_date", foot.place_and_date}, {"signatures", std::move(signatures)},
          {"provenance", foot.provenance},         {"checkpoint", foot.checkpoint}};
}

class JsonWriter final : public DocumentWriter {
 public:
  explicit JsonWriter(ByteSink& sink) : sink_(sink) {}

  absl::Status Begin(const DocumentHead& head) override {
    head_ = head;
    const std::string open = Dumped(HeadJson(head));
    const std::string before = first_document_ ? "{\"documents\":[\n" : ",\n";
    first_document_ = false;
    first_row_ = true;
    // The object stays open for the rows and the foot.
    return sink_.Write(
        absl::StrCat(before, absl::string_view(open).substr(0, open.size() - 1), ",\"rows\":["));
  }

  absl::Status Add(const DocumentRow& row) override {
    LUMBUNG_RETURN_IF_ERROR(CheckCells(head_, row));
    const std::string before = first_row_ ? "\n" : ",\n";
    first_row_ = false;
    return sink_.Write(absl::StrCat(before, Dumped(RowJson(row))));
  }

  absl::Status End(const DocumentFoot& foot) override {
    return sink_.Write(absl::StrCat("\n],", Dumped(FootJson(foot)).substr(1)));
  }

  absl::Status Finish() override {
    return sink_.Write(first_document_ ? "{\"documents\":[]}\n" : "\n]}\n");
  }

 private:
  ByteSink& sink_;
  DocumentHead head_;
  bool first_document_ = true;
  bool first_row_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> NewJsonWriter(ByteSink& sink) {
  return std::make_unique<JsonWriter>(sink);
}

}  // namespace lumbung::reports
