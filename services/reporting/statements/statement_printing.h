// Statements as one document: which ones, with what around them, in which format.
#ifndef LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_PRINTING_H_
#define LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_PRINTING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/document.h"
#include "reports/model/statement_definition.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting {

using StatementDefinitions = std::vector<const reports::StatementDefinition*>;

// `chart` is a template's name without its version.
bool IsForChart(const reports::StatementDefinition& definition, const std::string& chart);

// INVALID_FILTER, TEXT_TOO_LONG.
absl::Status CheckPrint(const v1::PrintStatementsRequest& request);

// Those that the request names, or else the set that belongs to the chart, in its order.
// UNKNOWN_STATEMENT, INVALID_FILTER, STATEMENT_UNFIT.
absl::StatusOr<StatementDefinitions> DefinitionsOf(const v1::PrintStatementsRequest& request,
                                                   const std::string& chart);

struct Printing {
  // A private folder for temporary files.
  std::string scratch_dir;
  // Written into files that say when they were made.
  absl::Time created;
};

// `reading` is one for these definitions. STATEMENT_UNFIT, CURRENCIES_DIFFER, UNKNOWN_FORMAT, and
// what the sink says.
absl::Status WriteStatements(const v1::PrintStatementsRequest& request,
                             const StatementDefinitions& definitions, const Reading& reading,
                             const Printing& printing, reports::ByteSink* sink);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_STATEMENTS_STATEMENT_PRINTING_H_
