// `lumbung up`: everything on this machine, with a PostgreSQL server of its own.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/store/migrations.h"
#include "services/common/log.h"
#include "services/host/cli/client_session.h"
#include "services/host/cli/commands.h"
#include "services/host/commands.h"
#include "services/host/demo/foundation.h"
#include "services/host/demo/generate_demo.h"
#include "services/host/embedded_postgres.h"
#include "services/host/running.h"
#include "services/host/server.h"
#include "services/host/settings.h"
#include "services/host/stop_signal.h"
#include "services/identity/api/first_admin.h"

namespace lumbung::host {
namespace {

namespace fs = std::filesystem;

struct UpOptions {
  bool demo = false;
  bool once = false;
  bool reset_admin = false;
};

// How the user calls this program.
std::string ProgramName() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const char* const path = std::getenv("PATH");
  for (const absl::string_view folder : absl::StrSplit(path == nullptr ? "" : path, ':')) {
    if (program.parent_path() == std::string(folder)) return program.filename().string();
  }
  return fs::proximate(program, error).string();
}

// Fills the server with the demo, unless a stop signal comes first. CANCELLED then.
absl::StatusOr<demo::DemoResult> LoadDemo(Server& server, cli::Console& console) {
  const demo::DemoProgress progress = [&console](absl::string_view step, int done, int total) {
    if (!console.err_is_terminal) return;
    console.err << "\r\x1b[Kdemo books " << done << "/" << total << ": " << step << std::flush;
  };
  absl::StatusOr<demo::DemoResult> result = absl::UnknownError("not run");
  std::atomic<bool> ended{false};
  std::thread loader([&, address = server.address()] {
    result = demo::GenerateDemo(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()), identity::kFirstAdmin,
        [&server](absl::string_view user_name) { return server.OpenSession(user_name); }, progress);
    ended = true;
  });
  bool stopped = false;
  while (!ended && !stopped) stopped = AwaitStopSignal(absl::Milliseconds(50));
  if (stopped) server.Stop();
  loader.join();
  if (console.err_is_terminal) console.err << "\r\x1b[K" << std::flush;
  if (stopped) return absl::CancelledError("stopped while the demo was loading");
  return result;
}

// One of the user's commands, as if it had been typed by whoever has the token.
void RunUserCommand(const cli::Console& own, const std::string& token,
                    const std::vector<std::string>& words) {
  cli::Console console = own;
  console.variable = [&own, &token](const char* name) {
    return absl::string_view(name) == "LUMBUNG_TOKEN" ? token : own.variable(name);
  };
  std::vector<const char*> arguments = {"lumbung"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  CLI::App app("", "lumbung");
  cli::Client client{console};
  cli::AddUserCommands(app, client);
  cli::RunCommandLine(app, static_cast<int>(arguments.size()), arguments.data(), client);
}

void PrintWhereItIs(const Server& server, const ServerSettings& settings, std::ostream& out) {
  out << "\nLumbung is up.\n"
      << "  API        " << server.address() << " (gRPC)\n";
  if (server.gateway_port() != 0) {
    out << "  HTTP       http://127.0.0.1:" << server.gateway_port() << " (Connect, JSON)\n";
  }
  out << "  operators  http://127.0.0.1:" << server.metrics_port()
      << "/metrics, /healthz, /readyz\n"
      << "  data       " << settings.data_dir << "\n";
}

void PrintWhatNext(const std::vector<std::string>& commands, const Server& server,
                   std::ostream& out) {
  const std::string program = ProgramName();
  const std::string where =
      server.address() == cli::kDefaultServer ? "" : absl::StrCat(" --server ", server.address());
  out << "\nTry next, in another terminal:\n";
  for (const std::string& command : commands) {
    out << "  " << program << " " << command << where << "\n";
  }
  out << "\nCtrl-C stops everything; nothing that was acknowledged is lost." << std::endl;
}

// What a server says once in its life.
void PrintFirstAdmin(const std::string& password, std::ostream& out) {
  out << "\nThe first person to sign in. The password is shown this once and good for one "
         "sign-in,\n"
         "at which you choose your own:\n"
      << "  user name          " << identity::kFirstAdmin << "\n"
      << "  one-time password  " << password << "\n";
}

void PrintPeople(const std::vector<demo::DemoResult::Person>& people, std::ostream& out) {
  if (people.empty()) return;
  out << "\nThe people of the demo, with one-time passwords, shown this once:\n";
  for (const demo::DemoResult::Person& person : people) {
    out << absl::StreamFormat("  %-6s  %s  %-14s  %s\n", person.user_name, person.one_time_password,
                              person.name, person.roles);
  }
}

std::vector<std::string> FirstSteps() {
  return {
      "login --user admin", "organization create yayasan --display-name 'Yayasan Contoh' --small",
      "role grant admin finance_officer",
      "book create utama --organization yayasan --chart isak35-ngo", "account list --book utama"};
}

std::vector<std::string> StepsInTheDemo(const demo::DemoResult& demo) {
  const std::string book = absl::StrCat(" --book ", demo.book);
  return {"login --user siti", absl::StrCat("report general-ledger", book),
          absl::StrCat("entry list", book), absl::StrCat("period list", book),
          absl::StrCat("account list", book)};
}

absl::Status Up(ServerSettings settings, const UpOptions& options, cli::Console& console) {
  // What takes a while is told to whoever waits, at any log level.
  const auto say = [&console](absl::string_view message) { console.err << message << std::endl; };
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<EmbeddedPostgres> postgres,
                           EmbeddedPostgres::Start({.data_dir = settings.data_dir, .say = say}));
  LUMBUNG_RETURN_IF_ERROR(store::MigrateUp(postgres->OwnerUri(), [&say](absl::string_view name) {
    say(absl::StrCat("migrated ", name));
  }));
  settings.db = postgres->AppUri();
  settings.keys_dir = settings.data_dir + "/keys";
  const ScratchFolder scratch(settings.data_dir + "/scratch");
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<Server> server,
                           Server::Start(settings, scratch.path()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::optional<std::string> password,
      options.reset_admin ? server->ResetFirstAdmin() : server->EnsureFirstAdmin());
  if (password) PrintFirstAdmin(*password, console.out);
  console.out.flush();
  std::vector<std::string> next = FirstSteps();
  if (options.demo) {
    const absl::StatusOr<demo::DemoResult> demo = LoadDemo(*server, console);
    if (absl::IsCancelled(demo.status())) return absl::OkStatus();
    LUMBUNG_RETURN_IF_ERROR(demo.status());
    PrintPeople(demo->people, console.out);
    LUMBUNG_ASSIGN_OR_RETURN(const std::string token, server->OpenSession(demo::kAuditor));
    console.out << "\n";
    RunUserCommand(console, token,
                   {"report", "trial-balance", "--server", server->address(), "--organization",
                    demo->organization, "--book", demo->book});
    next = StepsInTheDemo(*demo);
  }
  PrintWhereItIs(*server, settings, console.out);
  if (!options.once) {
    PrintWhatNext(next, *server, console.out);
    AwaitStopSignal(absl::InfiniteDuration());
  }
  server->Stop();
  return absl::OkStatus();
}

}  // namespace

void AddUpCommand(CLI::App& app, cli::Client& client) {
  ServerSettings defaults;
  defaults.reflection = true;
  defaults.gateway_port = 8080;
  // Who runs it watches a terminal; a line for each call would bury what is said there.
  defaults.log_level = "warning";
  const std::vector<std::string> names = {
      "data-dir",         "grpc-port",     "gateway-port",   "web-dir",
      "oidc-providers",   "address-rate",  "metrics-port",   "workers",
      "db-connections",   "read-deadline", "write-deadline", "longest-call",
      "shutdown-seconds", "reflection",    "log-level",      "log-format"};
  const auto source =
      std::make_shared<SettingsSource>(defaults, names, std::vector<std::string>{"data-dir"});
  const auto options = std::make_shared<UpOptions>();
  CLI::App* const command = AddServerCommand(
      app, client,
      {.name = "up",
       .description = "Run everything on this machine: a private PostgreSQL and all services",
       .example = "lumbung up --data-dir ~/lumbung --demo"},
      [source, options, &client] {
        return RunWithSettings(*source, client.console, [&](const ServerSettings& settings) {
          return Up(settings, *options, client.console);
        });
      });
  source->AddFlags(*command);
  command->add_flag("--demo", options->demo,
                    "Load the books of a made-up foundation, and print their trial balance");
  command->add_flag("--reset-admin", options->reset_admin,
                    "Give the first person a new one-time password, when theirs is lost");
  command->add_flag("--once", options->once, "Set everything up, and end");
}

}  // namespace lumbung::host
