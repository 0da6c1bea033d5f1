// `lumbung migrate status` and `lumbung migrate up`.
#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "ledger/core/status.h"
#include "ledger/store/migrations.h"
#include "services/host/commands.h"

namespace lumbung::host {
namespace {

absl::Status ShowStatus(const std::string& uri, std::ostream& out) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto states, store::MigrationStatus(uri));
  for (const store::MigrationState& state : states) {
    out << state.name << "  " << (state.applied ? "applied " + state.applied_at : "missing")
        << "\n";
  }
  // Scripts ask by the exit code.
  return store::CheckSchema(uri);
}

absl::Status Migrate(const std::string& uri, std::ostream& out) {
  int applied = 0;
  LUMBUNG_RETURN_IF_ERROR(store::MigrateUp(uri, [&](absl::string_view name) {
    out << "applied " << name << std::endl;
    ++applied;
  }));
  if (applied == 0) out << "nothing to do\n";
  return absl::OkStatus();
}

}  // namespace

void AddMigrateCommand(CLI::App& app, cli::Client& client) {
  CLI::App* const group =
      cli::AddGroup(app, "migrate", "Show or apply the migrations of a database");
  const auto uri = std::make_shared<std::string>();
  std::ostream& out = client.console.out;
  CLI::App* const commands[] = {
      AddServerCommand(*group, client,
                       {.name = "status",
                        .description = "List the migrations and whether the database has them; "
                                       "exit code 1 when one is missing",
                        .example = "lumbung migrate status --db 'host=db.internal dbname=lumbung "
                                   "user=lumbung_owner'"},
                       [uri, &out] { return ShowStatus(*uri, out); }),
      AddServerCommand(
          *group, client,
          {.name = "up",
           .description = "Apply what is missing, each migration in one database transaction",
           .example = "lumbung migrate up --db 'host=db.internal dbname=lumbung "
                      "user=lumbung_owner'"},
          [uri, &out] { return Migrate(*uri, out); })};
  for (CLI::App* const command : commands) {
    command
        ->add_option("--db", *uri,
                     "Connection string or URI, as the owner of the schema (LUMBUNG_DB)")
        ->envname("LUMBUNG_DB")
        ->type_name("URI")
        ->required();
  }
}

}  // namespace lumbung::host
