#include "services/identity/domain/sign_in_throttle.h"

#include <algorithm>

namespace lumbung::identity {
namespace {

absl::Duration DelayAfter(int failures) {
  if (failures >= kMaxFailuresOfAccount) return kAttemptWindow;
  if (failures == 4) return absl::Seconds(30);
  if (failures == 3) return absl::Seconds(5);
  return absl::ZeroDuration();
}

}  // namespace

absl::Time NextAttemptAt(const RecentFailures& failures) {
  absl::Time next = absl::InfinitePast();
  if (const absl::Duration delay = DelayAfter(failures.of_account); delay > absl::ZeroDuration()) {
    next = failures.last_of_account + delay;
  }
  if (failures.of_address >= kMaxFailuresOfAddress) {
    next = std::max(next, failures.last_of_address + kAttemptWindow);
  }
  return next;
}

}  // namespace lumbung::identity
