// `lumbung up` and `lumbung serve`.
#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/App.hpp>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/migrations.h"
#include "services/host/command.h"
#include "services/host/embedded_postgres.h"
#include "services/common/log.h"
#include "services/host/server.h"
#include "services/host/settings.h"
#include "services/host/stop_signal.h"

namespace lumbung::host {
namespace {

constexpr char kUpExample[] =
    "Example:\n"
    "  lumbung up --data-dir ~/lumbung        the ledger on this machine, until Ctrl-C\n";
constexpr char kServeExample[] =
    "Example:\n"
    "  lumbung serve --services=ledger --db='host=db.internal dbname=lumbung user=lumbung_app'\n";

// Temporary files of the services; emptied at every start.
std::string PrepareScratch(const std::string& dir) {
  std::error_code error;
  std::filesystem::remove_all(dir, error);
  std::filesystem::create_directories(dir, error);
  std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);
  return dir;
}

void PrintBanner(const Server& server, const ServerSettings& settings) {
  std::cerr << "\nLumbung is up.\n"
            << "  gRPC API   " << server.address() << "\n"
            << "  operators  http://127.0.0.1:" << server.metrics_port()
            << "/metrics  /healthz  /readyz\n"
            << "  data       " << settings.data_dir << "\n\n"
            << "Try, in another terminal:\n"
            << "  lumbung organization create yayasan --display-name 'Yayasan Contoh'\n"
            << "  lumbung book create utama --organization yayasan --chart isak35-ngo\n"
            << "  lumbung account list --organization yayasan --book utama\n"
            << "Stop with Ctrl-C; nothing that was acknowledged is lost.\n";
}

absl::Status RunUp(ServerSettings settings) {
  if (settings.data_dir.empty()) {
    return InvalidArgument("INVALID_CONFIGURATION", "data_dir", "--data-dir is required");
  }
  const auto say = [](absl::string_view message) { Log(LogLevel::kInfo, message); };
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<EmbeddedPostgres> postgres,
                           EmbeddedPostgres::Start({settings.data_dir, say, {}}));
  LUMBUNG_RETURN_IF_ERROR(
      store::MigrateUp(postgres->OwnerUri(), [](absl::string_view name) {
        Log(LogLevel::kInfo, "migrated", {{"migration", std::string(name)}});
      }));
  settings.db = postgres->AppUri();
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::unique_ptr<Server> server,
      Server::Start(settings, PrepareScratch(settings.data_dir + "/scratch")));
  PrintBanner(*server, settings);
  WaitForStopSignal();
  server->Stop();
  return absl::OkStatus();
}

absl::Status RunServe(const ServerSettings& settings) {
  if (settings.db.empty()) {
    return InvalidArgument("INVALID_CONFIGURATION", "db", "--db is required");
  }
  const std::string scratch =
      absl::StrCat(std::filesystem::temp_directory_path().string(), "/lumbung-", getpid());
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<Server> server,
                           Server::Start(settings, PrepareScratch(scratch)));
  WaitForStopSignal();
  server->Stop();
  std::error_code error;
  std::filesystem::remove_all(scratch, error);
  return absl::OkStatus();
}

// Resolves the settings and runs `body`, or prints what is asked for.
template <typename Body>
void WithSettings(CommandContext& context, const SettingsSource& source, const Body& body) {
  absl::StatusOr<ServerSettings> settings = source.Resolve(context.environment);
  if (!settings.ok()) {
    Fail(context, settings.status());
    return;
  }
  if (source.print_config()) {
    std::cout << SettingsSource::Print(*settings);
    return;
  }
  ConfigureLog(settings->log_level, settings->log_format);
  BlockStopSignals();
  const absl::Status status = body(*settings);
  if (!status.ok()) Fail(context, status);
}

}  // namespace

void AddUpCommand(CLI::App& app, CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "up", "Run everything on this machine: a private PostgreSQL, all services");
  command->footer(kUpExample);
  auto source = std::make_shared<SettingsSource>();
  source->AddFlags(*command, {"data-dir", "grpc-port", "metrics-port", "workers", "db-connections",
                              "shutdown-seconds", "reflection", "log-level", "log-format"});
  command->callback([&context, source] { WithSettings(context, *source, RunUp); });
}

void AddServeCommand(CLI::App& app, CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("serve", "Run services on a PostgreSQL server that is there already");
  command->footer(kServeExample);
  auto source = std::make_shared<SettingsSource>();
  source->AddFlags(*command, {"services", "db", "listen", "metrics-port", "workers",
                              "db-connections", "shutdown-seconds", "reflection", "log-level",
                              "log-format"});
  command->callback([&context, source] { WithSettings(context, *source, RunServe); });
}

}  // namespace lumbung::host
