#include "ledger/store/posting_store_pg.h"

#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/transactional_posting.h"

namespace lumbung::store {
namespace {

TransactionOptions ReadOptions(BookKey book, absl::Time deadline) {
  return {book.organization, Access::kReadOnly, deadline};
}

}  // namespace

absl::StatusOr<posting::LoadedBook> PostgresPostingStore::Load(BookKey book, absl::Time deadline) {
  return InTransaction(*pool_, ReadOptions(book, deadline),
                       [&](TransactionScope& scope) { return LoadBookIn(scope, book, false); });
}

absl::StatusOr<std::int64_t> PostgresPostingStore::MetadataVersion(BookKey book,
                                                                   absl::Time deadline) {
  return InTransaction(*pool_, ReadOptions(book, deadline),
                       [&](TransactionScope& scope) { return ReadMetadataVersion(scope, book); });
}

absl::StatusOr<posting::PostOutcome> PostgresPostingStore::Post(const posting::PostBatch& batch,
                                                                absl::Time deadline) {
  // One statement is one database transaction: the function sets its tenant itself.
  posting::PostOutcome outcome{};
  LUMBUNG_RETURN_IF_ERROR(RunAutocommit(*pool_, deadline, [&](TransactionScope& scope) {
    absl::StatusOr<posting::PostOutcome> result = PostBatchIn(scope, batch, false);
    if (result.ok()) outcome = *result;
    return result.status();
  }));
  return outcome;
}

absl::StatusOr<std::vector<posting::ExistingEntry>> PostgresPostingStore::FindByRequestIds(
    BookKey book, const std::vector<std::string>& request_ids, absl::Time deadline) {
  return InTransaction(*pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) {
    return FindExistingIn(scope, book, request_ids);
  });
}

absl::StatusOr<std::vector<PostedEntry>> PostgresPostingStore::ReadEntries(
    BookKey book, const std::vector<EntryId>& ids, absl::Time deadline) {
  return InTransaction(*pool_, ReadOptions(book, deadline),
                       [&](TransactionScope& scope) { return ReadEntriesIn(scope, book, ids); });
}

}  // namespace lumbung::store
