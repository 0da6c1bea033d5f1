// Leaves of an organization's log, and what is to become leaves.
#ifndef LUMBUNG_SERVICES_LOG_STORE_LEAF_STORE_H_
#define LUMBUNG_SERVICES_LOG_STORE_LEAF_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/log/domain/canonical_event.h"

namespace lumbung::log {

enum class LeafKind : std::int16_t { kEntry = 1, kAuditEvent = 2, kKeyRecord = 3 };

struct Leaf {
  std::int64_t index = 0;
  LeafKind kind = LeafKind::kEntry;
  BookId book{};  // Of entries.
  std::string book_slug;
  std::int64_t subject = 0;
  std::string hash;
  // Of events and key records.
  std::string content;
  std::string salt;
};

// Locks nothing.
std::int64_t LeafCount(store::TransactionScope& scope);
// Those from `begin` on, without their content, at most `limit`.
std::vector<Leaf> ListLeaves(store::TransactionScope& scope, std::int64_t begin, int limit);
std::optional<Leaf> FindLeaf(store::TransactionScope& scope, LeafKind kind, BookId book,
                             std::int64_t subject);
// The signed notes among the first `size` leaves, in order; among all for 0.
std::vector<std::string> KeyRecords(store::TransactionScope& scope, std::int64_t size = 0);

struct CanonicalEntry {
  std::int64_t sequence = 0;
  std::string canonical;
};
// An entry of the book, sealed or not; nothing when there is none.
std::optional<CanonicalEntry> FindCanonicalEntry(store::TransactionScope& scope, BookId book,
                                                 std::int64_t sequence);
std::optional<CanonicalEntry> FindCanonicalEntry(store::TransactionScope& scope, BookId book,
                                                 const EntryNumber& number);

// Adds the leaves. LB030, LB031 or a duplicate key when they are not the next ones.
void InsertLeaves(store::TransactionScope& scope, const std::vector<Leaf>& leaves);

// The next entries of the organization's books, each book's in order, at most `limit`; their
// indexes are still to be given. DATA_LOSS (ENTRY_DAMAGED) when an entry's bytes no longer have
// the hash that they were posted with.
absl::StatusOr<std::vector<Leaf>> NextEntries(store::TransactionScope& scope, int limit);

// What audit events are read from: see note.md of 0300_log.
struct AuditBarrier {
  std::int64_t cluster = 0;
  std::string transaction = "0";
};

// The barrier as it is now: everything recorded below it is visible to a later statement of this
// database transaction.
AuditBarrier CurrentBarrier(store::TransactionScope& scope);

// Events that can no longer be preceded by one that is not there yet, and are not in the log; at
// most `limit`. `from` saves reading what lies before it.
std::vector<EventFields> NextEvents(store::TransactionScope& scope, const AuditBarrier& from,
                                    int limit);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_LEAF_STORE_H_
