// Sealing: what was committed becomes leaves of the log, and a checkpoint commits to them. One
// batch is one database transaction, so that there is never a leaf without its checkpoint; a batch
// that ends anywhere else than at its commit has not been.
#ifndef LUMBUNG_SERVICES_LOG_STORE_SEAL_BATCH_H_
#define LUMBUNG_SERVICES_LOG_STORE_SEAL_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/log/signing_key.h"
#include "ledger/store/transaction.h"

namespace lumbung::log {

// The keys of this server, the newest last: that one signs, the others hand over to it.
using KeyRing = std::vector<SigningKey>;

struct SealOptions {
  const KeyRing* keys = nullptr;
  absl::Time now;
  std::function<void(char* bytes, std::size_t count)> random_bytes;
  // Leaves at most.
  int limit = 1'000;
  // For tests that break off: called between the steps, with the name of the next one.
  std::function<absl::Status(absl::string_view step)> before_step;
};

struct SealedBatch {
  // Another sealer is at work; nothing was done.
  bool busy = false;
  std::int64_t added = 0;
  // Of the log afterwards.
  std::int64_t size = 0;
  // There may be more to seal.
  bool more = false;
};

// Seals a batch of the transaction's organization; its first one begins with the key's record.
// DATA_LOSS: ENTRY_DAMAGED, and LOG_DAMAGED when the log is not what its last checkpoint says.
// FAILED_PRECONDITION: LOG_KEY_UNKNOWN when the log was signed with a key that is not on the ring.
absl::StatusOr<SealedBatch> SealBatch(store::TransactionScope& scope, const SealOptions& options);

// Whether there is anything for a batch. Locks nothing and writes nothing, for those who ask every
// second. Refusals as above, but for LOG_KEY_UNKNOWN.
absl::StatusOr<bool> HasUnsealed(store::TransactionScope& scope, const KeyRing& keys);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_SEAL_BATCH_H_
