// What the commands of the binary share: how they say how they ended.
#ifndef LUMBUNG_SERVICES_HOST_COMMAND_H_
#define LUMBUNG_SERVICES_HOST_COMMAND_H_

#include "absl/status/status.h"

namespace CLI {
class App;
}

namespace lumbung::host {

// 0 done, 1 refused by a rule, 2 wrong usage, 3 server or database unreachable, 4 internal.
struct CommandContext {
  int exit_code = 0;
  char** environment = nullptr;
};

// Prints "error: REASON: message" on stderr and sets the exit code that belongs to the status.
void Fail(CommandContext& context, const absl::Status& status);

// `up`, `serve`, `migrate`, `version`, `completion`.
void AddServerCommands(CLI::App& app, CommandContext& context);
void AddUpCommand(CLI::App& app, CommandContext& context);
void AddServeCommand(CLI::App& app, CommandContext& context);
void AddMigrateCommand(CLI::App& app, CommandContext& context);
void AddVersionCommand(CLI::App& app, CommandContext& context);
void AddCompletionCommand(CLI::App& app, CommandContext& context);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_COMMAND_H_
