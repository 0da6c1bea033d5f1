// The one binary: server commands and user commands under one name.
#include <cstdlib>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "services/host/cli/console.h"
#include "services/host/commands.h"

int main(int argc, char** argv) {
  // What the RPC library says of its own is no log line of ours.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  CLI::App app(
      "Lumbung: double-entry books with exact decimals for grants, revolving funds and village "
      "enterprises.",
      "lumbung");
  lumbung::cli::Console console = lumbung::cli::ProcessConsole();
  lumbung::cli::Client client{console};
  lumbung::host::AddAllCommands(app, client);
  return static_cast<int>(lumbung::cli::RunCommandLine(app, argc, argv, client));
}
