#include "services/host/command.h"

#include <iostream>

#include <CLI/App.hpp>

#include "ledger/core/status.h"

namespace lumbung::host {

void Fail(CommandContext& context, const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  std::cerr << "error: "
            << (reason.empty() ? absl::StatusCodeToString(status.code()) : reason) << ": "
            << status.message() << "\n";
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      context.exit_code = 3;
      break;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      context.exit_code = 4;
      break;
    default:
      context.exit_code = reason == "INVALID_CONFIGURATION" || reason == "UNKNOWN_SERVICE" ? 2 : 1;
  }
}

void AddServerCommands(CLI::App& app, CommandContext& context) {
  AddUpCommand(app, context);
  AddServeCommand(app, context);
  AddMigrateCommand(app, context);
  AddVersionCommand(app, context);
  AddCompletionCommand(app, context);
}

}  // namespace lumbung::host
