// What creating the parts of a book has in common. Only the store's own .cc files include this
// header.
#ifndef LUMBUNG_LEDGER_STORE_NEW_PARTS_H_
#define LUMBUNG_LEDGER_STORE_NEW_PARTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/ids.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {

// "[3].key"
inline std::string PartPath(std::size_t index, absl::string_view field) {
  return absl::StrCat("[", index, "].", field);
}

// Refuses the first key that is no key (INVALID_ID), or that stands twice in the list or already in
// the book (ALREADY_EXISTS). `existing` selects those of the keys in $3::text[] that the book has.
absl::Status CheckNewKeys(TransactionScope& scope, BookKey book, const Statement& existing,
                          const std::vector<std::string>& keys, absl::string_view field);

// Keys and their ids, as `statement` selects them for the keys in $3::text[].
absl::flat_hash_map<std::string, std::int32_t> FindIds(TransactionScope& scope, BookKey book,
                                                       const Statement& statement,
                                                       const std::vector<std::string>& keys);

// The book has no such part.
absl::Status UnknownPart(absl::string_view reason, absl::string_view what, absl::string_view key,
                         std::string field);

std::string TextArray(const std::vector<std::string>& values);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_NEW_PARTS_H_
