#include "ledger/posting/poster.h"

#include <deque>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/posting/book_worker.h"
#include "ledger/posting/repeated_requests.h"

namespace lumbung::posting {

absl::Status CheckSubmission(const Submission& submission) {
  if (submission.drafts.empty()) {
    return InvalidArgument("BATCH_EMPTY", "journal_entries", "a batch has at least one entry");
  }
  if (submission.drafts.size() > kMaxBatchEntries) {
    return InvalidArgument("BATCH_TOO_LARGE", "journal_entries",
                           absl::StrCat("found ", submission.drafts.size(), " entries; at most ",
                                        kMaxBatchEntries, " are allowed"));
  }
  absl::flat_hash_set<absl::string_view> ids;
  for (const EntryDraft& draft : submission.drafts) {
    if (!ids.insert(draft.request_id).second) {
      return InvalidArgument("INVALID_REQUEST_ID", "request_id",
                             "two entries of one batch have the same request_id");
    }
  }
  return absl::OkStatus();
}

class Poster::Impl {
 public:
  Impl(PostingStore* store, Options options) : store_(store), options_(std::move(options)) {
    for (int i = 0; i < options_.runners; ++i) runners_.emplace_back([this] { Run(); });
  }

  ~Impl() {
    Drain();
    for (std::thread& runner : runners_) runner.join();
  }

  void Submit(Submission submission, Done done) {
    absl::Status shape = CheckSubmission(submission);
    if (!shape.ok()) {
      done(std::move(shape));
      return;
    }
    auto ticket = std::make_unique<Ticket>();
    ticket->submission = std::move(submission);
    ticket->done = std::move(done);
    ticket->draft_hashes = RequestHashesOf(ticket->submission.drafts);
    // Most entries are right: checking here, on the caller's thread, keeps the book's one writer
    // free. A refusal is not final until the writer has seen that the cached book is not behind.
    if (const auto snapshot = CachedSnapshot(ticket->submission.book)) {
      if (!ticket->Check(*snapshot).ok()) ticket->checked_version = 0;
    }
    Enqueue(std::move(ticket));
  }

  std::shared_ptr<const BookSnapshot> CachedSnapshot(BookKey book) const {
    absl::MutexLock lock(&mutex_);
    const auto found = books_.find(book);
    return found == books_.end() ? nullptr : found->second->snapshot;
  }

  absl::StatusOr<std::shared_ptr<const BookSnapshot>> CurrentSnapshot(BookKey book,
                                                                      absl::Time deadline) {
    if (auto cached = CachedSnapshot(book)) {
      LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t version, store_->MetadataVersion(book, deadline));
      if (version == cached->metadata_version()) return cached;
    }
    LUMBUNG_ASSIGN_OR_RETURN(LoadedBook loaded, store_->Load(book, deadline));
    absl::MutexLock lock(&mutex_);
    Entry(book).snapshot = loaded.snapshot;
    return loaded.snapshot;
  }

  void Invalidate(BookKey book) {
    absl::MutexLock lock(&mutex_);
    const auto found = books_.find(book);
    if (found == books_.end()) return;
    found->second->snapshot = nullptr;
    found->second->forget = true;
  }

  std::size_t waiting() const {
    absl::MutexLock lock(&mutex_);
    return waiting_;
  }

  void Drain() {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    mutex_.Await(absl::Condition(
        +[](Impl* self) ABSL_SHARED_LOCKS_REQUIRED(self->mutex_) {
          return self->waiting_ == 0 && self->busy_ == 0;
        },
        this));
  }

 private:
  struct BookEntry {
    BookEntry(BookKey book, PostingStore* store, const Options* options)
        : worker(book, store, options) {}
    BookWorker worker;  // Touched only by the runner that has the book.
    std::deque<std::unique_ptr<Ticket>> queue;
    bool scheduled = false;
    bool forget = false;
    std::shared_ptr<const BookSnapshot> snapshot;
  };

  BookEntry& Entry(BookKey book) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    std::unique_ptr<BookEntry>& entry = books_[book];
    if (entry == nullptr) entry = std::make_unique<BookEntry>(book, store_, &options_);
    return *entry;
  }

  void Enqueue(std::unique_ptr<Ticket> ticket) {
    absl::Status refusal;
    {
      absl::MutexLock lock(&mutex_);
      if (draining_) {
        refusal = Refusal(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "",
                          "the server is shutting down");
      } else if (waiting_ >= options_.max_waiting) {
        refusal = Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                          "too many entries are waiting; try again shortly");
      } else {
        BookEntry& entry = Entry(ticket->submission.book);
        entry.queue.push_back(std::move(ticket));
        ++waiting_;
        if (!entry.scheduled) {
          entry.scheduled = true;
          ready_.push_back(&entry);
        }
      }
    }
    if (!refusal.ok()) ticket->done(refusal);
  }

  void Run() {
    while (true) {
      BookEntry* entry = nullptr;
      Tickets tickets;
      Tickets expired;
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(
            +[](Impl* self) ABSL_SHARED_LOCKS_REQUIRED(self->mutex_) {
              return !self->ready_.empty() || self->draining_;
            },
            this));
        if (ready_.empty()) return;
        entry = ready_.front();
        ready_.pop_front();
        if (std::exchange(entry->forget, false)) entry->worker.Forget();
        TakeBatch(*entry, &tickets, &expired);
        waiting_ -= tickets.size() + expired.size();
        ++busy_;
      }
      for (auto& ticket : expired) {
        ticket->done(Refusal(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "",
                             "the deadline passed while the entry was waiting"));
      }
      if (!tickets.empty()) entry->worker.Process(std::move(tickets));
      absl::MutexLock lock(&mutex_);
      --busy_;
      // Invalidate may have run meanwhile; then the snapshot at hand is not to be shown again.
      if (!entry->forget && entry->worker.snapshot() != nullptr) {
        entry->snapshot = entry->worker.snapshot();
      }
      if (entry->queue.empty()) {
        entry->scheduled = false;
      } else {
        ready_.push_back(entry);
      }
    }
  }

  // Takes what may go into one statement: up to kMaxBatchEntries entries with distinct request ids;
  // a submission that must be the book's next entry goes alone.
  void TakeBatch(BookEntry& entry, Tickets* tickets, Tickets* expired)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const absl::Time now = absl::Now();
    std::size_t count = 0;
    absl::flat_hash_set<std::string> request_ids;
    while (!entry.queue.empty()) {
      std::unique_ptr<Ticket>& next = entry.queue.front();
      if (next->submission.deadline <= now) {
        expired->push_back(std::move(next));
        entry.queue.pop_front();
        continue;
      }
      const bool alone = next->submission.only_after.has_value();
      if (!tickets->empty()) {
        if (alone || count + next->submission.drafts.size() > kMaxBatchEntries) return;
        for (const EntryDraft& draft : next->submission.drafts) {
          if (request_ids.contains(draft.request_id)) return;
        }
      }
      count += next->submission.drafts.size();
      for (const EntryDraft& draft : next->submission.drafts) request_ids.insert(draft.request_id);
      tickets->push_back(std::move(next));
      entry.queue.pop_front();
      if (alone) return;
    }
  }

  PostingStore* const store_;
  const Options options_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<BookKey, std::unique_ptr<BookEntry>> books_ ABSL_GUARDED_BY(mutex_);
  std::deque<BookEntry*> ready_ ABSL_GUARDED_BY(mutex_);
  std::size_t waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  int busy_ ABSL_GUARDED_BY(mutex_) = 0;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> runners_;
};

Poster::Poster(PostingStore* store, Options options)
    : impl_(std::make_unique<Impl>(store, std::move(options))) {}
Poster::~Poster() = default;

void Poster::Submit(Submission submission, Done done) {
  impl_->Submit(std::move(submission), std::move(done));
}

absl::StatusOr<Receipt> Poster::SubmitAndWait(Submission submission) {
  absl::Notification finished;
  absl::StatusOr<Receipt> result = absl::UnknownError("not answered");
  impl_->Submit(std::move(submission), [&](absl::StatusOr<Receipt> answer) {
    result = std::move(answer);
    finished.Notify();
  });
  finished.WaitForNotification();
  return result;
}

std::shared_ptr<const BookSnapshot> Poster::CachedSnapshot(BookKey book) const {
  return impl_->CachedSnapshot(book);
}

absl::StatusOr<std::shared_ptr<const BookSnapshot>> Poster::CurrentSnapshot(BookKey book,
                                                                            absl::Time deadline) {
  return impl_->CurrentSnapshot(book, deadline);
}

void Poster::Invalidate(BookKey book) {
  impl_->Invalidate(book);
}
std::size_t Poster::waiting() const {
  return impl_->waiting();
}
void Poster::Drain() {
  impl_->Drain();
}

}  // namespace lumbung::posting
