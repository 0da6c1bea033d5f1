#include "services/host/cli/interrupt.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lumbung::cli {
namespace {

// A signal handler may do little more than write to a pipe: a byte for an interrupt, and another
// one for the end of the watch. The ends are set before the handler is.
int g_pipe[2] = {-1, -1};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

constexpr char kInterrupted = 'i';
constexpr char kEnd = 'e';

void Tell(char what) {
  const int saved_errno = errno;
  while (write(g_pipe[1], &what, 1) < 0 && errno == EINTR) {
  }
  errno = saved_errno;
}

void OnSignal(int) {
  Tell(kInterrupted);
}

}  // namespace

InterruptWatch::InterruptWatch(std::function<void()> on_interrupt)
    : on_interrupt_(std::move(on_interrupt)) {
  if (pipe2(g_pipe, O_CLOEXEC) != 0) return;  // Without a pipe Ctrl-C ends the process as ever.
  thread_ = std::thread([this] { Wait(); });
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  // One shot: the second Ctrl-C finds the default action.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_interrupt_);
  sigaction(SIGTERM, &action, &old_terminate_);
}

InterruptWatch::~InterruptWatch() {
  if (!thread_.joinable()) return;
  sigaction(SIGINT, &old_interrupt_, nullptr);
  sigaction(SIGTERM, &old_terminate_, nullptr);
  Tell(kEnd);
  thread_.join();
  close(g_pipe[0]);
  close(g_pipe[1]);
}

void InterruptWatch::Wait() {
  bool told = false;
  for (char what = 0;;) {
    const ssize_t count = read(g_pipe[0], &what, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count != 1 || what == kEnd) return;
    if (!std::exchange(told, true)) on_interrupt_();
  }
}

}  // namespace lumbung::cli
