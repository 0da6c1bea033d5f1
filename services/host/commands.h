// The server commands of the binary: `up`, `serve`, `migrate`, `version`, `completion`.
#ifndef LUMBUNG_SERVICES_HOST_COMMANDS_H_
#define LUMBUNG_SERVICES_HOST_COMMANDS_H_

#include <functional>

#include <CLI/App.hpp>

#include "absl/status/status.h"
#include "services/host/cli/command_line.h"

namespace lumbung::host {

void AddUpCommand(CLI::App& app, cli::Client& client);
void AddServeCommand(CLI::App& app, cli::Client& client);
void AddMigrateCommand(CLI::App& app, cli::Client& client);
void AddVersionCommand(CLI::App& app, cli::Client& client);
void AddCompletionCommand(CLI::App& app, cli::Client& client);

// Every command of the binary: these and the user's, in the order in which help lists them.
void AddAllCommands(CLI::App& app, cli::Client& client);

// A server command whose status becomes the exit code; a failure is told on the error stream.
CLI::App* AddServerCommand(CLI::App& parent, cli::Client& client, const cli::CommandText& text,
                           std::function<absl::Status()> body);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_COMMANDS_H_
