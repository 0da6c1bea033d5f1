// Posting inside somebody else's database transaction: how a loan and its journal entry, a grant
// and its receipt, a file and its thousand entries commit together or not at all. Only store code
// includes it.
//
// Locks the book's row until the transaction ends, so let it come last in the transaction.
#ifndef LUMBUNG_LEDGER_STORE_TRANSACTIONAL_POSTING_H_
#define LUMBUNG_LEDGER_STORE_TRANSACTIONAL_POSTING_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/entry_validation.h"
#include "ledger/posting/posting_store.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// Runs ledger.post_entries. With `bulk` the balances wait for FinishBulk.
absl::StatusOr<posting::PostOutcome> PostBatchIn(TransactionScope& scope,
                                                 const posting::PostBatch& batch, bool bulk);

// Loads the book as seen by the transaction; with `lock`, locks its row first, so that it stays so.
// BOOK_NOT_FOUND.
absl::StatusOr<posting::LoadedBook> LoadBookIn(TransactionScope& scope, BookKey book, bool lock);

// Those of the request ids that exist in the book.
absl::StatusOr<std::vector<posting::ExistingEntry>> FindExistingIn(
    TransactionScope& scope, BookKey book, const std::vector<std::string>& request_ids);

class TransactionalPoster {
 public:
  struct Options {
    // Leave the balances to Finish: faster from some thousands of entries on.
    bool bulk = false;
    absl::Time now;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
  };

  // Locks and loads the book.
  static absl::StatusOr<TransactionalPoster> Open(TransactionScope& scope, BookKey book,
                                                  Options options);

  const BookSnapshot& book() const { return *state_.snapshot; }
  std::shared_ptr<const BookSnapshot> shared_book() const { return state_.snapshot; }
  const posting::BookHead& head() const { return state_.head; }

  // Those of the request ids that exist already.
  absl::StatusOr<std::vector<posting::ExistingEntry>> FindExisting(
      const std::vector<std::string>& request_ids);
  // Checks and posts at most 1,000 drafts. The first refusal, its path led by the draft's index.
  // REQUEST_ID_USED when one is there already; the transaction is then beyond use.
  absl::StatusOr<std::vector<PostedEntry>> Post(const std::vector<EntryDraft>& drafts,
                                                PostingPermissions permissions);
  // Completes the balances and checks the assertions after bulk posting; must be the last call.
  absl::Status Finish();

 private:
  TransactionalPoster(TransactionScope& scope, BookKey book, Options options,
                      posting::LoadedBook state)
      : scope_(&scope), book_(book), options_(std::move(options)), state_(std::move(state)) {}

  TransactionScope* scope_;
  BookKey book_;
  Options options_;
  posting::LoadedBook state_;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_TRANSACTIONAL_POSTING_H_
