// The head of an organization's log, its checkpoints, and what witnesses signed below them.
#ifndef LUMBUNG_SERVICES_LOG_STORE_CHECKPOINT_STORE_H_
#define LUMBUNG_SERVICES_LOG_STORE_CHECKPOINT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/signed_note.h"
#include "ledger/store/transaction.h"
#include "services/log/store/leaf_store.h"

namespace lumbung::log {

// "lumbung/0b62...": by the organization's uid, which moves with it from server to server.
absl::StatusOr<std::string> OriginOf(store::TransactionScope& scope);

struct LogHead {
  std::string origin;
  AuditBarrier audit_barrier;
};

// Makes the log when it is not there, and takes its row lock; nothing when another sealer has it.
absl::StatusOr<std::optional<LogHead>> LockHead(store::TransactionScope& scope);
// The same without a lock; nothing when there is no log yet.
std::optional<LogHead> ReadHead(store::TransactionScope& scope);
void MoveAuditBarrier(store::TransactionScope& scope, const AuditBarrier& barrier);

struct StoredCheckpoint {
  std::int64_t size = 0;
  std::string root;
  // As the log signed it.
  std::string note;
  absl::Time signed_at;
  // Lines of witnesses.
  std::vector<std::string> cosignatures;
};

// The one of this size, or the largest for 0, with its cosignatures.
std::optional<StoredCheckpoint> FindCheckpoint(store::TransactionScope& scope, std::int64_t size);
// LB030 unless it covers all leaves.
void InsertCheckpoint(store::TransactionScope& scope, const StoredCheckpoint& checkpoint);

struct NewCosignature {
  std::int64_t size = 0;
  VerifierKey witness;
  NoteSignature signature;
  absl::Time cosigned_at;
  std::string added_by;
};

// A witness's second signature below one checkpoint changes nothing.
void InsertCosignature(store::TransactionScope& scope, const NewCosignature& cosignature);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_CHECKPOINT_STORE_H_
