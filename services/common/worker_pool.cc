#include "services/common/worker_pool.h"

#include <utility>

namespace lumbung {

WorkerPool::WorkerPool(int threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

WorkerPool::~WorkerPool() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::TryRun(std::function<void()> work) {
  absl::MutexLock lock(&mutex_);
  if (queue_.size() >= max_waiting_) return false;
  queue_.push_back(std::move(work));
  return true;
}

std::size_t WorkerPool::waiting() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

int WorkerPool::busy() const {
  absl::MutexLock lock(&mutex_);
  return busy_;
}

void WorkerPool::Loop() {
  const auto has_news = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !queue_.empty() || ending_;
  };
  absl::MutexLock lock(&mutex_);
  while (true) {
    mutex_.Await(absl::Condition(&has_news));
    if (queue_.empty()) return;
    std::function<void()> work = std::move(queue_.front());
    queue_.pop_front();
    ++busy_;
    mutex_.Unlock();
    work();
    work = nullptr;  // What it holds goes before the thread counts as free.
    mutex_.Lock();
    --busy_;
  }
}

}  // namespace lumbung
