// The sealer: a thread that seals what every organization has committed, about once a second. It
// may be stopped, killed and started anywhere; several servers on one database take turns by
// organization.
#ifndef LUMBUNG_SERVICES_LOG_SEALER_SEALER_H_
#define LUMBUNG_SERVICES_LOG_SEALER_SEALER_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/store/connection_pool.h"
#include "services/log/sealer/key_file.h"
#include "services/log/store/seal_batch.h"

namespace lumbung::log {

// Seals all that one organization has committed, batch by batch. Leaves that were added. The
// refusals of SealBatch and of database transactions.
absl::StatusOr<std::int64_t> SealOrganization(store::ConnectionPool& pool,
                                              OrganizationId organization, SealOptions options);

class Sealer {
 public:
  struct Options {
    store::ConnectionPool* pool = nullptr;
    std::string keys_dir;
    RandomBytes random_bytes;
    absl::Duration interval = absl::Seconds(1);
  };

  // Opens the key file, so that a server without its key does not start. The refusals of
  // OpenKeyFile.
  static absl::StatusOr<std::unique_ptr<Sealer>> Start(Options options);
  // Stops.
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // Ends with the batch that is being written. Not by two threads at once.
  void Stop();

  // Leaves added and rounds that failed, since the start.
  std::int64_t sealed() const { return sealed_; }
  std::int64_t failures() const { return failures_; }

 private:
  explicit Sealer(Options options);
  void Run();
  // Every organization once.
  void SealAll();
  void Report(const std::string& organization, const absl::Status& status);
  bool stopped() {
    const absl::MutexLock lock(&mutex_);
    return stopped_;
  }

  const Options options_;
  std::atomic<std::int64_t> sealed_{0};
  std::atomic<std::int64_t> failures_{0};
  // What went wrong last, by organization: said once, not every second. The thread's own.
  std::map<std::string, std::string> problems_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_SEALER_SEALER_H_
