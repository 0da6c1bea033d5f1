// An audit pack: a book, its log and its statements in one zip that proves itself. What is in it:
// reports/audit_pack/pack_format.md.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_AUDIT_PACK_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_AUDIT_PACK_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/log/signing_key.h"
#include "ledger/store/connection_pool.h"
#include "reports/model/document.h"
#include "services/log/store/seal_batch.h"

namespace lumbung::reporting {

struct AuditPackRequest {
  BookKey book;
  // By slug.
  std::string organization;
  // Both ends are set.
  DateRange period;
  // Also audit events and people; otherwise events are leaves whose content is not shown.
  bool with_audit_trail = false;
  // "people/agus"
  std::string made_by;
  absl::Time made_at;
  absl::Time deadline = absl::InfiniteFuture();
  // A private folder for temporary files.
  std::string scratch_dir;
  // With the key that signs the log: it signs the pack.
  const log::KeyRing* keys = nullptr;
};

struct AuditPackSummary {
  // Of the manifest: what the audit trail remembers of the pack.
  std::string manifest_sha256;
  std::int64_t checkpoint_size = 0;
  // Of the book.
  std::int64_t last_sequence = 0;
};

// Writes the pack to `sink`; after an error what was written is of no use. BOOK_NOT_FOUND;
// NOT_SEALED while the newest entries are not under a checkpoint yet: ask again a little later;
// LOG_KEY_UNKNOWN when the log was signed with a key that is not on the ring;
// FUNCTIONAL_CURRENCY_CHANGED.
absl::StatusOr<AuditPackSummary> WriteAuditPack(store::ConnectionPool& pool,
                                                const AuditPackRequest& request,
                                                reports::ByteSink* sink);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_AUDIT_PACK_H_
