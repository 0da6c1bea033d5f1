// The one binary: server commands and user commands under one name.
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "services/host/cli/commands.h"
#include "services/host/command.h"

int main(int argc, char** argv) {
  CLI::App app(
      "Lumbung: double-entry books with exact decimals for grants, revolving funds and village "
      "enterprises.",
      "lumbung");
  app.require_subcommand(1);
  lumbung::host::CommandContext context;
  context.environment = environ;
  lumbung::host::AddServerCommands(app, context);
  lumbung::cli::Console console = lumbung::cli::ProcessConsole();
  lumbung::cli::Client client{console};
  lumbung::cli::AddUserCommands(app, client);
  const lumbung::cli::ExitCode code = lumbung::cli::RunCommandLine(app, argc, argv, client);
  // Server commands tell their outcome through the context.
  return context.exit_code != 0 ? context.exit_code : static_cast<int>(code);
}
