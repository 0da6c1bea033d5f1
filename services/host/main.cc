// The one binary: server commands and user commands under one name.
#include <unistd.h>

#include <iostream>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

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
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help ends well; everything else is wrong usage.
    return app.exit(error) == 0 ? 0 : 2;
  }
  return context.exit_code;
}
