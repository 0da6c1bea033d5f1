#include "services/host/stop_signal.h"

#include <algorithm>
#include <cerrno>

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "absl/time/clock.h"

namespace lumbung::host {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

bool AwaitStopSignal(absl::Duration patience) {
  const sigset_t signals = StopSignals();
  if (patience == absl::InfiniteDuration()) {
    int received = 0;
    return sigwait(&signals, &received) == 0;
  }
  const absl::Time deadline = absl::Now() + patience;
  while (true) {
    const timespec left = absl::ToTimespec(std::max(deadline - absl::Now(), absl::ZeroDuration()));
    if (sigtimedwait(&signals, nullptr, &left) > 0) return true;
    if (errno != EINTR) return false;
  }
}

}  // namespace lumbung::host
