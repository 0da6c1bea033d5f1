// A statement as a document.
#ifndef LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_
#define LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reports/model/document.h"
#include "reports/model/statement.h"

namespace lumbung::reports {

// What stands around the figures, and is not in the definition.
struct StatementFrame {
  Language language = Language::kIndonesian;
  std::string organization;
  std::vector<std::string> marks;
  std::string place_and_date;
  std::vector<DocumentSignature> signatures;
  // Besides definition and legal basis.
  std::vector<std::string> provenance;
  std::string checkpoint;
};

// Hands the statement to the writer, Begin to End. What the writer refuses.
absl::Status WriteStatement(const Statement& statement, const Figures& figures,
                            const StatementFrame& frame, DocumentWriter& writer);

// "previous-with": the key of an amount column, in documents and in the API.
std::string ColumnKey(const StatementDefinition& definition, AmountColumn column);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_STATEMENT_DOCUMENT_H_
