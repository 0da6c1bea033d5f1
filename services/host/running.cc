#include "services/host/running.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

#include "services/common/log.h"
#include "services/host/cli/failure.h"
#include "services/host/stop_signal.h"

namespace lumbung::host {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ProcessEnvironment() {
  std::vector<std::string> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) entries.emplace_back(*entry);
  return entries;
}

LogLevel LevelNamed(const std::string& name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "warning") return LogLevel::kWarning;
  return name == "error" ? LogLevel::kError : LogLevel::kInfo;
}

LogFormat FormatNamed(const std::string& name, const cli::Console& console) {
  const bool for_people = name == "console" || (name == "auto" && console.err_is_terminal);
  return for_people ? LogFormat::kConsole : LogFormat::kJson;
}

}  // namespace

absl::Status RunWithSettings(SettingsSource& source, cli::Console& console,
                             const std::function<absl::Status(const ServerSettings&)>& body) {
  const absl::StatusOr<ServerSettings> settings = source.Resolve(ProcessEnvironment());
  if (!settings.ok()) return cli::UsageError("", settings.status());
  if (source.print_config()) {
    console.out << source.Print(*settings);
    return absl::OkStatus();
  }
  BlockStopSignals();
  // A database that does not answer is not waited for without end, whoever asks it.
  setenv("PGCONNECT_TIMEOUT", "10", 0);
  StartLog(LevelNamed(settings->log_level), FormatNamed(settings->log_format, console));
  absl::Status status = body(*settings);
  StopLog();
  return status;
}

ScratchFolder::ScratchFolder(std::string path) : path_(std::move(path)) {
  std::error_code error;
  fs::remove_all(path_, error);
  fs::create_directories(path_, error);
  fs::permissions(path_, fs::perms::owner_all, error);
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace lumbung::host
