// What the write path needs of a database. ledger/store implements it on PostgreSQL.
#ifndef LUMBUNG_LEDGER_POSTING_POSTING_STORE_H_
#define LUMBUNG_LEDGER_POSTING_POSTING_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/posting/book_head.h"

namespace lumbung::posting {

using DimensionSetIds = absl::flat_hash_map<DimensionSet, DimensionSetId>;

// A book as it stood at one moment.
struct LoadedBook {
  std::shared_ptr<const BookSnapshot> snapshot;
  BookHead head;
  DimensionSetIds dimension_sets;
};

// An entry with everything the database stores of it.
struct NumberedEntry {
  const ValidEntry* entry = nullptr;
  EntryId id{};
  std::int64_t number = 0;
  std::string salt;
  std::string canonical;
  std::string leaf_hash;
  // One per posting.
  std::vector<DimensionSetId> dimension_sets;
};

// Entries that go in together, and the state of the book they were prepared against.
struct PostBatch {
  BookKey book;
  BookHead expected;
  absl::Time recorded_at;
  // Sets the book did not have, in order of their new ids.
  std::vector<DimensionSet> new_dimension_sets;
  std::vector<NumberedEntry> entries;
};

enum class PostOutcome {
  kPosted,
  // The book has moved on since it was loaded; nothing was written.
  kStale,
};

// An entry found by its request_id.
struct ExistingEntry {
  std::string request_id;
  std::string request_hash;
  EntryId id{};
};

class PostingStore {
 public:
  virtual ~PostingStore() = default;

  // BOOK_NOT_FOUND.
  virtual absl::StatusOr<LoadedBook> Load(BookKey book, absl::Time deadline) = 0;
  // The book's metadata version now; cheap.
  virtual absl::StatusOr<std::int64_t> MetadataVersion(BookKey book, absl::Time deadline) = 0;
  // One statement, one commit. Refusals of the database (LB***), REQUEST_ID_USED when one of the
  // entries is there already, UNAVAILABLE with OUTCOME_UNKNOWN when the connection was lost.
  virtual absl::StatusOr<PostOutcome> Post(const PostBatch& batch, absl::Time deadline) = 0;
  // Those of the request ids that exist, in any order.
  virtual absl::StatusOr<std::vector<ExistingEntry>> FindByRequestIds(
      BookKey book, const std::vector<std::string>& request_ids, absl::Time deadline) = 0;
  // In the order of `ids`. ENTRY_NOT_FOUND.
  virtual absl::StatusOr<std::vector<PostedEntry>> ReadEntries(BookKey book,
                                                               const std::vector<EntryId>& ids,
                                                               absl::Time deadline) = 0;
};

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_POSTING_STORE_H_
