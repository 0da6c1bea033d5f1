// `lumbung serve`: chosen services on a PostgreSQL server that is there already.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <CLI/App.hpp>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/host/commands.h"
#include "services/host/running.h"
#include "services/host/server.h"
#include "services/host/settings.h"
#include "services/host/stop_signal.h"
#include "services/identity/api/first_admin.h"

namespace lumbung::host {
namespace {

absl::Status Serve(const ServerSettings& settings, std::ostream& out) {
  const ScratchFolder scratch(
      absl::StrCat(std::filesystem::temp_directory_path().string(), "/lumbung-serve-", getpid()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<Server> server,
                           Server::Start(settings, scratch.path()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<std::string> password, server->EnsureFirstAdmin());
  if (password) {
    out << "the first person is " << identity::kFirstAdmin << ", one-time password  " << *password
        << std::endl;
  }
  AwaitStopSignal(absl::InfiniteDuration());
  server->Stop();
  return absl::OkStatus();
}

}  // namespace

void AddServeCommand(CLI::App& app, cli::Client& client) {
  const std::vector<std::string> names = {"services",          "db",
                                          "keys-dir",          "listen",
                                          "gateway-listen",    "gateway-names",
                                          "tls-certificate",   "tls-key",
                                          "tls-client-ca",     "web-dir",
                                          "oidc-providers",    "address-rate",
                                          "organization-rate", "metrics-port",
                                          "workers",           "db-connections",
                                          "read-deadline",     "write-deadline",
                                          "longest-call",      "shutdown-seconds",
                                          "reflection",        "log-level",
                                          "log-format"};
  // Many organizations share such a server.
  ServerSettings defaults;
  defaults.address_rate = 500;
  defaults.organization_rate = 500;
  const auto source =
      std::make_shared<SettingsSource>(defaults, names, std::vector<std::string>{"db"});
  CLI::App* const command = AddServerCommand(
      app, client,
      {.name = "serve",
       .description = "Run services on a PostgreSQL server that is there already",
       .example = "lumbung serve --services ledger --db 'host=db.internal dbname=lumbung "
                  "user=lumbung_app'"},
      [source, &client] {
        return RunWithSettings(*source, client.console, [&client](const ServerSettings& settings) {
          return Serve(settings, client.console.out);
        });
      });
  source->AddFlags(*command);
}

}  // namespace lumbung::host
