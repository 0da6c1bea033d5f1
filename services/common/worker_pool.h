// WorkerPool: a fixed number of threads and a bounded queue before them. Handlers run here, so that
// the RPC library's own threads never wait. A full queue refuses at once: the caller answers
// overload instead of letting it grow.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_WORKER_POOL_H_
#define LUMBUNG_SERVICES_COMMON_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace lumbung {

class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t max_waiting);
  // Runs what was accepted, then ends.
  ~WorkerPool();

  // False when the queue is full; `work` then never runs. May be called by the pool's own threads.
  bool TryRun(std::function<void()> work);

  std::size_t waiting() const;
  // Threads at work.
  int busy() const;
  int size() const { return static_cast<int>(threads_.size()); }

 private:
  void Loop();

  const std::size_t max_waiting_;
  mutable absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  int busy_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_WORKER_POOL_H_
