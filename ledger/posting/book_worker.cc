#include "ledger/posting/book_worker.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/posting/repeated_requests.h"

namespace lumbung::posting {
namespace {

// How often a batch is tried again when the book moves on under it or the database goes away, and
// for how long at most in all.
constexpr int kMaxAttempts = 64;
constexpr absl::Duration kMaxOutage = absl::Seconds(20);

absl::Time LatestDeadline(const Tickets& tickets) {
  absl::Time latest = absl::InfinitePast();
  for (const auto& ticket : tickets) latest = std::max(latest, ticket->submission.deadline);
  return latest;
}

void AnswerAll(Tickets& tickets, const absl::Status& status) {
  for (auto& ticket : tickets) ticket->done(status);
  tickets.clear();
}

}  // namespace

absl::Status Ticket::Check(const BookSnapshot& book) {
  entries.clear();
  entries.reserve(submission.drafts.size());
  for (std::size_t i = 0; i < submission.drafts.size(); ++i) {
    absl::StatusOr<ValidEntry> entry =
        ValidateEntry(book, submission.drafts[i], submission.permissions);
    if (!entry.ok()) {
      if (submission.drafts.size() == 1) return std::move(entry).status();
      return PrefixField(std::move(entry).status(), absl::StrCat("[", i, "]."));
    }
    entry->request_hash = draft_hashes[i];
    entries.push_back(*std::move(entry));
  }
  checked_version = book.metadata_version();
  return absl::OkStatus();
}

absl::Status BookWorker::Reload(absl::Time deadline) {
  state_.reset();
  LUMBUNG_ASSIGN_OR_RETURN(state_, store_->Load(book_, deadline));
  return absl::OkStatus();
}

void BookWorker::Process(Tickets tickets) {
  const bool must_load = !state_.has_value() || tickets.front()->submission.only_after.has_value();
  if (must_load) {
    const absl::Status loaded = Reload(LatestDeadline(tickets));
    if (!loaded.ok()) {
      AnswerAll(tickets, loaded);
      return;
    }
  }
  tickets = Check(std::move(tickets), must_load);
  if (!tickets.empty()) Post(std::move(tickets));
}

Tickets BookWorker::Check(Tickets tickets, bool fresh) {
  while (true) {
    Tickets good;
    Tickets refused;
    std::vector<absl::Status> refusals;
    for (auto& ticket : tickets) {
      absl::Status status;
      if (ticket->checked_version != state_->snapshot->metadata_version()) {
        status = ticket->Check(*state_->snapshot);
      }
      if (status.ok()) {
        good.push_back(std::move(ticket));
      } else {
        refused.push_back(std::move(ticket));
        refusals.push_back(std::move(status));
      }
    }
    if (refused.empty()) return good;
    if (!fresh) {
      // What is refused by yesterday's book may be right by today's.
      const absl::StatusOr<std::int64_t> version =
          store_->MetadataVersion(book_, LatestDeadline(refused));
      absl::Status reloaded = version.status();
      if (version.ok() && *version != state_->snapshot->metadata_version()) {
        reloaded = Reload(LatestDeadline(refused));
      }
      if (!reloaded.ok()) {
        if (state_.has_value()) {
          AnswerAll(refused, reloaded);
          return good;
        }
        AnswerAll(good, reloaded);
        AnswerAll(refused, reloaded);
        return {};
      }
      fresh = true;
      tickets = std::move(good);
      std::move(refused.begin(), refused.end(), std::back_inserter(tickets));
      continue;
    }
    // A repetition gets its first answer, whatever has become of the book since.
    absl::flat_hash_map<const Ticket*, absl::Status> refusal_of;
    for (std::size_t i = 0; i < refused.size(); ++i) {
      refusal_of.emplace(refused[i].get(), std::move(refusals[i]));
    }
    for (auto& ticket : AnswerExisting(std::move(refused))) ticket->done(refusal_of[ticket.get()]);
    return good;
  }
}

Tickets BookWorker::AnswerExisting(Tickets tickets) {
  std::vector<std::string> request_ids;
  for (const auto& ticket : tickets) {
    const std::vector<std::string> ids = RequestIdsOf(ticket->submission.drafts);
    request_ids.insert(request_ids.end(), ids.begin(), ids.end());
  }
  const absl::StatusOr<std::vector<ExistingEntry>> found =
      store_->FindByRequestIds(book_, request_ids, LatestDeadline(tickets));
  if (!found.ok()) {
    AnswerAll(tickets, found.status());
    return {};
  }
  const ExistingEntries existing = ByRequestId(*found);

  Tickets rest;
  Tickets repeated;
  std::vector<EntryId> ids;
  for (auto& ticket : tickets) {
    const absl::StatusOr<std::vector<EntryId>> its_ids =
        RepeatedEntries(ticket->submission.drafts, ticket->draft_hashes, existing);
    if (!its_ids.ok()) {
      ticket->done(its_ids.status());
    } else if (its_ids->empty()) {
      rest.push_back(std::move(ticket));
    } else {
      ids.insert(ids.end(), its_ids->begin(), its_ids->end());
      repeated.push_back(std::move(ticket));
    }
  }
  if (!repeated.empty()) AnswerRepeated(std::move(repeated), ids);
  return rest;
}

void BookWorker::AnswerRepeated(Tickets tickets, const std::vector<EntryId>& ids) {
  absl::StatusOr<std::vector<PostedEntry>> entries =
      store_->ReadEntries(book_, ids, LatestDeadline(tickets));
  if (!entries.ok()) {
    AnswerAll(tickets, entries.status());
    return;
  }
  auto next = entries->begin();
  for (auto& ticket : tickets) {
    const auto count = static_cast<std::ptrdiff_t>(ticket->submission.drafts.size());
    Receipt receipt;
    receipt.book = state_->snapshot;
    receipt.entries.assign(std::make_move_iterator(next), std::make_move_iterator(next + count));
    receipt.replayed = true;
    next += count;
    ticket->done(std::move(receipt));
  }
}

void BookWorker::Post(Tickets tickets) {
  const absl::Time give_up = std::min(LatestDeadline(tickets), absl::Now() + kMaxOutage);
  absl::Status last;
  for (int attempt = 0; attempt < kMaxAttempts && !tickets.empty(); ++attempt) {
    const std::optional<EntryId> only_after = tickets.front()->submission.only_after;
    if (only_after.has_value() && ToInteger(*only_after) != state_->head.last_entry_id) {
      AnswerAll(tickets, Refusal(absl::StatusCode::kAborted, "BOOK_MOVED_ON", "",
                                 "the book has newer entries than the ones this was computed "
                                 "from"));
      return;
    }
    std::vector<const ValidEntry*> entries;
    for (const auto& ticket : tickets) {
      for (const ValidEntry& entry : ticket->entries) entries.push_back(&entry);
    }
    BookHead head = state_->head;
    PostBatch batch = PrepareBatch(*state_->snapshot, entries, options_->now(),
                                   options_->random_bytes, &head, &state_->dimension_sets);
    const absl::StatusOr<PostOutcome> outcome = store_->Post(batch, LatestDeadline(tickets));
    if (outcome.ok() && *outcome == PostOutcome::kPosted) {
      state_->head = std::move(head);
      if (options_->on_batch) options_->on_batch(entries.size());
      AnswerPosted(tickets, batch);
      return;
    }
    for (const DimensionSet& set : batch.new_dimension_sets) state_->dimension_sets.erase(set);
    last = outcome.status();
    const std::string reason = ReasonOf(last);
    if (reason == "REQUEST_ID_USED") {
      tickets = AnswerExisting(std::move(tickets));
    } else if (outcome.ok() || absl::IsUnavailable(last)) {
      // The book moved on, or the database went away, perhaps after it had committed: then the
      // request ids are found by the next attempt. The book's row lock makes that attempt wait for
      // a statement that is still running on a lost connection.
      absl::Status loaded = Reload(give_up);
      while (absl::IsUnavailable(loaded) && absl::Now() < give_up) {
        absl::SleepFor(absl::Milliseconds(50));
        loaded = Reload(give_up);
      }
      if (!loaded.ok()) {
        AnswerAll(tickets, loaded);
        return;
      }
      tickets = Check(std::move(tickets), true);
    } else if (tickets.size() == 1) {
      AnswerAll(tickets, last);
    } else {
      const auto middle =
          tickets.begin() + static_cast<Tickets::difference_type>(tickets.size() / 2);
      Tickets second(std::make_move_iterator(middle), std::make_move_iterator(tickets.end()));
      tickets.erase(middle, tickets.end());
      Post(std::move(tickets));
      if (state_.has_value()) {
        Post(std::move(second));
      } else {
        AnswerAll(second, last);
      }
      return;
    }
  }
  AnswerAll(tickets, last.ok() ? Refusal(absl::StatusCode::kAborted, "CONFLICT", "",
                                         "the book is being changed too often; try again")
                               : last);
}

void BookWorker::AnswerPosted(Tickets& tickets, PostBatch& batch) {
  std::size_t next = 0;
  for (auto& ticket : tickets) {
    Receipt receipt;
    receipt.book = state_->snapshot;
    receipt.entries.reserve(ticket->entries.size());
    for (ValidEntry& entry : ticket->entries) {
      NumberedEntry& numbered = batch.entries[next++];
      PostedEntry posted;
      posted.id = numbered.id;
      posted.number = numbered.number;
      posted.recorded_at = batch.recorded_at;
      posted.leaf_hash = std::move(numbered.leaf_hash);
      posted.content = std::move(entry);
      receipt.entries.push_back(std::move(posted));
    }
    ticket->done(std::move(receipt));
  }
  tickets.clear();
}

}  // namespace lumbung::posting
