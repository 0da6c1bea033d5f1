// Poster: the write path. Callers hand over entries and are called back; per book, whatever is
// waiting goes to the database together, in one statement and one commit (at most 1,000 entries).
// No timer delays a lone caller: a batch is what gathered while the one before it was being
// written.
//
// A refused submission is answered alone and never harms its neighbours (INV-014): when the
// database refuses a batch, the batch is halved until the culprit stands alone.
//
// Thread-safe. Submit never blocks.
#ifndef LUMBUNG_LEDGER_POSTING_POSTER_H_
#define LUMBUNG_LEDGER_POSTING_POSTER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/core/entry_validation.h"
#include "ledger/posting/posting_store.h"

namespace lumbung::posting {

inline constexpr std::size_t kMaxBatchEntries = 1'000;

// What goes in together or not at all: one entry, or an atomic batch of up to kMaxBatchEntries.
struct Submission {
  BookKey book;
  // Each draft carries its own request_id.
  std::vector<EntryDraft> drafts;
  PostingPermissions permissions;
  absl::Time deadline = absl::InfiniteFuture();
  // When set, post only if this is the book's newest entry; else ABORTED (BOOK_MOVED_ON). For
  // entries computed from balances.
  std::optional<EntryId> only_after;
};

// What is wrong with a submission whatever the book: BATCH_EMPTY, BATCH_TOO_LARGE, or
// INVALID_REQUEST_ID when two drafts have the same.
absl::Status CheckSubmission(const Submission& submission);

struct Receipt {
  std::vector<PostedEntry> entries;
  // The names in the entries resolve against this.
  std::shared_ptr<const BookSnapshot> book;
  // True when the entries were there already under the same request ids.
  bool replayed = false;
};

class Poster {
 public:
  // Called exactly once, from any thread. Must not block.
  using Done = std::function<void(absl::StatusOr<Receipt>)>;

  struct Options {
    // Batches written at the same time, each of another book.
    int runners = 2;
    // Submissions waiting in all; more are answered RESOURCE_EXHAUSTED (OVERLOADED) at once.
    std::size_t max_waiting = 20'000;
    std::function<absl::Time()> now;
    // Fills with random bytes.
    std::function<void(char* bytes, std::size_t count)> random_bytes;
    // Told the number of entries of each batch written.
    std::function<void(std::size_t entries)> on_batch;
  };

  Poster(PostingStore* store, Options options);
  // Waits for what was submitted.
  ~Poster();

  void Submit(Submission submission, Done done);
  // Submit and wait; not for threads that must not block.
  absl::StatusOr<Receipt> SubmitAndWait(Submission submission);

  // The book as last seen, or null. May be behind the database.
  std::shared_ptr<const BookSnapshot> CachedSnapshot(BookKey book) const;
  // The book as it is now, loaded when the cached one is behind. BOOK_NOT_FOUND. Blocks.
  absl::StatusOr<std::shared_ptr<const BookSnapshot>> CurrentSnapshot(BookKey book,
                                                                      absl::Time deadline);
  // Forgets what is cached of a book: something it is made of has changed.
  void Invalidate(BookKey book);

  std::size_t waiting() const;
  // Answers everything waiting and accepts nothing more.
  void Drain();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Numbers, dimension sets, salts and canonical bytes for entries that go in together; moves `head`
// and `sets` to where they stand afterwards.
PostBatch PrepareBatch(const BookSnapshot& book, const std::vector<const ValidEntry*>& entries,
                       absl::Time now, const std::function<void(char*, std::size_t)>& random_bytes,
                       BookHead* head, DimensionSetIds* sets);

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_POSTER_H_
