// The server's settings: flags over environment (LUMBUNG_...) over a YAML file over defaults.
// Unknown keys in the file or in the environment are errors, and all problems are told at once.
#ifndef LUMBUNG_SERVICES_HOST_SETTINGS_H_
#define LUMBUNG_SERVICES_HOST_SETTINGS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace CLI {
class App;
}

namespace lumbung::host {

struct ServerSettings {
  std::vector<std::string> services;  // Empty: all.
  std::string db;
  std::string data_dir;
  // Empty: this server seals nothing.
  std::string keys_dir;
  std::string listen_host = "127.0.0.1";
  std::uint16_t grpc_port = 7080;
  std::uint16_t metrics_port = 7081;
  // Without a port there is no gateway. Its host is an IP address of this machine.
  std::string gateway_host = "127.0.0.1";
  std::optional<std::uint16_t> gateway_port;
  std::vector<std::string> gateway_names;
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_ca;
  std::string web_dir;
  // The file of the identity providers; empty for none.
  std::string oidc_providers;
  // Calls a second; 0: no limit.
  int address_rate = 0;
  int organization_rate = 0;
  int workers = 8;
  int db_connections = 12;
  absl::Duration default_read_deadline = absl::Seconds(5);
  absl::Duration default_write_deadline = absl::Seconds(30);
  absl::Duration longest_call = absl::Minutes(10);
  absl::Duration shutdown_patience = absl::Seconds(20);
  bool reflection = false;
  std::string log_level = "info";   // debug, info, warning, error
  std::string log_format = "auto";  // json, console; auto: console when a person is watching
};

// The settings of one command: collects what the command line says, then resolves it against
// environment and file. Outlives the CLI::App.
class SettingsSource {
 public:
  // `names` are those that the command has ("listen", "db", ...), `required` those among them that
  // have no default.
  SettingsSource(ServerSettings defaults, std::vector<std::string> names,
                 std::vector<std::string> required);

  // Adds a flag for each setting, --config and --print-config.
  void AddFlags(CLI::App& command);

  // `environment` has "NAME=value" entries. INVALID_CONFIGURATION with every problem on a line of
  // its own; settings that other commands have are not looked at.
  absl::StatusOr<ServerSettings> Resolve(const std::vector<std::string>& environment);

  bool print_config() const { return print_config_; }
  // Once resolved: the settings in force, as YAML that --config reads back, each with where it came
  // from. Passwords are left out.
  std::string Print(const ServerSettings& settings) const;

 private:
  struct Value {
    std::string text;
    // "--db", "LUMBUNG_DB", "lumbung.yaml:3".
    std::string origin;
  };

  bool Has(absl::string_view name) const;
  void ReadFile(const std::string& path, std::vector<std::string>* problems);
  void ReadEnvironment(const std::vector<std::string>& environment,
                       std::vector<std::string>* problems);
  void ReadFlags();

  const ServerSettings defaults_;
  const std::vector<std::string> names_;
  const std::vector<std::string> required_;
  std::map<std::string, std::string> flags_;
  std::string config_file_;
  bool print_config_ = false;
  std::map<std::string, Value> values_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_SETTINGS_H_
