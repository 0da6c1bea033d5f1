// Failures of a user command: made from a wrong command line, from a refusal by the server or from
// a broken connection; printed in one form; turned into the exit code.
#ifndef LUMBUNG_SERVICES_HOST_CLI_FAILURE_H_
#define LUMBUNG_SERVICES_HOST_CLI_FAILURE_H_

#include <ostream>
#include <string>

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/host/cli/exit_code.h"
#include "services/host/cli/text.h"

namespace lumbung::cli {

// A command line that cannot mean anything. `flag` is what the user typed or left out ("--date").
absl::Status UsageError(absl::string_view flag, absl::string_view message);
// The same for a refused value: keeps the status's reason and message.
absl::Status UsageError(absl::string_view flag, const absl::Status& status);

// The refusal or failure a call ended with. `server` is named when there was no answer.
absl::Status CallFailure(const grpc::Status& status, absl::string_view server);

ExitCode ExitCodeOf(const absl::Status& status);

// Whether the same call may succeed a moment later: the server is away or overloaded.
bool MayPass(const absl::Status& status);

struct FailureStyle {
  bool json = false;
  Language language = Language::kEnglish;
};

// `error: REASON: message` and, below it, the field path and a request id worth repeating. As JSON:
// one object {"error": {...}} on one line.
void PrintFailure(const absl::Status& status, const FailureStyle& style, std::ostream& err);

// Remembers under which request id the failed call can be repeated safely.
absl::Status WithRequestId(absl::Status status, absl::string_view request_id);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_FAILURE_H_
