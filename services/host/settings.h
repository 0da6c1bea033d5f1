// The server's settings: flags over environment (LUMBUNG_...) over a YAML file over defaults.
// Unknown keys in the file or in the environment are errors, and all problems are told at once.
#ifndef LUMBUNG_SERVICES_HOST_SETTINGS_H_
#define LUMBUNG_SERVICES_HOST_SETTINGS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/log.h"

namespace CLI {
class App;
}

namespace lumbung::host {

struct ServerSettings {
  std::vector<std::string> services;  // Empty means all.
  std::string db;
  std::string data_dir;
  std::string listen_host = "127.0.0.1";
  std::uint16_t grpc_port = 7080;
  std::uint16_t metrics_port = 7081;
  int workers = 8;
  int db_connections = 12;
  int shutdown_seconds = 20;
  bool reflection = true;
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kJson;
};

// Collects what the command line says, then resolves it against environment and file.
class SettingsSource {
 public:
  // Adds a flag for each of the named settings ("listen", "db", ...) and --config, --print-config.
  void AddFlags(CLI::App& command, const std::vector<std::string>& names);

  // INVALID_CONFIGURATION with every problem on a line of its own.
  absl::StatusOr<ServerSettings> Resolve(char** environment) const;
  bool print_config() const { return print_config_; }
  // "key: value" lines of the settings in force, YAML that --config reads back.
  static std::string Print(const ServerSettings& settings);

 private:
  std::map<std::string, std::string> flags_;
  std::vector<std::string> names_;
  std::string config_file_;
  bool print_config_ = false;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_SETTINGS_H_
