#include "ledger/store/posting_store_pg.h"

#include <utility>

#include "ledger/core/status.h"
#include "ledger/store/journal_query.h"
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
  posting::LoadedBook loaded;
  LUMBUNG_RETURN_IF_ERROR(
      RunInTransaction(*pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) {
        absl::StatusOr<posting::LoadedBook> result = LoadBookIn(scope, book, false);
        if (result.ok()) loaded = *std::move(result);
        return result.status();
      }));
  return loaded;
}

absl::StatusOr<std::int64_t> PostgresPostingStore::MetadataVersion(BookKey book,
                                                                   absl::Time deadline) {
  std::int64_t version = 0;
  LUMBUNG_RETURN_IF_ERROR(RunInTransaction(
      *pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) -> absl::Status {
        const pqxx::result rows = scope.Execute(kMetadataVersion, ToInteger(book.organization),
                                                ToInteger(book.book));
        if (rows.empty()) {
          return NotFound("BOOK_NOT_FOUND", "parent", "the organization has no such book");
        }
        version = rows[0][0].as<std::int64_t>();
        return absl::OkStatus();
      }));
  return version;
}

absl::StatusOr<posting::PostOutcome> PostgresPostingStore::Post(const posting::PostBatch& batch,
                                                                absl::Time deadline) {
  posting::PostOutcome outcome{};
  // One statement is one database transaction: the function sets its tenant itself.
  LUMBUNG_RETURN_IF_ERROR(RunAutocommit(*pool_, deadline, [&](TransactionScope& scope) {
    absl::StatusOr<posting::PostOutcome> result = PostBatchIn(scope, batch, false);
    if (result.ok()) outcome = *result;
    return result.status();
  }));
  return outcome;
}

absl::StatusOr<std::vector<posting::ExistingEntry>> PostgresPostingStore::FindByRequestIds(
    BookKey book, const std::vector<std::string>& request_ids, absl::Time deadline) {
  std::vector<posting::ExistingEntry> found;
  LUMBUNG_RETURN_IF_ERROR(
      RunInTransaction(*pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) {
        absl::StatusOr<std::vector<posting::ExistingEntry>> result =
            FindExistingIn(scope, book, request_ids);
        if (result.ok()) found = *std::move(result);
        return result.status();
      }));
  return found;
}

absl::StatusOr<std::vector<PostedEntry>> PostgresPostingStore::ReadEntries(
    BookKey book, const std::vector<EntryId>& ids, absl::Time deadline) {
  std::vector<PostedEntry> entries;
  LUMBUNG_RETURN_IF_ERROR(
      RunInTransaction(*pool_, ReadOptions(book, deadline), [&](TransactionScope& scope) {
        absl::StatusOr<std::vector<PostedEntry>> result = ReadEntriesIn(scope, book, ids);
        if (result.ok()) entries = *std::move(result);
        return result.status();
      }));
  return entries;
}

}  // namespace lumbung::store
