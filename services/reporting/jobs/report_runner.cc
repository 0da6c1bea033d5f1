#include "services/reporting/jobs/report_runner.h"

#include <string>

#include <openssl/evp.h>

#include "ledger/core/status.h"
#include "ledger/store/transaction.h"

namespace lumbung::reporting {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
// Even when the server stops, or its database hardly answers.
constexpr absl::Duration kBookkeepingTimeout = absl::Seconds(30);

template <typename Body>
absl::Status Write(store::ConnectionPool& pool, BookKey book, const Body& body) {
  return store::RunInTransaction(
      pool, {book.organization, store::Access::kReadWrite, absl::Now() + kBookkeepingTimeout},
      body);
}

// Keeps what is written as the report's pieces.
class PieceKeeper final : public reports::ByteSink {
 public:
  PieceKeeper(store::ConnectionPool& pool, BookKey book, ReportId id, const ReportWatch& watch)
      : pool_(pool), book_(book), id_(id), watch_(watch), hash_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(hash_, EVP_sha256(), nullptr);
  }
  ~PieceKeeper() override { EVP_MD_CTX_free(hash_); }
  PieceKeeper(const PieceKeeper&) = delete;
  PieceKeeper& operator=(const PieceKeeper&) = delete;

  absl::Status Write(absl::string_view bytes) override {
    LUMBUNG_RETURN_IF_ERROR(watch_.Check());
    bytes_ += static_cast<std::int64_t>(bytes.size());
    EVP_DigestUpdate(hash_, bytes.data(), bytes.size());
    piece_.append(bytes.data(), bytes.size());
    return piece_.size() < kPieceBytes ? absl::OkStatus() : Flush();
  }
  // After the last Write.
  absl::Status Finish(ReportEnd* end) {
    LUMBUNG_RETURN_IF_ERROR(Flush());
    end->bytes = bytes_;
    end->sha256.resize(32);
    EVP_DigestFinal_ex(hash_, reinterpret_cast<unsigned char*>(end->sha256.data()), nullptr);
    return absl::OkStatus();
  }

 private:
  absl::Status Flush() {
    if (piece_.empty()) return absl::OkStatus();
    const absl::Status kept =
        reporting::Write(pool_, book_, [this](store::TransactionScope& scope) {
          AddReportPiece(scope, book_, id_, pieces_, piece_);
          return absl::OkStatus();
        });
    ++pieces_;
    piece_.clear();
    return kept;
  }

  store::ConnectionPool& pool_;
  const BookKey book_;
  const ReportId id_;
  const ReportWatch& watch_;
  EVP_MD_CTX* const hash_;
  std::string piece_;
  int pieces_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace

ReportRunner::ReportRunner(Options options) : options_(std::move(options)) {
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { Loop(); });
  pulse_ = std::thread([this] { Pulse(); });
}

ReportRunner::~ReportRunner() {
  Drain();
}

absl::Status ReportRunner::Add(BookKey book, ReportId id, Work work) {
  auto job = std::make_shared<Job>();
  job->book = book;
  job->id = id;
  job->work = std::move(work);
  absl::MutexLock lock(&mutex_);
  if (draining_) {
    return Refusal(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "", "the server is stopping");
  }
  jobs_[KeyOf(book, id)] = job;
  queue_.push_back(std::move(job));
  return absl::OkStatus();
}

void ReportRunner::Cancel(BookKey book, ReportId id) {
  absl::MutexLock lock(&mutex_);
  const auto found = jobs_.find(KeyOf(book, id));
  if (found != jobs_.end()) found->second->watch.Cancel();
}

void ReportRunner::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    for (const auto& [key, job] : jobs_) job->watch.Cancel();
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  if (pulse_.joinable()) pulse_.join();
}

void ReportRunner::Loop() {
  while (true) {
    std::shared_ptr<Job> job;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &ReportRunner::HasWork));
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    Run(*job);
    absl::MutexLock lock(&mutex_);
    jobs_.erase(KeyOf(job->book, job->id));
  }
}

void ReportRunner::Pulse() {
  while (true) {
    std::vector<std::shared_ptr<Job>> jobs;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(this, &ReportRunner::HasStopped), options_.pulse);
      if (HasStopped()) return;
      for (const auto& [key, job] : jobs_) jobs.push_back(job);
    }
    for (const std::shared_ptr<Job>& job : jobs) {
      // What cannot be said now is said next time.
      Write(*options_.pool, job->book, [&job](store::TransactionScope& scope) {
        if (KeepReportAlive(scope, job->book, job->id, job->watch.rows())) job->watch.Cancel();
        return absl::OkStatus();
      }).IgnoreError();
    }
  }
}

absl::Status ReportRunner::Make(Job& job, ReportEnd* end) {
  LUMBUNG_RETURN_IF_ERROR(job.watch.Check());
  bool has_begun = false;
  LUMBUNG_RETURN_IF_ERROR(Write(*options_.pool, job.book, [&](store::TransactionScope& scope) {
    has_begun = BeginReport(scope, job.book, job.id);
    return absl::OkStatus();
  }));
  if (!has_begun) return absl::CancelledError("the report was cancelled");
  PieceKeeper keeper(*options_.pool, job.book, job.id, job.watch);
  LUMBUNG_RETURN_IF_ERROR(job.work(job.watch, keeper));
  return keeper.Finish(end);
}

ReportEnd ReportRunner::EndOf(const absl::Status& status) const {
  ReportEnd end;
  if (status.ok()) return end;
  end.state = ReportState::kFailed;
  end.reason = ReasonOf(status);
  end.message = std::string(status.message());
  if (!absl::IsCancelled(status)) {
    if (end.reason.empty()) end.reason = std::string(absl::StatusCodeToString(status.code()));
    return end;
  }
  absl::MutexLock lock(&mutex_);
  if (draining_) {
    end.reason = "INTERRUPTED";
    end.message = "the server stopped; ask for the report again";
  } else {
    end.state = ReportState::kCancelled;
  }
  return end;
}

void ReportRunner::Run(Job& job) {
  ReportEnd made;
  const absl::Status status = Make(job, &made);
  ReportEnd end = EndOf(status);
  end.rows = job.watch.rows();
  end.bytes = made.bytes;
  end.sha256 = made.sha256;
  // When even this fails, the report is shown as interrupted a minute later.
  Write(*options_.pool, job.book, [&](store::TransactionScope& scope) {
    EndReport(scope, job.book, job.id, end);
    return absl::OkStatus();
  }).IgnoreError();
  job.work = nullptr;
}

}  // namespace lumbung::reporting
