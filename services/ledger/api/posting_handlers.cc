#include "services/ledger/api/posting_handlers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/posting/repeated_requests.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/transactional_posting.h"
#include "services/common/entry_conversion.h"
#include "services/common/resource_names.h"
#include "services/ledger/api/entry_lookup.h"

namespace lumbung::ledger::api {
namespace {

constexpr char kReversalSeries[] = "JB";
constexpr std::int64_t kMaxStreamEntries = 100'000;
// Entries of one stream that may wait for their answers at a time.
constexpr std::int64_t kMaxStreamWaiting = 4'000;

posting::Submission SubmissionOf(const CallScope& call, BookKey book,
                                 std::vector<EntryDraft> drafts) {
  posting::Submission submission;
  submission.book = book;
  submission.drafts = std::move(drafts);
  submission.permissions.adjuster = call.access.adjuster;
  submission.deadline = call.deadline;
  return submission;
}

// The date a reversal takes when none is asked for: the original's if its period is open to the
// caller, else the first day after it that is.
Date FirstOpenDate(const BookSnapshot& book, Date date, bool adjuster) {
  while (true) {
    const PeriodState state = book.PeriodStateOf(date);
    if (state == PeriodState::kOpen || (state == PeriodState::kSoftClosed && adjuster)) return date;
    date = date.LastOfMonth().AddDays(1);
  }
}

std::string ReversalDescription(const BookSnapshot& book, const PostedEntry& original,
                                const std::string& asked) {
  if (!asked.empty()) return asked;
  return absl::StrCat("Pembalikan (reversal of) ",
                      FormatEntryNumber(book.FindSeries(original.content.series)->code,
                                        original.content.fiscal_year, original.number));
}

// Whether the request is the one that made the reversal. A date that was left to us then may be
// left to us again, whatever we would choose today. ALREADY_REVERSED, REQUEST_ID_REUSED.
absl::Status CheckRepeatedReversal(const BookSnapshot& book, const PostedEntry& reversal,
                                   const v1::ReverseJournalEntryRequest& request,
                                   const std::string& description) {
  if (reversal.content.request_id != request.request_id()) {
    return FailedPrecondition(
        "ALREADY_REVERSED", "name",
        absl::StrCat("the entry was reversed by ", EntryName(book, reversal.id)));
  }
  const bool same_date = request.effective_date().empty() ||
                         request.effective_date() == reversal.content.effective_date.ToString();
  if (same_date && description == reversal.content.description) return absl::OkStatus();
  return posting::ReusedRequestId(request.request_id());
}

// What a refusal's path starts with, unless it speaks of the call's own fields.
absl::Status WithEntryPath(const absl::Status& status, absl::string_view prefix) {
  const std::string field = FieldOf(status);
  if (field.empty() || field == "request_id" || field == "parent" || field == "journal_entries") {
    return status;
  }
  return PrefixField(status, prefix);
}

// Each entry of a batch has a request id of its own, derived from the batch's.
absl::StatusOr<std::vector<EntryDraft>> DraftsOf(
    const v1::BatchCreateJournalEntriesRequest& request) {
  std::vector<EntryDraft> drafts;
  for (int i = 0; i < request.journal_entries_size(); ++i) {
    absl::StatusOr<EntryDraft> draft =
        DraftFromProto(request.journal_entries(i), absl::StrCat(request.request_id(), "#", i));
    if (!draft.ok()) {
      return PrefixField(draft.status(), absl::StrCat("journal_entries[", i, "]."));
    }
    drafts.push_back(*std::move(draft));
  }
  if (request.request_id().empty() && !drafts.empty()) {
    return InvalidArgument("INVALID_REQUEST_ID", "request_id", "a batch needs a request_id");
  }
  return drafts;
}

// What was posted when the same submission came before; nothing when it is new. REQUEST_ID_REUSED.
absl::StatusOr<std::vector<PostedEntry>> FindRepeated(store::TransactionScope& scope,
                                                      const posting::Submission& submission) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<posting::ExistingEntry> found,
      store::FindExistingIn(scope, submission.book, posting::RequestIdsOf(submission.drafts)));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<EntryId> ids,
      posting::RepeatedEntries(submission.drafts, posting::RequestHashesOf(submission.drafts),
                               posting::ByRequestId(found)));
  return store::ReadEntriesIn(scope, submission.book, ids);
}

// The results of a stream, filled from the poster's threads.
class StreamResults {
 public:
  void Begin(const std::string& request_id) {
    absl::MutexLock lock(&mutex_);
    response_.add_results()->set_request_id(request_id);
    ++waiting_;
    mutex_.Await(absl::Condition(this, &StreamResults::HasRoom));
  }

  void End(int index, const absl::StatusOr<posting::Receipt>& receipt) {
    absl::MutexLock lock(&mutex_);
    v1::StreamJournalEntriesResponse::Result* result = response_.mutable_results(index);
    if (receipt.ok()) {
      const PostedEntry& entry = receipt->entries.front();
      result->set_name(EntryName(*receipt->book, entry.id));
      result->set_number(FormatEntryNumber(receipt->book->FindSeries(entry.content.series)->code,
                                           entry.content.fiscal_year, entry.number));
      result->set_sequence(ToInteger(entry.id));
      response_.set_posted_count(response_.posted_count() + 1);
    } else {
      result->set_code(static_cast<int>(receipt.status().code()));
      result->set_reason(ReasonOf(receipt.status()));
      result->set_field(FieldOf(receipt.status()));
      result->set_message(std::string(receipt.status().message()));
      response_.set_refused_count(response_.refused_count() + 1);
    }
    --waiting_;
  }

  v1::StreamJournalEntriesResponse Take() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &StreamResults::IsSettled));
    return std::move(response_);
  }

 private:
  bool HasRoom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return waiting_ <= kMaxStreamWaiting; }
  bool IsSettled() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return waiting_ == 0; }

  absl::Mutex mutex_;
  v1::StreamJournalEntriesResponse response_ ABSL_GUARDED_BY(mutex_);
  std::int64_t waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

void PostingHandlers::WithBook(const CallScope& call, const std::string& parent,
                               std::function<void(absl::StatusOr<BookKey>)> then) {
  const std::string key = absl::StrCat(call.access.organization, "\n", parent);
  std::optional<BookKey> known;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = known_books_.find(key);
    if (found != known_books_.end()) known = found->second;
  }
  if (known.has_value()) {
    then(*known);
    return;
  }
  const bool accepted = parts_.workers->TryRun([this, call, key, parent, then] {
    absl::StatusOr<BookKey> book = parts_.directory->Book(call, parent, "parent");
    if (book.ok()) {
      absl::MutexLock lock(&mutex_);
      known_books_.emplace(key, *book);
    }
    then(std::move(book));
  });
  if (!accepted) {
    then(Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                 "the server has more work than it can take; try again shortly"));
  }
}

void PostingHandlers::Submit(const CallScope& call, BookKey book, std::vector<EntryDraft> drafts,
                             bool validate_only, posting::Poster::Done done) {
  posting::Submission submission = SubmissionOf(call, book, std::move(drafts));
  if (!validate_only) {
    parts_.poster->Submit(std::move(submission), std::move(done));
    return;
  }
  const auto shared = std::make_shared<posting::Submission>(std::move(submission));
  const bool accepted = parts_.workers->TryRun([this, shared, done] { done(Rehearse(*shared)); });
  if (!accepted) {
    done(Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                 "the server has more work than it can take; try again shortly"));
  }
}

absl::StatusOr<posting::Receipt> PostingHandlers::Rehearse(const posting::Submission& submission) {
  LUMBUNG_RETURN_IF_ERROR(posting::CheckSubmission(submission));
  const store::TransactionOptions options{submission.book.organization, store::Access::kDryRun,
                                          submission.deadline};
  return store::InTransaction(
      *parts_.pool, options,
      [&](store::TransactionScope& scope) -> absl::StatusOr<posting::Receipt> {
        LUMBUNG_ASSIGN_OR_RETURN(
            store::TransactionalPoster poster,
            store::TransactionalPoster::Open(scope, submission.book,
                                             {false, absl::Now(), parts_.random_bytes}));
        posting::Receipt receipt;
        receipt.book = poster.shared_book();
        LUMBUNG_ASSIGN_OR_RETURN(receipt.entries, FindRepeated(scope, submission));
        if (!receipt.entries.empty()) return receipt;
        absl::StatusOr<std::vector<PostedEntry>> posted =
            poster.Post(submission.drafts, submission.permissions);
        if (!posted.ok()) {
          // A single entry is not addressed by its place in a batch.
          const std::string field = FieldOf(posted.status());
          if (submission.drafts.size() > 1 || field.rfind("[0].", 0) != 0) return posted.status();
          return Refusal(posted.status().code(), ReasonOf(posted.status()), field.substr(4),
                         posted.status().message());
        }
        receipt.entries = *std::move(posted);
        return receipt;
      });
}

void PostingHandlers::CreateJournalEntry(CallScope call,
                                         const v1::CreateJournalEntryRequest& request,
                                         Done<v1::JournalEntry> done) {
  absl::StatusOr<EntryDraft> draft = DraftFromProto(request.journal_entry(), request.request_id());
  if (!draft.ok()) draft = PrefixField(draft.status(), "journal_entry.");
  WithBook(call, request.parent(),
           [this, call, validate_only = request.validate_only(), draft = std::move(draft),
            done = std::move(done)](absl::StatusOr<BookKey> book) mutable {
             if (!book.ok() || !draft.ok()) {
               done(book.ok() ? draft.status() : book.status());
               return;
             }
             std::vector<EntryDraft> drafts;
             drafts.push_back(*std::move(draft));
             Submit(call, *book, std::move(drafts), validate_only,
                    [done = std::move(done)](absl::StatusOr<posting::Receipt> receipt) {
                      if (!receipt.ok()) {
                        done(WithEntryPath(receipt.status(), "journal_entry."));
                      } else {
                        done(EntryToProto(*receipt->book, receipt->entries.front()));
                      }
                    });
           });
}

void PostingHandlers::BatchCreateJournalEntries(CallScope call,
                                                const v1::BatchCreateJournalEntriesRequest& request,
                                                Done<v1::BatchCreateJournalEntriesResponse> done) {
  absl::StatusOr<std::vector<EntryDraft>> drafts = DraftsOf(request);
  WithBook(call, request.parent(),
           [this, call, validate_only = request.validate_only(), drafts = std::move(drafts),
            done = std::move(done)](absl::StatusOr<BookKey> book) mutable {
             if (!book.ok() || !drafts.ok()) {
               done(book.ok() ? drafts.status() : book.status());
               return;
             }
             const bool single = drafts->size() == 1;
             Submit(call, *book, *std::move(drafts), validate_only,
                    [done = std::move(done), single](absl::StatusOr<posting::Receipt> receipt) {
                      if (!receipt.ok()) {
                        done(WithEntryPath(receipt.status(),
                                           single ? "journal_entries[0]." : "journal_entries"));
                        return;
                      }
                      v1::BatchCreateJournalEntriesResponse response;
                      for (const PostedEntry& entry : receipt->entries) {
                        *response.add_journal_entries() = EntryToProto(*receipt->book, entry);
                      }
                      done(std::move(response));
                    });
           });
}

absl::StatusOr<v1::StreamJournalEntriesResponse> PostingHandlers::StreamJournalEntries(
    CallScope& call, StreamReader<v1::StreamJournalEntriesRequest>& reader) {
  v1::StreamJournalEntriesRequest request;
  std::optional<BookKey> book;
  // Answers may come after this handler has given up on the stream.
  const auto results = std::make_shared<StreamResults>();
  int index = 0;
  while (reader.Read(&request)) {
    if (!book.has_value()) {
      LUMBUNG_ASSIGN_OR_RETURN(book, parts_.directory->Book(call, request.parent(), "parent"));
    }
    if (index >= kMaxStreamEntries) {
      return InvalidArgument("BATCH_TOO_LARGE", "",
                             absl::StrCat("a stream carries at most ", kMaxStreamEntries,
                                          " entries; what came before is answered for by its "
                                          "request ids"));
    }
    results->Begin(request.request_id());
    absl::StatusOr<EntryDraft> draft =
        DraftFromProto(request.journal_entry(), request.request_id());
    if (!draft.ok()) {
      results->End(index, draft.status());
    } else {
      std::vector<EntryDraft> drafts;
      drafts.push_back(*std::move(draft));
      parts_.poster->Submit(SubmissionOf(call, *book, std::move(drafts)),
                            [results, index](absl::StatusOr<posting::Receipt> receipt) {
                              results->End(index, receipt);
                            });
    }
    ++index;
  }
  return results->Take();
}

absl::StatusOr<v1::JournalEntry> PostingHandlers::ReverseJournalEntry(
    CallScope& call, const v1::ReverseJournalEntryRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"books", "entries"}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->BookById(call, ids[0], "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::shared_ptr<const BookSnapshot> snapshot,
                           parts_.poster->CurrentSnapshot(book, call.deadline));
  LUMBUNG_ASSIGN_OR_RETURN(
      const EntryId entry,
      store::InTransaction(
          *parts_.pool, {book.organization, store::Access::kReadOnly, call.deadline},
          [&](store::TransactionScope& scope) { return FindEntry(scope, *snapshot, ids[1]); }));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> found,
                           parts_.store->ReadEntries(book, {entry}, call.deadline));
  const PostedEntry& original = found.front();
  const std::string description = ReversalDescription(*snapshot, original, request.description());
  if (original.reversed_by.has_value()) {
    LUMBUNG_ASSIGN_OR_RETURN(
        const std::vector<PostedEntry> reversal,
        parts_.store->ReadEntries(book, {*original.reversed_by}, call.deadline));
    LUMBUNG_RETURN_IF_ERROR(
        CheckRepeatedReversal(*snapshot, reversal.front(), request, description));
    return EntryToProto(*snapshot, reversal.front());
  }
  if (original.content.kind == EntryKind::kReversal) {
    return FailedPrecondition("REVERSAL_OF_REVERSAL", "name",
                              "a reversal is not reversed; post the entry again instead");
  }
  Date date = FirstOpenDate(*snapshot, original.content.effective_date, call.access.adjuster);
  if (!request.effective_date().empty()) {
    absl::StatusOr<Date> asked = Date::Parse(request.effective_date());
    if (!asked.ok()) return PrefixField(asked.status(), "effective_date");
    date = *asked;
  }
  EntryDraft draft = ReversalOf(*snapshot, original, date);
  draft.series = kReversalSeries;
  draft.request_id = request.request_id();
  draft.description = description;
  std::vector<EntryDraft> drafts;
  drafts.push_back(std::move(draft));
  posting::Submission submission = SubmissionOf(call, book, std::move(drafts));
  LUMBUNG_ASSIGN_OR_RETURN(const posting::Receipt receipt,
                           request.validate_only()
                               ? Rehearse(submission)
                               : parts_.poster->SubmitAndWait(std::move(submission)));
  return EntryToProto(*receipt.book, receipt.entries.front());
}

}  // namespace lumbung::ledger::api
