// The calls that write journal entries. Create and BatchCreate run on the RPC library's thread:
// they check, hand over to the poster and return; the answer comes from the poster's thread.
#ifndef LUMBUNG_SERVICES_LEDGER_API_POSTING_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_POSTING_HANDLERS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/posting/poster.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/grpc_adapter.h"
#include "services/common/worker_pool.h"

namespace lumbung::ledger::api {

class PostingHandlers {
 public:
  template <typename Response>
  using Done = std::function<void(absl::StatusOr<Response>)>;

  // All outlive the handlers.
  struct Parts {
    posting::Poster* poster = nullptr;
    posting::PostingStore* store = nullptr;
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    WorkerPool* workers = nullptr;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
  };

  explicit PostingHandlers(Parts parts) : parts_(std::move(parts)) {}

  void CreateJournalEntry(CallScope call, const v1::CreateJournalEntryRequest& request,
                          Done<v1::JournalEntry> done);
  void BatchCreateJournalEntries(CallScope call,
                                 const v1::BatchCreateJournalEntriesRequest& request,
                                 Done<v1::BatchCreateJournalEntriesResponse> done);
  absl::StatusOr<v1::StreamJournalEntriesResponse> StreamJournalEntries(
      CallScope& call, StreamReader<v1::StreamJournalEntriesRequest>& reader);
  absl::StatusOr<v1::JournalEntry> ReverseJournalEntry(
      CallScope& call, const v1::ReverseJournalEntryRequest& request);

 private:
  // Calls `then` with the book: at once when it is known, else from a worker that looked it up.
  void WithBook(const CallScope& call, const std::string& parent,
                std::function<void(absl::StatusOr<BookKey>)> then);
  void Submit(const CallScope& call, BookKey book, std::vector<EntryDraft> drafts,
              bool validate_only, posting::Poster::Done done);
  // Posts and rolls back: finds everything that posting would find.
  absl::StatusOr<posting::Receipt> Rehearse(const posting::Submission& submission);

  const Parts parts_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, BookKey> known_books_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_POSTING_HANDLERS_H_
