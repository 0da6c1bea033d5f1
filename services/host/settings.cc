#include "services/host/settings.h"

#include <algorithm>
#include <utility>

#include <CLI/App.hpp>
#include <yaml-cpp/yaml.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "services/common/log.h"
#include "services/host/setting_table.h"

namespace lumbung::host {
namespace {

// Variables that belong to the client, or to the tests.
bool IsForeignVariable(absl::string_view name) {
  for (const absl::string_view known : {"LUMBUNG_SERVER", "LUMBUNG_ORGANIZATION", "LUMBUNG_BOOK",
                                        "LUMBUNG_TOKEN", "LUMBUNG_PASSWORD", "LUMBUNG_NEW_PASSWORD",
                                        "LUMBUNG_CONFIG", "LUMBUNG_SHARED_DIR", "LUMBUNG_SOAK"}) {
    if (name == known) return true;
  }
  return false;
}

// Connection strings say password='...' or ://user:password@.
std::string WithoutPassword(std::string text) {
  const std::size_t scheme = text.find("://");
  const std::size_t at = text.find('@');
  if (scheme != std::string::npos && at != std::string::npos && at > scheme) {
    const std::size_t colon = text.find(':', scheme + 3);
    if (colon < at) text.replace(colon, at - colon, ":...");
  }
  const std::size_t password = text.find("password=");
  if (password != std::string::npos) {
    const std::size_t value = password + 9;
    const bool quoted = value < text.size() && text[value] == '\'';
    std::size_t end = text.find_first_of(quoted ? "'" : " &", value + (quoted ? 1 : 0));
    if (end == std::string::npos) end = text.size();
    text.replace(value, end - value + (quoted && end < text.size() ? 1 : 0), "...");
  }
  return text;
}

}  // namespace

SettingsSource::SettingsSource(ServerSettings defaults, std::vector<std::string> names,
                               std::vector<std::string> required)
    : defaults_(std::move(defaults)), names_(std::move(names)), required_(std::move(required)) {}

bool SettingsSource::Has(absl::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

void SettingsSource::AddFlags(CLI::App& command) {
  for (const std::string& name : names_) {
    const Setting& setting = *FindSetting(name);
    const std::string preset = setting.print(defaults_);
    command
        .add_option("--" + name, flags_[name],
                    absl::StrCat(setting.help, " (", setting.EnvironmentName(),
                                 preset.empty() ? "" : "; default: ", preset, ")"))
        ->type_name(std::string(setting.placeholder));
  }
  command
      .add_option("--config", config_file_,
                  "YAML file of settings, named as the flags are (LUMBUNG_CONFIG)")
      ->envname("LUMBUNG_CONFIG")
      ->type_name("FILE");
  command.add_flag("--print-config", print_config_, "Print the settings in force, and end");
}

absl::StatusOr<ServerSettings> SettingsSource::Resolve(
    const std::vector<std::string>& environment) {
  values_.clear();
  std::vector<std::string> problems;
  // The later ones win.
  if (!config_file_.empty()) ReadFile(config_file_, &problems);
  ReadEnvironment(environment, &problems);
  ReadFlags();

  ServerSettings settings = defaults_;
  for (const std::string& name : names_) {
    const auto value = values_.find(name);
    if (value == values_.end()) continue;
    const Problem problem = FindSetting(name)->read(value->second.text, &settings);
    if (problem) problems.push_back(absl::StrCat(value->second.origin, ": ", *problem));
  }
  for (const std::string& name : required_) {
    const Setting& setting = *FindSetting(name);
    if (!setting.print(settings).empty()) continue;
    problems.push_back(absl::StrCat("--", name, ": missing; give the flag, ",
                                    setting.EnvironmentName(), ", or \"", name,
                                    "\" in the --config file"));
  }
  if (!problems.empty()) {
    return InvalidArgument("INVALID_CONFIGURATION", "", absl::StrJoin(problems, "\n"));
  }
  return settings;
}

void SettingsSource::ReadFile(const std::string& path, std::vector<std::string>* problems) {
  try {
    const YAML::Node root = YAML::LoadFile(path);
    if (root.IsNull()) return;
    if (!root.IsMap()) {
      problems->push_back(absl::StrCat(path, ": lines of \"name: value\" are expected"));
      return;
    }
    for (const auto& item : root) {
      const std::string name = item.first.as<std::string>();
      const std::string origin = absl::StrCat(path, ":", item.first.Mark().line + 1);
      if (FindSetting(name) == nullptr) {
        problems->push_back(absl::StrCat(origin, ": there is no setting \"", name, "\""));
      } else if (!item.second.IsScalar()) {
        problems->push_back(absl::StrCat(origin, ": ", name, " takes one value"));
      } else {
        values_[name] = {item.second.as<std::string>(), origin};
      }
    }
  } catch (const YAML::Exception& error) {
    problems->push_back(absl::StrCat(path, ": ", error.what()));
  }
}

void SettingsSource::ReadEnvironment(const std::vector<std::string>& environment,
                                     std::vector<std::string>* problems) {
  for (const std::string& entry : environment) {
    if (!absl::StartsWith(entry, "LUMBUNG_")) continue;
    const std::string variable = entry.substr(0, entry.find('='));
    if (IsForeignVariable(variable)) continue;
    const absl::Span<const Setting> all = AllSettings();
    const auto setting = std::find_if(all.begin(), all.end(), [&variable](const Setting& known) {
      return known.EnvironmentName() == variable;
    });
    if (setting == all.end()) {
      problems->push_back(absl::StrCat(variable, ": there is no such setting"));
    } else {
      values_[std::string(setting->name)] = {entry.substr(variable.size() + 1), variable};
    }
  }
}

void SettingsSource::ReadFlags() {
  for (const auto& [name, text] : flags_) {
    if (!text.empty()) values_[name] = {text, "--" + name};
  }
}

std::string SettingsSource::Print(const ServerSettings& settings) const {
  std::string text;
  for (const std::string& name : names_) {
    const auto value = values_.find(name);
    const std::string origin = value == values_.end() ? "default" : value->second.origin;
    absl::StrAppend(&text, name, ": ",
                    JsonQuoted(WithoutPassword(FindSetting(name)->print(settings))), "  # ", origin,
                    "\n");
  }
  return text;
}

}  // namespace lumbung::host
