// Operations: imports that run for a while, in the order in which they were asked for, and what
// became of them. In memory: after a restart they are forgotten, and their database transactions
// were rolled back.
//
// An organization sees its own operations only; those of others are not found.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_OPERATIONS_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_OPERATIONS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "services/ledger/transfer/import_journal.h"

namespace lumbung::transfer {

struct OperationState {
  std::string id;
  // Grows with every change.
  std::int64_t version = 0;
  // Position in the order of creation.
  std::int64_t sequence = 0;
  bool dry_run = false;
  bool done = false;
  std::string stage = "waiting";
  std::int64_t progress = 0;
  std::int64_t total = 0;
  absl::Time created;
  absl::Time ended;
  // Once done: OK with a report, or why not.
  absl::Status status;
  std::shared_ptr<const ImportReport> report;
};

class Operations {
 public:
  struct Options {
    int threads = 2;
    // Waiting or running, of one organization; more are refused.
    std::size_t max_active = 10;
    // Finished ones that are remembered, of one organization.
    std::size_t max_finished = 100;
    std::function<absl::Time()> now;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
    // Told of each that has ended; may be empty.
    std::function<void(const OperationState&)> on_end;
  };
  using Work = std::function<absl::StatusOr<ImportReport>(ImportProgress&)>;

  explicit Operations(Options options);
  // As Drain.
  ~Operations();

  // RESOURCE_EXHAUSTED (OVERLOADED); UNAVAILABLE (SHUTTING_DOWN) after Drain.
  absl::StatusOr<OperationState> Start(OrganizationId organization, bool dry_run, Work work);
  // OPERATION_NOT_FOUND, here and below.
  absl::StatusOr<OperationState> Get(OrganizationId organization, const std::string& id) const;
  // The newest first: those whose sequence is below `before`, at most `limit`.
  std::vector<OperationState> List(OrganizationId organization, std::int64_t before,
                                   std::size_t limit) const;
  // Asks the operation to end without a trace. OPERATION_DONE.
  absl::StatusOr<OperationState> Cancel(OrganizationId organization, const std::string& id);
  // The state once its version differs from `seen`, or at `deadline`.
  absl::StatusOr<OperationState> AwaitChange(OrganizationId organization, const std::string& id,
                                             std::int64_t seen, absl::Time deadline) const;

  // Cancels what is waiting or running, and ends.
  void Drain();

 private:
  struct Entry;
  class Progress;

  void Loop();
  void Run(const std::shared_ptr<Entry>& entry);
  OperationState End(Entry& entry, absl::StatusOr<ImportReport> result)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<Entry> Find(OrganizationId organization, const std::string& id) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  void ForgetOldest(OrganizationId organization) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return draining_ || !queue_.empty(); }

  const Options options_;
  mutable absl::Mutex mutex_;
  std::int64_t last_sequence_ ABSL_GUARDED_BY(mutex_) = 0;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::shared_ptr<Entry>> queue_ ABSL_GUARDED_BY(mutex_);
  // By organization and sequence.
  std::map<std::pair<OrganizationId, std::int64_t>, std::shared_ptr<Entry>> entries_
      ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_OPERATIONS_H_
