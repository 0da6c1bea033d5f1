// The write path's database: PostgreSQL, through ledger.post_entries.
#ifndef LUMBUNG_LEDGER_STORE_POSTING_STORE_PG_H_
#define LUMBUNG_LEDGER_STORE_POSTING_STORE_PG_H_

#include "ledger/posting/posting_store.h"
#include "ledger/store/connection_pool.h"

namespace lumbung::store {

class PostgresPostingStore : public posting::PostingStore {
 public:
  explicit PostgresPostingStore(ConnectionPool* pool) : pool_(pool) {}

  absl::StatusOr<posting::LoadedBook> Load(BookKey book, absl::Time deadline) override;
  absl::StatusOr<std::int64_t> MetadataVersion(BookKey book, absl::Time deadline) override;
  absl::StatusOr<posting::PostOutcome> Post(const posting::PostBatch& batch,
                                            absl::Time deadline) override;
  absl::StatusOr<std::vector<posting::ExistingEntry>> FindByRequestIds(
      BookKey book, const std::vector<std::string>& request_ids, absl::Time deadline) override;
  absl::StatusOr<std::vector<PostedEntry>> ReadEntries(BookKey book,
                                                       const std::vector<EntryId>& ids,
                                                       absl::Time deadline) override;

 private:
  ConnectionPool* const pool_;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_POSTING_STORE_PG_H_
