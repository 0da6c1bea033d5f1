#include "services/reporting/audit_pack/pack_statements.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/figures.h"
#include "reports/model/statement.h"
#include "reports/model/statement_document.h"
#include "services/reporting/statements/statement_printing.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting {
namespace {

using reports::Label;
using reports::LineKind;
using reports::Statement;
using reports::StatementDefinition;

Json LabelJson(const Label& label) {
  return {{"id", label.id}, {"en", label.en}};
}

const char* FundsWord(reports::ClassFilter funds) {
  switch (funds) {
    case reports::ClassFilter::kAll:
      return "all";
    case reports::ClassFilter::kWithout:
      return "without";
    case reports::ClassFilter::kWith:
      return "with";
  }
  return "";
}

const char* KindWord(LineKind kind) {
  switch (kind) {
    case LineKind::kHeading:
      return "heading";
    case LineKind::kText:
      return "text";
    case LineKind::kAmount:
      return "line";
    case LineKind::kTotal:
      return "total";
  }
  return "";
}

// Those that the definition names, with everything below them.
Json CashAccountsJson(const StatementDefinition& definition, const BookSnapshot& book) {
  Json accounts = Json::array();
  for (const std::string& key : definition.cash) {
    const Account* const root = book.FindAccount(key);
    if (root == nullptr) continue;
    for (const AccountId id : book.Subtree(root->id)) accounts.push_back(book.FindAccount(id)->key);
  }
  return accounts;
}

Json CompleteJson(const StatementDefinition& definition) {
  Json complete = Json::array();
  for (const reports::Completeness& rule : definition.complete) {
    Json types = Json::array();
    for (const AccountType type : rule.types) types.push_back(std::string(TypeWord(type)));
    complete.push_back(
        {{"measure", std::string(reports::MeasureWord(rule.measure))}, {"types", types}});
  }
  return complete;
}

Json ColumnsJson(const Statement& statement, const reports::Figures& figures) {
  Json columns = Json::array();
  for (const reports::AmountColumn& column : statement.columns) {
    const reports::PeriodFigures& period = figures.periods[column.period];
    columns.push_back({{"column", reports::ColumnKey(*statement.definition, column)},
                       {"from_date", period.from.ToString()},
                       {"to_date", period.to.ToString()},
                       {"funds", FundsWord(statement.definition->columns[column.column].funds)}});
  }
  return columns;
}

// The figure's parts, each with the measure itself: what the verifier computes again.
absl::StatusOr<Json> PartsJson(const Statement& statement, const reports::Figures& figures,
                               const std::string& row, const reports::AmountColumn& column) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<reports::Contribution> contributions,
                           reports::OpenFigure(*statement.definition, figures, row, column));
  Json parts = Json::array();
  for (const reports::Contribution& part : contributions) {
    const BookSnapshot& book = *figures.books[part.book];
    parts.push_back({{"account", book.FindAccount(part.account)->key},
                     {"fund", book.FindFund(part.fund)->key},
                     {"measure", std::string(reports::MeasureWord(part.measure))},
                     {"balance", part.balance.ToString()},
                     {"amount", part.amount.ToString()}});
  }
  return parts;
}

// A row by its id, with what each of its figures is made of; `is_used` when that is anything.
absl::StatusOr<Json> RowJson(const Statement& statement, const reports::Figures& figures,
                             const reports::StatementRow& row, bool printed, bool* is_used) {
  Json amounts = Json::array();
  Json parts = Json::array();
  *is_used = false;
  for (std::size_t i = 0; i < row.amounts.size(); ++i) {
    amounts.push_back(row.amounts[i].ToString());
    LUMBUNG_ASSIGN_OR_RETURN(Json of_figure,
                             PartsJson(statement, figures, row.id, statement.columns[i]));
    *is_used = *is_used || !of_figure.empty();
    parts.push_back(std::move(of_figure));
  }
  return Json{{"row", row.id},
              {"kind", KindWord(statement.definition->lines[row.line].kind)},
              {"label", LabelJson(row.label)},
              {"printed", printed},
              {"amounts", std::move(amounts)},
              {"parts", std::move(parts)}};
}

// Of all rows that a line per fund or account could have.
std::vector<std::string> KeysOf(reports::RowPer per, const BookSnapshot& book) {
  std::vector<std::string> keys;
  if (per == reports::RowPer::kFund) {
    for (const Fund& fund : book.funds()) keys.push_back(fund.key);
  } else {
    for (const Account& account : book.accounts()) {
      if (account.postable) keys.push_back(account.key);
    }
  }
  return keys;
}

// Rows that paper leaves out because their accounts cancel out: without them those accounts would
// be in no line.
std::vector<reports::StatementRow> NilRows(const Statement& statement,
                                           const reports::Figures& figures) {
  std::set<std::string> printed;
  for (const reports::StatementRow& row : statement.rows) printed.insert(row.id);
  const std::vector<Decimal> nil(statement.columns.size());
  std::vector<reports::StatementRow> rows;
  for (std::size_t i = 0; i < statement.definition->lines.size(); ++i) {
    const reports::StatementLine& line = statement.definition->lines[i];
    if (line.kind != LineKind::kAmount || line.hidden) continue;
    if (line.per == reports::RowPer::kLine) {
      if (printed.count(line.id) == 0) rows.push_back({i, line.id, line.label, nil, {}});
      continue;
    }
    for (const std::string& key : KeysOf(line.per, *figures.books.front())) {
      const std::string id = absl::StrCat(line.id, "/", key);
      if (printed.count(id) > 0) continue;
      rows.push_back({i, id, *reports::RowLabel(line.per, *figures.books.front(), key), nil, {}});
    }
  }
  return rows;
}

absl::StatusOr<Json> RowsJson(const Statement& statement, const reports::Figures& figures) {
  Json rows = Json::array();
  bool is_used = false;
  for (const reports::StatementRow& row : statement.rows) {
    LUMBUNG_ASSIGN_OR_RETURN(Json json, RowJson(statement, figures, row, true, &is_used));
    rows.push_back(std::move(json));
  }
  for (const reports::StatementRow& row : NilRows(statement, figures)) {
    LUMBUNG_ASSIGN_OR_RETURN(Json json, RowJson(statement, figures, row, false, &is_used));
    if (is_used) rows.push_back(std::move(json));
  }
  return rows;
}

absl::StatusOr<Json> StatementJson(const Statement& statement, const reports::Figures& figures) {
  const StatementDefinition& definition = *statement.definition;
  const BookSnapshot& book = *figures.books.front();
  Json checks = Json::array();
  for (const reports::EvaluatedCheck& check : statement.checks) {
    checks.push_back({{"label", LabelJson(check.label)},
                      {"column", reports::ColumnKey(definition, check.column)},
                      {"left", check.left.ToString()},
                      {"right", check.right.ToString()},
                      {"holds", check.Holds()}});
  }
  LUMBUNG_ASSIGN_OR_RETURN(Json rows, RowsJson(statement, figures));
  return Json{{"statement", definition.id},
              {"version", definition.version},
              {"title", LabelJson(definition.title)},
              {"legal_basis", LabelJson(definition.legal_basis)},
              {"currency", book.FindCurrency(book.book().functional_currency)->code},
              {"cash_accounts", CashAccountsJson(definition, book)},
              {"complete", CompleteJson(definition)},
              {"columns", ColumnsJson(statement, figures)},
              {"rows", std::move(rows)},
              {"checks", std::move(checks)},
              {"misplaced", statement.misplaced.size()},
              {"sound", statement.IsSound()}};
}

v1::PrintStatementsRequest PrintRequest(const PackContext& pack, v1::DocumentFormat format) {
  v1::PrintStatementsRequest request;
  request.mutable_basis()->set_from_date(pack.facts.period.from->ToString());
  request.mutable_basis()->set_to_date(pack.facts.period.to->ToString());
  request.mutable_options()->set_format(format);
  return request;
}

}  // namespace

absl::Status PackStatements(PackContext& pack) {
  const std::string& chart = pack.facts.book->book().chart_template;
  const v1::PrintStatementsRequest pdf = PrintRequest(pack, v1::DOCUMENT_FORMAT_PDF);
  const absl::StatusOr<StatementDefinitions> definitions =
      DefinitionsOf(pdf, chart.substr(0, chart.find('@')));
  if (!definitions.ok()) return absl::OkStatus();
  ReadingOf what;
  what.books = {pack.facts.book->book().key};
  what.organization = pack.facts.organization.slug;
  LUMBUNG_ASSIGN_OR_RETURN(what.periods, PeriodsOf(pdf.basis()));
  what.definitions = *definitions;
  LUMBUNG_ASSIGN_OR_RETURN(const Reading reading, ReadFor(pack.scope, what));
  for (const StatementDefinition* definition : *definitions) {
    LUMBUNG_ASSIGN_OR_RETURN(const Statement statement,
                             reports::EvaluateStatement(*definition, reading.figures));
    LUMBUNG_ASSIGN_OR_RETURN(const Json json, StatementJson(statement, reading.figures));
    LUMBUNG_RETURN_IF_ERROR(
        pack.archive.Add(absl::StrCat("statements/", definition->id, ".json"), JsonFile(json)));
  }
  for (const auto& [path, format] :
       {std::make_pair("statements/statements.pdf", v1::DOCUMENT_FORMAT_PDF),
        std::make_pair("statements/statements.xlsx", v1::DOCUMENT_FORMAT_XLSX)}) {
    const v1::PrintStatementsRequest request = PrintRequest(pack, format);
    LUMBUNG_RETURN_IF_ERROR(pack.archive.Add(path, [&](reports::ByteSink& sink) {
      return WriteStatements(request, *definitions, reading,
                             {pack.facts.scratch_dir, pack.facts.made_at}, &sink);
    }));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::reporting
