// `lumbung migrate`.
#include <iostream>
#include <memory>

#include <CLI/App.hpp>

#include "ledger/store/migrations.h"
#include "services/host/command.h"

namespace lumbung::host {
namespace {

constexpr char kExample[] =
    "Example:\n"
    "  lumbung migrate status --db='host=db.internal dbname=lumbung user=lumbung_owner'\n"
    "  lumbung migrate up     --db='host=db.internal dbname=lumbung user=lumbung_owner'\n";

}  // namespace

void AddMigrateCommand(CLI::App& app, CommandContext& context) {
  CLI::App* command = app.add_subcommand("migrate", "Show or apply the database's migrations");
  command->footer(kExample);
  command->require_subcommand(1);
  auto uri = std::make_shared<std::string>();
  CLI::App* status = command->add_subcommand("status", "Which migrations the database has");
  CLI::App* up = command->add_subcommand("up", "Apply what is missing");
  for (CLI::App* subcommand : {status, up}) {
    subcommand->footer(kExample);
    subcommand->add_option("--db", *uri, "Connection string of the schema's owner")
        ->envname("LUMBUNG_DB")
        ->required();
  }
  status->callback([&context, uri] {
    const auto states = store::MigrationStatus(*uri);
    if (!states.ok()) return Fail(context, states.status());
    for (const store::MigrationState& state : *states) {
      std::cout << state.name << "  " << (state.applied ? state.applied_at : "missing") << "\n";
      if (!state.applied) context.exit_code = 1;
    }
  });
  up->callback([&context, uri] {
    int applied = 0;
    const absl::Status done = store::MigrateUp(*uri, [&](absl::string_view name) {
      std::cout << "applied " << name << "\n";
      ++applied;
    });
    if (!done.ok()) return Fail(context, done);
    if (applied == 0) std::cout << "nothing to do\n";
  });
}

}  // namespace lumbung::host
