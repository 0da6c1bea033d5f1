#include <algorithm>

#include "ledger/log/canonical_entry.h"
#include "ledger/posting/poster.h"

namespace lumbung::posting {

PostBatch PrepareBatch(const BookSnapshot& book, const std::vector<const ValidEntry*>& entries,
                       absl::Time now, const std::function<void(char*, std::size_t)>& random_bytes,
                       BookHead* head, DimensionSetIds* sets) {
  PostBatch batch;
  batch.book = book.book().key;
  batch.expected = *head;
  // PostgreSQL keeps microseconds; a clock that was set back must not turn the order of recording.
  batch.recorded_at =
      std::max(absl::FromUnixMicros(absl::ToUnixMicros(now)), head->last_recorded_at);
  batch.entries.reserve(entries.size());
  for (const ValidEntry* entry : entries) {
    NumberedEntry numbered;
    numbered.entry = entry;
    numbered.id = EntryId{++head->last_entry_id};
    numbered.number = ++head->last_numbers[{entry->series, entry->fiscal_year}];
    numbered.salt.resize(log::kSaltBytes);
    random_bytes(numbered.salt.data(), numbered.salt.size());
    numbered.canonical = log::CanonicalBytes(book, *entry, numbered.id, numbered.number,
                                             batch.recorded_at, numbered.salt);
    numbered.leaf_hash = log::LeafHash(numbered.canonical);
    numbered.dimension_sets.reserve(entry->postings.size());
    for (const ValidPosting& posting : entry->postings) {
      const auto [found, is_new] = sets->try_emplace(posting.dimensions, DimensionSetId{});
      if (is_new) {
        found->second = DimensionSetId{++head->last_dimension_set_id};
        batch.new_dimension_sets.push_back(posting.dimensions);
      }
      numbered.dimension_sets.push_back(found->second);
    }
    batch.entries.push_back(std::move(numbered));
  }
  head->last_recorded_at = batch.recorded_at;
  return batch;
}

}  // namespace lumbung::posting
