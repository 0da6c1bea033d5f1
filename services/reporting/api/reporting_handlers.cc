#include "services/reporting/api/reporting_handlers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/definitions/definitions.h"
#include "reports/model/statement_document.h"
#include "services/reporting/api/piece_sink.h"
#include "services/reporting/api/statement_conversion.h"
#include "services/reporting/statements/statement_printing.h"

namespace lumbung::reporting::api {
namespace {

constexpr std::size_t kMaxKeyBytes = 200;

absl::StatusOr<reports::AmountColumn> FindColumn(const reports::Statement& statement,
                                                 const std::string& key) {
  std::string known;
  for (const reports::AmountColumn& column : statement.columns) {
    const std::string its_key = reports::ColumnKey(*statement.definition, column);
    if (its_key == key) return column;
    absl::StrAppend(&known, known.empty() ? "" : ", ", its_key);
  }
  return NotFound(
      "COLUMN_NOT_FOUND", "column",
      absl::StrCat("there is no column \"", key.substr(0, kMaxKeyBytes), "\"; there are ", known));
}

}  // namespace

absl::StatusOr<v1::ListStatementDefinitionsResponse> ReportingHandlers::ListStatementDefinitions(
    CallScope& call, const v1::ListStatementDefinitionsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string chart, parts_.reader->ChartOf(call, request.parent()));
  v1::ListStatementDefinitionsResponse response;
  for (const reports::StatementDefinition& definition : reports::Definitions()) {
    if (IsForChart(definition, chart)) *response.add_definitions() = DefinitionToProto(definition);
  }
  return response;
}

absl::StatusOr<v1::Statement> ReportingHandlers::GetStatement(
    CallScope& call, const v1::GetStatementRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* const definition,
                           reports::FindDefinition(request.statement()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), {definition}));
  LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                           reports::EvaluateStatement(*definition, reading.figures));
  return StatementToProto(statement, reading);
}

absl::StatusOr<v1::OpenFigureResponse> ReportingHandlers::OpenFigure(
    CallScope& call, const v1::OpenFigureRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* const definition,
                           reports::FindDefinition(request.statement()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), {definition}));
  const reports::Figures& figures = reading.figures;
  LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                           reports::EvaluateStatement(*definition, figures));
  LUMBUNG_ASSIGN_OR_RETURN(const reports::AmountColumn column,
                           FindColumn(statement, request.column()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<reports::Contribution> contributions,
                           reports::OpenFigure(*definition, figures, request.row(), column));
  v1::OpenFigureResponse response;
  Decimal sum;
  for (const reports::Contribution& contribution : contributions) {
    *response.add_contributions() =
        ContributionToProto(contribution, figures, figures.periods[column.period]);
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, contribution.amount));
  }
  response.set_amount(sum.ToString());
  return response;
}

absl::Status ReportingHandlers::PrintStatements(CallScope& call,
                                                const v1::PrintStatementsRequest& request,
                                                StreamWriter<v1::PrintStatementsResponse>& writer) {
  LUMBUNG_RETURN_IF_ERROR(CheckPrint(request));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string chart, parts_.reader->ChartOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const auto definitions, DefinitionsOf(request, chart));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), definitions));
  PieceSink<v1::PrintStatementsResponse> sink(&writer);
  LUMBUNG_RETURN_IF_ERROR(
      WriteStatements(request, definitions, reading, {parts_.scratch_dir, parts_.now()}, &sink));
  return sink.Send();
}

}  // namespace lumbung::reporting::api
