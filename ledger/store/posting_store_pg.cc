#include "ledger/store/posting_store_pg.h"

#include "ledger/core/status.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/transactional_posting.h"

namespace lumbung::store {
namespace {

constexpr Statement kMetadataVersion = {
    "metadata_version",
    "select metadata_version from ledger.book_head where organization_id = $1 and book_id = $2"};

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
  return InTransaction(
      *pool_, ReadOptions(book, deadline),
      [&](TransactionScope& scope) -> absl::StatusOr<std::int64_t> {
        const pqxx::result rows =
            scope.Execute(kMetadataVersion, ToInteger(book.organization), ToInteger(book.book));
        if (rows.empty()) {
          return NotFound("BOOK_NOT_FOUND", "parent", "the organization has no such book");
        }
        return rows[0][0].as<std::int64_t>();
      });
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
  return InTransaction(*pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) {
    return ReadEntriesIn(scope, book, ids);
  });
}

}  // namespace lumbung::store
