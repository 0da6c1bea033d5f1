// What `up` and `serve` have in common: settings, the log, stop signals, temporary files.
#ifndef LUMBUNG_SERVICES_HOST_RUNNING_H_
#define LUMBUNG_SERVICES_HOST_RUNNING_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "services/host/cli/console.h"
#include "services/host/settings.h"

namespace lumbung::host {

// Resolves the settings and runs `body` with them, with the log started and stop signals blocked;
// or prints them, when that is asked for. Wrong settings are wrong usage.
absl::Status RunWithSettings(SettingsSource& source, cli::Console& console,
                             const std::function<absl::Status(const ServerSettings&)>& body);

// A private folder, empty now and gone with this.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::string path);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_RUNNING_H_
