// The log as it is handed to auditors: every leaf with what it is the hash of.
#ifndef LUMBUNG_SERVICES_LOG_STORE_LOG_READER_H_
#define LUMBUNG_SERVICES_LOG_STORE_LOG_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/log/domain/canonical_event.h"
#include "services/log/store/checkpoint_store.h"
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

// An audit event as it stands in the database, and what its leaf holds.
struct SealedEvent {
  std::int64_t leaf_index = 0;
  std::string content;
  std::string salt;
  // As of the row; nothing when there is none.
  std::optional<EventFields> event;
};

// The audit events among leaves `begin` to `end`, the latter not included, in order.
std::vector<SealedEvent> ReadSealedEvents(store::TransactionScope& scope, std::int64_t begin,
                                          std::int64_t end);

// Checkpoints larger than `after`, by size, without cosignatures, at most `limit`.
std::vector<StoredCheckpoint> ReadCheckpoints(store::TransactionScope& scope, std::int64_t after,
                                              int limit);

// Leaves `begin` to `end` of journal entries, the latter not included, in order: their indexes, and
// whether each has the hash that its entry has now.
struct EntryLeaf {
  std::int64_t leaf_index = 0;
  BookId book{};
  std::int64_t sequence = 0;
  bool has_hash_of_entry = false;
};
std::vector<EntryLeaf> ReadEntryLeaves(store::TransactionScope& scope, std::int64_t begin,
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
