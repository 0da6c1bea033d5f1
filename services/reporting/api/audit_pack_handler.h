// Audit packs as callers ask for them.
#ifndef LUMBUNG_SERVICES_REPORTING_API_AUDIT_PACK_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_AUDIT_PACK_HANDLER_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"

namespace lumbung::reporting::api {

// Thread-safe.
class AuditPackHandler {
 public:
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    // A private folder for temporary files.
    std::string scratch_dir;
    // The folder of the log's key; empty for a server that has none.
    std::string keys_dir;
    std::function<absl::Time()> now;
  };
  explicit AuditPackHandler(Parts parts) : parts_(std::move(parts)) {}

  absl::Status BuildAuditPack(CallScope& call, const v1::BuildAuditPackRequest& request,
                              StreamWriter<v1::BuildAuditPackResponse>& writer);

 private:
  const Parts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_AUDIT_PACK_HANDLER_H_
