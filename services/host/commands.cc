#include "services/host/commands.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/failure.h"

namespace lumbung::host {

void AddAllCommands(CLI::App& app, cli::Client& client) {
  app.require_subcommand(1);
  AddUpCommand(app, client);
  cli::AddUserCommands(app, client);
  AddServeCommand(app, client);
  AddMigrateCommand(app, client);
  AddVersionCommand(app, client);
  AddCompletionCommand(app, client);
}

CLI::App* AddServerCommand(CLI::App& parent, cli::Client& client, const cli::CommandText& text,
                           std::function<absl::Status()> body) {
  CLI::App* const command = parent.add_subcommand(text.name, text.description);
  command->footer(absl::StrCat("Example:\n  ", text.example));
  command->callback([&client, body = std::move(body)] {
    const absl::Status status = body();
    client.console.out.flush();
    client.exit_code = cli::ExitCodeOf(status);
    if (!status.ok()) cli::PrintFailure(status, {}, client.console.err);
  });
  return command;
}

}  // namespace lumbung::host
