#include "services/host/cli/progress_bar.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/core/decimal.h"
#include "ledger/core/display_text.h"

namespace lumbung::cli {
namespace {

constexpr int kBarColumns = 30;
constexpr absl::Duration kInterval = absl::Milliseconds(100);
// Back to the first column, and clear the line.
constexpr absl::string_view kRestart = "\r\x1b[K";

}  // namespace

std::string RenderProgress(absl::string_view stage, std::int64_t done, std::int64_t total) {
  if (total <= 0) return absl::StrFormat("%s  %d", stage, done);
  done = std::clamp<std::int64_t>(done, 0, total);
  const auto share = [&](int whole) {
    return static_cast<int>(static_cast<int128>(done) * whole / total);
  };
  const auto filled = static_cast<std::size_t>(share(kBarColumns));
  return absl::StrFormat("%s  [%s%s]  %d %%", stage, std::string(filled, '#'),
                         std::string(kBarColumns - filled, '-'), share(100));
}

void ProgressBar::Update(absl::string_view stage, std::int64_t done, std::int64_t total) {
  if (!console_.err_is_terminal) return;
  const absl::Time now = console_.now();
  if (stage == stage_ && now - drawn_at_ < kInterval) return;
  stage_ = std::string(stage);
  drawn_at_ = now;
  drawn_ = true;
  console_.err << kRestart << RenderProgress(Printable(stage), done, total) << std::flush;
}

void ProgressBar::Clear() {
  if (drawn_) console_.err << kRestart << std::flush;
  drawn_ = false;
}

}  // namespace lumbung::cli
