// The statements that Lumbung knows: declarative files of this folder, built into the binary.
// README.md says how they are written.
#ifndef LUMBUNG_REPORTS_DEFINITIONS_DEFINITIONS_H_
#define LUMBUNG_REPORTS_DEFINITIONS_DEFINITIONS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "reports/model/statement_definition.h"

namespace lumbung::reports {

// Every definition in the binary, by id. May be called from any thread.
absl::Span<const StatementDefinition> Definitions();

// UNKNOWN_STATEMENT, with the ids there are in the message.
absl::StatusOr<const StatementDefinition*> FindDefinition(absl::string_view id);

// Reads one definition. `file` is what errors call it. INVALID_STATEMENT_DEFINITION for the first
// fault found, with "file:line" as the field and at the head of the message.
absl::StatusOr<StatementDefinition> ParseDefinition(absl::string_view file, absl::string_view text);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_DEFINITIONS_DEFINITIONS_H_
