#include "services/host/settings.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include <CLI/App.hpp>
#include <yaml-cpp/yaml.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung::host {
namespace {

// Returns what is wrong with the text, or nothing.
using Problem = std::optional<std::string>;
using Apply = Problem (*)(const std::string& text, ServerSettings* settings);

template <typename Integer>
Problem ReadInteger(const std::string& text, int low, int high, Integer* out) {
  int value = 0;
  if (!absl::SimpleAtoi(text, &value) || value < low || value > high) {
    return absl::StrCat("found '", text, "'; a whole number from ", low, " to ", high,
                        " is allowed");
  }
  *out = static_cast<Integer>(value);
  return std::nullopt;
}

Problem ReadListen(const std::string& text, ServerSettings* settings) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return "found '" + text + "'; HOST:PORT is expected";
  settings->listen_host = text.substr(0, colon);
  if (settings->listen_host != "127.0.0.1" && settings->listen_host != "localhost" &&
      settings->listen_host != "[::1]") {
    return absl::StrCat(
        "found '", settings->listen_host,
        "'; until callers sign in, only 127.0.0.1, localhost and [::1] are allowed");
  }
  return ReadInteger(text.substr(colon + 1), 0, 65535, &settings->grpc_port);
}

Problem ReadReflection(const std::string& text, ServerSettings* settings) {
  if (text != "on" && text != "off") return "found '" + text + "'; on or off is allowed";
  settings->reflection = text == "on";
  return std::nullopt;
}

Problem ReadLogLevel(const std::string& text, ServerSettings* settings) {
  const std::vector<std::string> names = {"debug", "info", "warning", "error"};
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return absl::StrCat("found '", text, "'; ", absl::StrJoin(names, ", "), " are allowed");
  }
  settings->log_level = static_cast<LogLevel>(found - names.begin());
  return std::nullopt;
}

Problem ReadLogFormat(const std::string& text, ServerSettings* settings) {
  if (text != "json" && text != "plain") return "found '" + text + "'; json or plain is allowed";
  settings->log_format = text == "json" ? LogFormat::kJson : LogFormat::kPlain;
  return std::nullopt;
}

struct Setting {
  const char* name;
  const char* help;
  Apply apply;
};

const Setting kSettings[] = {
    {"services", "Services to run, by name with commas between, or all",
     [](const std::string& text, ServerSettings* s) -> Problem {
       if (text != "all") s->services = absl::StrSplit(text, ',', absl::SkipEmpty());
       return std::nullopt;
     }},
    {"db", "PostgreSQL connection string or URI; its role is lumbung_app",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->db = text;
       return std::nullopt;
     }},
    {"data-dir", "Folder that holds everything, created when missing",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->data_dir = text;
       return std::nullopt;
     }},
    {"listen", "Address of the gRPC API, HOST:PORT (127.0.0.1:7080)", ReadListen},
    {"grpc-port", "Port of the gRPC API on 127.0.0.1 (7080; 0 picks a free one)",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 65535, &s->grpc_port);
     }},
    {"metrics-port",
     "Port of /metrics, /healthz and /readyz on 127.0.0.1 (7081; 0 picks a free one)",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 65535, &s->metrics_port);
     }},
    {"workers", "Threads that run calls (8)",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 1, 256, &s->workers);
     }},
    {"db-connections", "Database connections (12)",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 2, 256, &s->db_connections);
     }},
    {"shutdown-seconds", "How long running calls may take after a stop signal (20)",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 600, &s->shutdown_seconds);
     }},
    {"reflection", "Let clients ask for the API's description: on or off (on)", ReadReflection},
    {"log-level", "debug, info, warning or error (info)", ReadLogLevel},
    {"log-format", "json, or plain for a terminal (json)", ReadLogFormat},
};

const Setting* FindSetting(absl::string_view name) {
  for (const Setting& setting : kSettings) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

std::string EnvironmentName(absl::string_view setting) {
  return "LUMBUNG_" + absl::StrReplaceAll(absl::AsciiStrToUpper(setting), {{"-", "_"}});
}

// Variables that are the client's, or no setting at all.
bool IsForeignVariable(absl::string_view name) {
  for (const absl::string_view known :
       {"LUMBUNG_SERVER", "LUMBUNG_ORGANIZATION", "LUMBUNG_BOOK", "LUMBUNG_ACTOR", "LUMBUNG_ROLES",
        "LUMBUNG_CONFIG", "LUMBUNG_OUTPUT", "LUMBUNG_LOCALE", "LUMBUNG_LANG", "LUMBUNG_SHARED_DIR",
        "LUMBUNG_BINARY", "LUMBUNG_COMMIT"}) {
    if (name == known) return true;
  }
  return false;
}

using Values = std::map<std::string, std::string>;

Values FromEnvironment(char** environment, std::vector<std::string>* problems) {
  Values values;
  for (char** entry = environment; *entry != nullptr; ++entry) {
    const absl::string_view text = *entry;
    if (!absl::StartsWith(text, "LUMBUNG_")) continue;
    const absl::string_view name = text.substr(0, text.find('='));
    if (IsForeignVariable(name)) continue;
    bool known = false;
    for (const Setting& setting : kSettings) {
      if (EnvironmentName(setting.name) != name) continue;
      values[setting.name] = std::string(text.substr(name.size() + 1));
      known = true;
    }
    if (!known) problems->push_back(absl::StrCat("environment: unknown variable ", name));
  }
  return values;
}

Values FromFile(const std::string& path, std::vector<std::string>* problems) {
  Values values;
  if (path.empty()) return values;
  try {
    const YAML::Node root = YAML::LoadFile(path);
    if (root.IsNull()) return values;
    if (!root.IsMap()) {
      problems->push_back(absl::StrCat(path, ": 'name: value' lines are expected"));
      return values;
    }
    for (const auto& item : root) {
      const std::string name = item.first.as<std::string>();
      const int line = item.first.Mark().line + 1;
      if (FindSetting(name) == nullptr) {
        problems->push_back(absl::StrCat(path, ":", line, ": unknown setting '", name, "'"));
      } else if (!item.second.IsScalar()) {
        problems->push_back(absl::StrCat(path, ":", line, ": ", name, " takes a single value"));
      } else {
        values[name] = item.second.as<std::string>();
      }
    }
  } catch (const YAML::Exception& error) {
    problems->push_back(absl::StrCat(path, ": ", error.what()));
  }
  return values;
}

}  // namespace

void SettingsSource::AddFlags(CLI::App& command, const std::vector<std::string>& names) {
  names_ = names;
  for (const std::string& name : names) {
    command.add_option("--" + name, flags_[name], FindSetting(name)->help);
  }
  command.add_option("--config", config_file_, "YAML file of settings")->envname("LUMBUNG_CONFIG");
  command.add_flag("--print-config", print_config_, "Print the settings in force and end");
}

absl::StatusOr<ServerSettings> SettingsSource::Resolve(char** environment) const {
  std::vector<std::string> problems;
  Values values = FromFile(config_file_, &problems);
  for (auto& [name, value] : FromEnvironment(environment, &problems)) values[name] = value;
  for (const auto& [name, value] : flags_) {
    if (!value.empty()) values[name] = value;
  }
  ServerSettings settings;
  for (const auto& [name, value] : values) {
    const Problem problem = FindSetting(name)->apply(value, &settings);
    if (problem.has_value()) problems.push_back(absl::StrCat(name, ": ", *problem));
  }
  if (!problems.empty()) {
    return InvalidArgument("INVALID_CONFIGURATION", "", absl::StrJoin(problems, "\n"));
  }
  return settings;
}

std::string SettingsSource::Print(const ServerSettings& settings) {
  constexpr const char* kLevels[] = {"debug", "info", "warning", "error"};
  return absl::StrCat(
      "services: ", settings.services.empty() ? "all" : absl::StrJoin(settings.services, ","),
      "\nlisten: ", settings.listen_host, ":", settings.grpc_port,
      "\nmetrics-port: ", settings.metrics_port, "\nworkers: ", settings.workers,
      "\ndb-connections: ", settings.db_connections,
      "\nshutdown-seconds: ", settings.shutdown_seconds,
      "\nreflection: ", settings.reflection ? "'on'" : "'off'",
      "\nlog-level: ", kLevels[static_cast<int>(settings.log_level)],
      "\nlog-format: ", settings.log_format == LogFormat::kJson ? "json" : "plain", "\n");
}

}  // namespace lumbung::host
