#include "services/log/store/seal_batch.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_tree.h"
#include "services/log/domain/canonical_event.h"
#include "services/log/store/checkpoint_store.h"
#include "services/log/store/leaf_store.h"
#include "services/log/store/tree_reader.h"

namespace lumbung::log {
namespace {

absl::Status Damaged(absl::string_view what) {
  return Refusal(absl::StatusCode::kDataLoss, "LOG_DAMAGED", "", what);
}

// The key of the log's last record; nothing when it has none.
absl::StatusOr<std::optional<VerifierKey>> KeyOfLog(const std::vector<std::string>& records) {
  std::optional<VerifierKey> key;
  for (const std::string& record : records) {
    LUMBUNG_ASSIGN_OR_RETURN(key, FollowKeyRecord(key, record));
  }
  return key;
}

// The log as its last checkpoint left it. Whoever changed leaves, subtrees or checkpoints behind
// the application's back is found out here, before anything is built on it.
absl::StatusOr<CompactRange> LoadEdge(store::TransactionScope& scope, const std::string& origin,
                                      const std::optional<VerifierKey>& key) {
  const std::int64_t size = LeafCount(scope);
  const std::optional<StoredCheckpoint> last = FindCheckpoint(scope, 0);
  if (last.has_value() != (size > 0) || key.has_value() != (size > 0)) {
    return Damaged("leaves, key records and checkpoints do not belong together");
  }
  if (size == 0) return CompactRange();
  LUMBUNG_ASSIGN_OR_RETURN(const SignedNote note, SignedNote::Parse(last->note));
  LUMBUNG_ASSIGN_OR_RETURN(const Checkpoint checkpoint, OpenCheckpoint(note, *key));
  LUMBUNG_ASSIGN_OR_RETURN(
      CompactRange edge, CompactRange::Load(static_cast<std::uint64_t>(size), StoredNodes(scope)));
  if (checkpoint.origin != origin || checkpoint.size != edge.size() ||
      checkpoint.root != edge.Root()) {
    return Damaged("the leaves are not those that the last checkpoint commits to");
  }
  return edge;
}

Leaf KeyRecordLeaf(const SignedNote& note, std::size_t number) {
  Leaf leaf;
  leaf.kind = LeafKind::kKeyRecord;
  leaf.subject = static_cast<std::int64_t>(number);
  leaf.content = note.ToString();
  leaf.hash = LeafHash(leaf.content);
  return leaf;
}

// The record that makes the ring's newest key the log's, when it is not.
absl::Status AddKeyRecord(const SealOptions& options, const std::string& origin,
                          const std::optional<VerifierKey>& key, std::size_t records,
                          std::vector<Leaf>* leaves) {
  const SigningKey& newest = options.keys->back();
  if (!key.has_value()) {
    leaves->push_back(KeyRecordLeaf(CreateKeyRecord(origin, newest, options.now), records + 1));
    return absl::OkStatus();
  }
  if (key->public_key == newest.public_key()) return absl::OkStatus();
  const auto previous = std::find_if(
      options.keys->begin(), options.keys->end(),
      [&key](const SigningKey& known) { return known.public_key() == key->public_key; });
  if (previous == options.keys->end()) {
    return FailedPrecondition("LOG_KEY_UNKNOWN", "",
                              absl::StrCat("the log ", origin,
                                           " is signed with a key that this server does not have; "
                                           "bring back its key file"));
  }
  leaves->push_back(
      KeyRecordLeaf(RotateKeyRecord(origin, *previous, newest, options.now), records + 1));
  return absl::OkStatus();
}

Leaf EventLeaf(const SealOptions& options, const std::string& origin, const EventFields& event) {
  Leaf leaf;
  leaf.kind = LeafKind::kAuditEvent;
  leaf.subject = event.event_id;
  leaf.salt.resize(kSaltBytes);
  options.random_bytes(&leaf.salt[0], leaf.salt.size());
  leaf.content = CanonicalEventBytes(origin, event, leaf.salt);
  leaf.hash = LeafHash(leaf.content);
  return leaf;
}

// Where reading events starts: transaction numbers of another cluster say nothing here.
AuditBarrier BarrierHere(const LogHead& head, const AuditBarrier& now) {
  return head.audit_barrier.cluster == now.cluster ? head.audit_barrier
                                                   : AuditBarrier{now.cluster, "0"};
}

// Adds events as far as the batch has room, and says where the next batch reads on.
AuditBarrier AddEvents(store::TransactionScope& scope, const SealOptions& options,
                       const LogHead& head, std::vector<Leaf>* leaves, bool* more) {
  // Taken before the events are read: what is below it now is visible then.
  const AuditBarrier barrier = CurrentBarrier(scope);
  const AuditBarrier from = BarrierHere(head, barrier);
  const int room = options.limit - static_cast<int>(leaves->size());
  if (room <= 0) {
    *more = true;
    return head.audit_barrier;
  }
  const std::vector<EventFields> events = NextEvents(scope, from, room);
  for (const EventFields& event : events) {
    leaves->push_back(EventLeaf(options, head.origin, event));
  }
  if (static_cast<int>(events.size()) < room) return barrier;
  *more = true;
  return from;
}

absl::Status Step(const SealOptions& options, absl::string_view name) {
  return options.before_step ? options.before_step(name) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<SealedBatch> SealBatch(store::TransactionScope& scope, const SealOptions& options) {
  SealedBatch batch;
  LUMBUNG_RETURN_IF_ERROR(Step(options, "lock"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<LogHead> head, LockHead(scope));
  if (!head.has_value()) {
    batch.busy = true;
    return batch;
  }
  LUMBUNG_RETURN_IF_ERROR(Step(options, "load"));
  const std::vector<std::string> records = KeyRecords(scope);
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<VerifierKey> key, KeyOfLog(records));
  LUMBUNG_ASSIGN_OR_RETURN(CompactRange edge, LoadEdge(scope, head->origin, key));
  batch.size = static_cast<std::int64_t>(edge.size());

  LUMBUNG_RETURN_IF_ERROR(Step(options, "collect"));
  std::vector<Leaf> leaves;
  LUMBUNG_RETURN_IF_ERROR(AddKeyRecord(options, head->origin, key, records.size(), &leaves));
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<Leaf> entries,
                           NextEntries(scope, options.limit - static_cast<int>(leaves.size())));
  std::move(entries.begin(), entries.end(), std::back_inserter(leaves));
  const AuditBarrier barrier = AddEvents(scope, options, *head, &leaves, &batch.more);
  if (leaves.empty()) return batch;

  std::vector<StoredNode> nodes;
  for (Leaf& leaf : leaves) {
    leaf.index = static_cast<std::int64_t>(edge.size());
    edge.Append(leaf.hash, [&nodes](const NodeId& node, const std::string& hash) {
      if (node.level > 0 && node.level % kStoredLevels == 0) nodes.push_back({node, hash});
    });
  }
  LUMBUNG_RETURN_IF_ERROR(Step(options, "leaves"));
  InsertLeaves(scope, leaves);
  LUMBUNG_RETURN_IF_ERROR(Step(options, "subtrees"));
  StoreNodes(scope, nodes);
  LUMBUNG_RETURN_IF_ERROR(Step(options, "barrier"));
  MoveAuditBarrier(scope, barrier);
  LUMBUNG_RETURN_IF_ERROR(Step(options, "checkpoint"));
  const Checkpoint checkpoint{head->origin, edge.size(), edge.Root(), {}};
  InsertCheckpoint(scope, {static_cast<std::int64_t>(edge.size()),
                           checkpoint.root,
                           SignCheckpoint(checkpoint, options.keys->back()).ToString(),
                           options.now,
                           {}});
  LUMBUNG_RETURN_IF_ERROR(Step(options, "commit"));
  batch.added = static_cast<std::int64_t>(leaves.size());
  batch.size = static_cast<std::int64_t>(edge.size());
  return batch;
}

absl::StatusOr<bool> HasUnsealed(store::TransactionScope& scope, const KeyRing& keys) {
  const std::optional<LogHead> head = ReadHead(scope);
  if (!head.has_value()) return true;
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<VerifierKey> key, KeyOfLog(KeyRecords(scope)));
  if (!key.has_value() || key->public_key != keys.back().public_key()) return true;
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Leaf> entries, NextEntries(scope, 1));
  return !entries.empty() ||
         !NextEvents(scope, BarrierHere(*head, CurrentBarrier(scope)), 1).empty();
}

}  // namespace lumbung::log
