// A statement as a document.
#ifndef LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_
#define LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_

#include <string>

#include "absl/status/status.h"
#include "reports/model/document.h"
#include "reports/model/statement.h"

namespace lumbung::reports {

// Hands the statement to the writer, Begin to End. What the writer refuses.
absl::Status WriteStatement(const Statement& statement, const Figures& figures,
                            const DocumentFrame& frame, DocumentWriter& writer);

// "previous-with": the key of an amount column, in documents and in the API.
std::string ColumnKey(const StatementDefinition& definition, AmountColumn column);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_
