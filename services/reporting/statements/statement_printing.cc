#include "services/reporting/statements/statement_printing.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "reports/definitions/definitions.h"
#include "reports/model/statement.h"
#include "reports/model/statement_document.h"
#include "services/reporting/statements/document_options.h"
#include "services/reporting/statements/document_writers.h"

namespace lumbung::reporting {
namespace {

constexpr int kMaxStatements = 20;

// What belongs to the chart, in its order.
absl::StatusOr<StatementDefinitions> SetOf(const std::string& chart) {
  StatementDefinitions definitions;
  for (const reports::StatementDefinition& definition : reports::Definitions()) {
    if (definition.place_in_set > 0 && IsForChart(definition, chart))
      definitions.push_back(&definition);
  }
  std::sort(definitions.begin(), definitions.end(),
            [](const auto* a, const auto* b) { return a->place_in_set < b->place_in_set; });
  if (!definitions.empty()) return definitions;
  return FailedPrecondition("STATEMENT_UNFIT", "parent",
                            absl::StrCat("there are no statements for the chart \"", chart, "\""));
}

reports::DocumentFrame FrameFor(const v1::PrintStatementsRequest& request, const Reading& reading) {
  const auto say = [&request](const char* id, const char* en) {
    return IsEnglish(request.options()) ? en : id;
  };
  reports::DocumentFrame frame =
      FrameOf(request.options(), reading.organization, reading.small_organization);
  if (!request.fund().empty()) {
    frame.marks.push_back(
        absl::StrCat(say("Hanya dana ", "Only the fund "),
                     reading.figures.books.front()->FindFund(request.fund())->display_name));
  }
  for (std::size_t i = 0; i < reading.figures.books.size(); ++i) {
    const Book& book = reading.figures.books[i]->book();
    frame.provenance.push_back(
        absl::StrCat(say("Buku: ", "Book: "), book.display_name, " (", book.slug, "), ",
                     say("sampai jurnal ke-", "up to entry "), ToInteger(reading.last_entries[i])));
  }
  if (request.basis().has_known_at()) {
    frame.provenance.push_back(
        absl::StrCat(say("Sebagaimana diketahui pada ", "As known at "),
                     absl::FormatTime("%Y-%m-%d %H:%M:%SZ",
                                      absl::FromUnixSeconds(request.basis().known_at().seconds()),
                                      absl::UTCTimeZone())));
  }
  frame.checkpoint = reading.checkpoint;
  return frame;
}

}  // namespace

bool IsForChart(const reports::StatementDefinition& definition, const std::string& chart) {
  return std::count(definition.charts.begin(), definition.charts.end(), chart) > 0;
}

absl::Status CheckPrint(const v1::PrintStatementsRequest& request) {
  if (request.statements_size() > kMaxStatements) {
    return InvalidArgument(
        "INVALID_FILTER", "statements",
        absl::StrCat("found ", request.statements_size(), " statements; at most ", kMaxStatements,
                     " are printed at once"));
  }
  return CheckOptions(request.options());
}

absl::StatusOr<StatementDefinitions> DefinitionsOf(const v1::PrintStatementsRequest& request,
                                                   const std::string& chart) {
  if (request.statements().empty()) return SetOf(chart);
  StatementDefinitions definitions;
  for (const std::string& id : request.statements()) {
    LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* definition,
                             reports::FindDefinition(id));
    if (std::count(definitions.begin(), definitions.end(), definition) > 0) {
      return InvalidArgument("INVALID_FILTER", "statements",
                             absl::StrCat("\"", id, "\" is named twice"));
    }
    definitions.push_back(definition);
  }
  return definitions;
}

absl::Status WriteStatements(const v1::PrintStatementsRequest& request,
                             const StatementDefinitions& definitions, const Reading& reading,
                             const Printing& printing, reports::ByteSink* sink) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::unique_ptr<reports::DocumentWriter> document,
      MakeDocumentWriter(request.options(), printing.scratch_dir, printing.created, sink));
  const reports::DocumentFrame frame = FrameFor(request, reading);
  for (const reports::StatementDefinition* definition : definitions) {
    LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                             reports::EvaluateStatement(*definition, reading.figures));
    LUMBUNG_RETURN_IF_ERROR(reports::WriteStatement(statement, reading.figures, frame, *document));
  }
  return document->Finish();
}

}  // namespace lumbung::reporting
