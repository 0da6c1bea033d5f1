#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_tree.h"
#include "ledger/log/signed_note.h"
#include "services/log/domain/canonical_event.h"
#include "services/log/store/checkpoint_store.h"
#include "services/log/store/leaf_store.h"
#include "services/log/store/log_reader.h"
#include "services/reporting/verification/verify_parts.h"

namespace lumbung::reporting {
namespace {

constexpr int kLeavesAtOnce = 1'000;

std::string PlaceOf(std::int64_t leaf) {
  return absl::StrCat("log/leaves/", leaf);
}

// Every key that the log has had; the last one signs now.
std::vector<log::VerifierKey> KeysOf(store::TransactionScope& scope, CheckedPromise* promise) {
  std::vector<log::VerifierKey> keys;
  std::optional<log::VerifierKey> previous;
  std::int64_t number = 0;
  for (const std::string& note : log::KeyRecords(scope)) {
    ++number;
    ++promise->checked;
    const absl::StatusOr<log::VerifierKey> key = log::FollowKeyRecord(previous, note);
    if (!key.ok()) {
      promise->Find(absl::StrCat("log/key-records/", number),
                    {"catatan kunci ini tidak meneruskan yang sebelumnya",
                     "this key record does not follow the one before"});
      continue;
    }
    keys.push_back(*key);
    previous = *key;
  }
  return keys;
}

void CheckCheckpoint(const log::StoredCheckpoint& stored, const std::string& root,
                     const std::vector<log::VerifierKey>& keys, CheckedPromise* promise) {
  ++promise->checked;
  const std::string place = absl::StrCat("log/checkpoints/", stored.size);
  if (stored.root != root) {
    promise->Find(place,
                  {"daun-daun log tidak menghasilkan akarnya", "the leaves do not give its root"});
    return;
  }
  const absl::StatusOr<log::SignedNote> note = log::SignedNote::Parse(stored.note);
  const bool is_signed =
      note.ok() && std::any_of(keys.begin(), keys.end(), [&](const log::VerifierKey& key) {
        const absl::StatusOr<log::Checkpoint> opened = log::OpenCheckpoint(*note, key);
        return opened.ok() && opened->root == root &&
               opened->size == static_cast<std::uint64_t>(stored.size);
      });
  if (!is_signed) {
    promise->Find(place, {"tidak ditandatangani dengan kunci log ini",
                          "it is not signed with a key of this log"});
  }
}

// Leaves in order, their tree at every checkpoint, and the signatures below it.
CheckedPromise Tree(store::TransactionScope& scope) {
  CheckedPromise promise{"log-tree",
                         {"Daun log tanpa celah, dan setiap titik periksa ditandatangani atasnya",
                          "The log's leaves have no gap, and every checkpoint signs them"}};
  const std::vector<log::VerifierKey> keys = KeysOf(scope, &promise);
  std::vector<log::StoredCheckpoint> checkpoints = log::ReadCheckpoints(scope, 0, kLeavesAtOnce);
  std::size_t next_checkpoint = 0;
  log::CompactRange tree;
  while (true) {
    const std::vector<log::Leaf> leaves =
        log::ListLeaves(scope, static_cast<std::int64_t>(tree.size()), kLeavesAtOnce);
    if (leaves.empty()) break;
    for (const log::Leaf& leaf : leaves) {
      ++promise.checked;
      if (leaf.index != static_cast<std::int64_t>(tree.size())) {
        promise.Find(PlaceOf(static_cast<std::int64_t>(tree.size())),
                     {"daun ini hilang", "this leaf is missing"});
        return promise;
      }
      tree.Append(leaf.hash);
      if (next_checkpoint < checkpoints.size() &&
          checkpoints[next_checkpoint].size == static_cast<std::int64_t>(tree.size())) {
        CheckCheckpoint(checkpoints[next_checkpoint], tree.Root(), keys, &promise);
        if (++next_checkpoint == checkpoints.size()) {
          checkpoints = log::ReadCheckpoints(scope, checkpoints.back().size, kLeavesAtOnce);
          next_checkpoint = 0;
        }
      }
    }
  }
  if (next_checkpoint < checkpoints.size()) {
    promise.Find(absl::StrCat("log/checkpoints/", checkpoints[next_checkpoint].size),
                 {"log memiliki lebih sedikit daun", "the log has fewer leaves"});
  }
  return promise;
}

// The leaves are hashes of the entries and events that are there now.
CheckedPromise Contents(store::TransactionScope& scope, const std::string& origin) {
  CheckedPromise promise{"log-contents",
                         {"Jurnal dan jejak audit adalah yang tersegel dalam log",
                          "Entries and audit trail are what the log has sealed"}};
  const std::int64_t size = log::LeafCount(scope);
  for (std::int64_t begin = 0; begin < size; begin += kLeavesAtOnce) {
    const std::int64_t end = std::min<std::int64_t>(begin + kLeavesAtOnce, size);
    for (const log::EntryLeaf& leaf : log::ReadEntryLeaves(scope, begin, end)) {
      ++promise.checked;
      if (leaf.has_hash_of_entry) continue;
      promise.Find(PlaceOf(leaf.leaf_index),
                   {absl::StrCat("jurnal ", leaf.sequence, " hilang atau berubah"),
                    absl::StrCat("entry ", leaf.sequence, " is gone or was changed")});
    }
    for (const log::SealedEvent& sealed : log::ReadSealedEvents(scope, begin, end)) {
      ++promise.checked;
      const bool is_same =
          sealed.event.has_value() &&
          log::CanonicalEventBytes(origin, *sealed.event, sealed.salt) == sealed.content;
      if (is_same) continue;
      promise.Find(PlaceOf(sealed.leaf_index), {"peristiwa dalam jejak audit hilang atau berubah",
                                                "the audit event is gone or was changed"});
    }
  }
  return promise;
}

}  // namespace

absl::Status VerifyLog(store::TransactionScope& scope, const PromiseVisitor& visit) {
  LUMBUNG_RETURN_IF_ERROR(visit(Tree(scope)));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string origin, log::OriginOf(scope));
  return visit(Contents(scope, origin));
}

}  // namespace lumbung::reporting
