// Every setting the server has: its name, what it is for, how it is read and how it is printed.
#ifndef LUMBUNG_SERVICES_HOST_SETTING_TABLE_H_
#define LUMBUNG_SERVICES_HOST_SETTING_TABLE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/host/settings.h"

namespace lumbung::host {

// What is wrong with a text, or nothing.
using Problem = std::optional<std::string>;

struct Setting {
  // As a flag and as a key of the file.
  absl::string_view name;
  absl::string_view placeholder;
  absl::string_view help;
  Problem (*read)(const std::string& text, ServerSettings* settings);
  // What `read` would take; "" for nothing.
  std::string (*print)(const ServerSettings& settings);

  // LUMBUNG_GRPC_PORT.
  std::string EnvironmentName() const;
};

absl::Span<const Setting> AllSettings();

// Null when there is none.
const Setting* FindSetting(absl::string_view name);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_SETTING_TABLE_H_
