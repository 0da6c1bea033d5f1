#include "services/ledger/transfer/operations.h"

#include <atomic>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::transfer {
namespace {

constexpr std::size_t kOperationIdBytes = 8;

}  // namespace

// Shared by the table, the queue and the thread that runs it; `state` is guarded by the mutex of
// Operations.
struct Operations::Entry {
  OrganizationId organization{};
  OperationState state;
  Work work;
  std::atomic<bool> cancelled = false;
};

class Operations::Progress final : public ImportProgress {
 public:
  Progress(Operations* operations, Entry* entry) : operations_(operations), entry_(entry) {}

  void OnStage(absl::string_view stage, std::int64_t total) override {
    absl::MutexLock lock(&operations_->mutex_);
    entry_->state.stage = std::string(stage);
    entry_->state.total = total;
    entry_->state.progress = 0;
    ++entry_->state.version;
  }
  void OnProgress(std::int64_t done) override {
    absl::MutexLock lock(&operations_->mutex_);
    entry_->state.progress = done;
    ++entry_->state.version;
  }
  bool cancelled() const override { return entry_->cancelled; }

 private:
  Operations* const operations_;
  Entry* const entry_;
};

Operations::Operations(Options options) : options_(std::move(options)) {
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { Loop(); });
}

Operations::~Operations() {
  Drain();
}

absl::StatusOr<OperationState> Operations::Start(OrganizationId organization, bool dry_run,
                                                 Work work) {
  std::string random(kOperationIdBytes, '\0');
  options_.random_bytes(random.data(), random.size());
  auto entry = std::make_shared<Entry>();
  entry->organization = organization;
  entry->work = std::move(work);
  entry->state.id = absl::BytesToHexString(random);
  entry->state.dry_run = dry_run;
  entry->state.created = options_.now();

  absl::MutexLock lock(&mutex_);
  if (draining_) {
    return Refusal(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "", "the server is stopping");
  }
  std::size_t active = 0;
  for (auto it = entries_.lower_bound({organization, 0});
       it != entries_.end() && it->first.first == organization; ++it) {
    if (!it->second->state.done) ++active;
  }
  if (active >= options_.max_active) {
    return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                   absl::StrCat(active, " operations are waiting already; try again later"));
  }
  entry->state.sequence = ++last_sequence_;
  entries_[{organization, entry->state.sequence}] = entry;
  queue_.push_back(entry);
  return entry->state;
}

absl::StatusOr<OperationState> Operations::Get(OrganizationId organization,
                                               const std::string& id) const {
  return AwaitChange(organization, id, -1, absl::InfinitePast());
}

std::vector<OperationState> Operations::List(OrganizationId organization, std::int64_t before,
                                             std::size_t limit) const {
  absl::MutexLock lock(&mutex_);
  std::vector<OperationState> states;
  for (auto it = entries_.lower_bound({organization, before});
       it != entries_.begin() && states.size() < limit;) {
    --it;
    if (it->first.first != organization) break;
    states.push_back(it->second->state);
  }
  return states;
}

absl::StatusOr<OperationState> Operations::Cancel(OrganizationId organization,
                                                  const std::string& id) {
  absl::MutexLock lock(&mutex_);
  const std::shared_ptr<Entry> entry = Find(organization, id);
  if (entry == nullptr) return NotFound("OPERATION_NOT_FOUND", "name", "no such operation");
  if (entry->state.done) {
    return FailedPrecondition("OPERATION_DONE", "name",
                              "the operation has ended; there is nothing to cancel");
  }
  entry->cancelled = true;
  entry->state.stage = "cancelling";
  ++entry->state.version;
  return entry->state;
}

absl::StatusOr<OperationState> Operations::AwaitChange(OrganizationId organization,
                                                       const std::string& id, std::int64_t seen,
                                                       absl::Time deadline) const {
  absl::MutexLock lock(&mutex_);
  const std::shared_ptr<Entry> entry = Find(organization, id);
  if (entry == nullptr) return NotFound("OPERATION_NOT_FOUND", "name", "no such operation");
  const auto changed = [&] { return entry->state.version != seen; };
  mutex_.AwaitWithDeadline(absl::Condition(&changed), deadline);
  return entry->state;
}

void Operations::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    for (const auto& [key, entry] : entries_) {
      if (!entry->state.done) entry->cancelled = true;
    }
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Operations::Loop() {
  while (true) {
    std::shared_ptr<Entry> entry;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &Operations::HasWork));
      if (queue_.empty()) return;
      entry = std::move(queue_.front());
      queue_.pop_front();
    }
    Run(entry);
  }
}

void Operations::Run(const std::shared_ptr<Entry>& entry) {
  Progress progress(this, entry.get());
  absl::StatusOr<ImportReport> result =
      Refusal(absl::StatusCode::kCancelled, "CANCELLED", "", "the import was cancelled");
  if (!entry->cancelled) result = entry->work(progress);
  // What the work held, such as the uploaded files, goes before anyone is told that it is done.
  entry->work = nullptr;
  OperationState ended;
  {
    absl::MutexLock lock(&mutex_);
    ended = End(*entry, std::move(result));
  }
  if (options_.on_end) options_.on_end(ended);
}

OperationState Operations::End(Entry& entry, absl::StatusOr<ImportReport> result) {
  OperationState& state = entry.state;
  state.done = true;
  state.ended = options_.now();
  state.status = result.status();
  state.stage = result.ok() ? "done" : "failed";
  if (result.ok()) state.report = std::make_shared<const ImportReport>(*std::move(result));
  ++state.version;
  ForgetOldest(entry.organization);
  return state;
}

std::shared_ptr<Operations::Entry> Operations::Find(OrganizationId organization,
                                                    const std::string& id) const {
  for (auto it = entries_.lower_bound({organization, 0});
       it != entries_.end() && it->first.first == organization; ++it) {
    if (it->second->state.id == id) return it->second;
  }
  return nullptr;
}

void Operations::ForgetOldest(OrganizationId organization) {
  std::size_t finished = 0;
  const auto first = entries_.lower_bound({organization, 0});
  for (auto it = first; it != entries_.end() && it->first.first == organization; ++it) {
    if (it->second->state.done) ++finished;
  }
  for (auto it = first; finished > options_.max_finished;) {
    if (!it->second->state.done) {
      ++it;
      continue;
    }
    it = entries_.erase(it);
    --finished;
  }
}

}  // namespace lumbung::transfer
