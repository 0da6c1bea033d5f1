// The log as it is handed to auditors: every leaf with what it is the hash of.
#ifndef LUMBUNG_SERVICES_LOG_STORE_LOG_READER_H_
#define LUMBUNG_SERVICES_LOG_STORE_LOG_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/log/store/leaf_store.h"

namespace lumbung::log {

struct LoggedItem {
  // With its content and salt, which entries keep themselves.
  Leaf leaf;
  // Of audit events: the texts whose salted hashes the content carries.
  std::string user_name;
  std::string display_name;
  std::string from_address;
  std::string resource;
  std::string before;
  std::string after;
};

// Leaves `begin` to `end`, the latter not included, in order.
std::vector<LoggedItem> ReadItems(store::TransactionScope& scope, std::int64_t begin,
                                  std::int64_t end);

struct SealedEntry {
  std::int64_t sequence = 0;
  std::int64_t leaf_index = 0;
  std::string canonical;
  std::string salt;
};

// The book's entries whose leaves are among the first `size`, by sequence, after `after`, at most
// `limit`.
std::vector<SealedEntry> ReadSealedEntries(store::TransactionScope& scope, BookId book,
                                           std::int64_t size, std::int64_t after, int limit);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_LOG_READER_H_
