// BookWorker: writes the batches of one book. One thread at a time; Poster sees to that. It keeps
// the book as it last knew it and finds out from the database when that is no longer true.
#ifndef LUMBUNG_LEDGER_POSTING_BOOK_WORKER_H_
#define LUMBUNG_LEDGER_POSTING_BOOK_WORKER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/posting/poster.h"

namespace lumbung::posting {

// A submission on its way.
struct Ticket {
  Submission submission;
  Poster::Done done;
  std::vector<std::string> draft_hashes;
  // The drafts, checked against the snapshot of this metadata version; 0 when not yet checked.
  std::vector<ValidEntry> entries;
  std::int64_t checked_version = 0;

  // Checks all drafts. On refusal the path names the draft when there are several.
  absl::Status Check(const BookSnapshot& book);
};

using Tickets = std::vector<std::unique_ptr<Ticket>>;

class BookWorker {
 public:
  BookWorker(BookKey book, PostingStore* store, const Poster::Options* options)
      : book_(book), store_(store), options_(options) {}

  // Answers every ticket. Their request ids are distinct, and a ticket with only_after comes alone.
  void Process(Tickets tickets);
  // Forgets the book, so that the next batch loads it.
  void Forget() { state_.reset(); }
  std::shared_ptr<const BookSnapshot> snapshot() const {
    return state_.has_value() ? state_->snapshot : nullptr;
  }

 private:
  absl::Status Reload(absl::Time deadline);
  // Checks the tickets against the current state. Those refused are answered, after making sure
  // that they are not repetitions of what was posted before and that the state is fresh; the rest
  // returns.
  Tickets Check(Tickets tickets, bool fresh);
  // Answers the tickets whose request ids exist; the rest returns.
  Tickets AnswerExisting(Tickets tickets);
  // Answers tickets whose entries are all there; `ids` are theirs, in order.
  void AnswerRepeated(Tickets tickets, const std::vector<EntryId>& ids);
  void Post(Tickets tickets);
  void AnswerPosted(Tickets& tickets, PostBatch& batch);

  const BookKey book_;
  PostingStore* const store_;
  const Poster::Options* const options_;
  std::optional<LoadedBook> state_;
};

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_BOOK_WORKER_H_
