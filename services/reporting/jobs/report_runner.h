// Makes reports one after the other in threads of its own, keeps them in the database, and says
// there every few seconds that it is at work.
#ifndef LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_RUNNER_H_
#define LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_RUNNER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "reports/model/document.h"
#include "services/reporting/jobs/report_watch.h"
#include "services/reporting/store/report_store.h"

namespace lumbung::reporting {

// Thread-safe.
class ReportRunner {
 public:
  struct Options {
    store::ConnectionPool* pool = nullptr;
    int threads = 1;
    // How often it says that it is at work.
    absl::Duration pulse = absl::Seconds(3);
  };
  // Writes the document. Refusals become the report's reason.
  using Work = std::function<absl::Status(ReportWatch& watch, reports::ByteSink& sink)>;

  explicit ReportRunner(Options options);
  // As Drain.
  ~ReportRunner();
  ReportRunner(const ReportRunner&) = delete;
  ReportRunner& operator=(const ReportRunner&) = delete;

  // For a report that is waiting in the database. UNAVAILABLE (SHUTTING_DOWN) after Drain.
  absl::Status Add(BookKey book, ReportId id, Work work);
  // Returns at once; the report ends soon. One that is another server's to make is told through the
  // database.
  void Cancel(BookKey book, ReportId id);
  // What waits and runs fails with INTERRUPTED; then ends.
  void Drain();

 private:
  struct Job {
    BookKey book;
    ReportId id{};
    Work work;
    ReportWatch watch;
  };
  using JobKey = std::pair<std::pair<OrganizationId, BookId>, ReportId>;
  static JobKey KeyOf(BookKey book, ReportId id) { return {{book.organization, book.book}, id}; }

  void Loop();
  void Pulse();
  void Run(Job& job);
  absl::Status Make(Job& job, ReportEnd* end);
  ReportEnd EndOf(const absl::Status& status) const;
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return draining_ || !queue_.empty(); }
  bool HasStopped() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return draining_ && jobs_.empty(); }

  const Options options_;
  mutable absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::shared_ptr<Job>> queue_ ABSL_GUARDED_BY(mutex_);
  // Waiting and running.
  std::map<JobKey, std::shared_ptr<Job>> jobs_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
  std::thread pulse_;
};

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_RUNNER_H_
