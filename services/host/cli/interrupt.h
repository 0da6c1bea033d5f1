// InterruptWatch: while it lives, the first Ctrl-C (SIGINT) or SIGTERM calls a function instead of
// ending the process; the next one ends it as usual. At most one watch at a time.
#ifndef LUMBUNG_SERVICES_HOST_CLI_INTERRUPT_H_
#define LUMBUNG_SERVICES_HOST_CLI_INTERRUPT_H_

#include <functional>
#include <thread>

#include <signal.h>

namespace lumbung::cli {

class InterruptWatch {
 public:
  // `on_interrupt` runs at most once, on a thread of the watch, before the destructor returns.
  explicit InterruptWatch(std::function<void()> on_interrupt);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

 private:
  void Wait();

  std::function<void()> on_interrupt_;
  struct sigaction old_interrupt_ = {};
  struct sigaction old_terminate_ = {};
  std::thread thread_;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_INTERRUPT_H_
