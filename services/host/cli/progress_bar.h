// ProgressBar: how far long work has come, on stderr and only when that is a terminal.
#ifndef LUMBUNG_SERVICES_HOST_CLI_PROGRESS_BAR_H_
#define LUMBUNG_SERVICES_HOST_CLI_PROGRESS_BAR_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/host/cli/console.h"

namespace lumbung::cli {

class ProgressBar {
 public:
  explicit ProgressBar(const Console& console) : console_(console) {}
  ~ProgressBar() { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Draws at most ten times a second, and whenever the stage changes. `total` 0 means unknown.
  void Update(absl::string_view stage, std::int64_t done, std::int64_t total);
  // Takes the bar off the terminal.
  void Clear();

 private:
  const Console& console_;
  std::string stage_;
  absl::Time drawn_at_ = absl::InfinitePast();
  bool drawn_ = false;
};

// "posting  [#####---------------]  25 %": what Update draws.
std::string RenderProgress(absl::string_view stage, std::int64_t done, std::int64_t total);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_PROGRESS_BAR_H_
