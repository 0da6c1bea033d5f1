// Long-running operations: waiting for one, and showing what became of it.
#ifndef LUMBUNG_SERVICES_HOST_CLI_OPERATION_VIEW_H_
#define LUMBUNG_SERVICES_HOST_CLI_OPERATION_VIEW_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/host/cli/invocation.h"
#include "services/host/cli/record_writer.h"

namespace lumbung::cli {

// Follows the operation to its end, with a progress bar. Ctrl-C cancels it and waits for that to
// have happened. A stream that breaks is taken up again.
absl::StatusOr<v1::Operation> WaitForOperation(Invocation& call, const v1::Operation& operation);

// Why the operation failed, with place and problems; OK when it did not.
absl::Status FailureOf(const v1::Operation& operation);

// The summary of an import: what came in, what was left out, residues, totals by account. CSV has
// the totals only.
absl::Status WriteImportSummary(Invocation& call, const v1::Operation& operation);

// Columns of `operation list` and `operation show`.
extern const RecordLayout<v1::Operation> kOperations;

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_OPERATION_VIEW_H_
