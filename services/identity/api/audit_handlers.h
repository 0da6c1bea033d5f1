// The calls with which auditors read the trail of what was done and refused.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_AUDIT_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_AUDIT_HANDLERS_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/identity/api/parts.h"
#include "services/identity/store/audit_trail.h"

namespace lumbung::identity {

class AuditHandlers {
 public:
  explicit AuditHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::ListAuditEventsResponse> ListAuditEvents(
      CallScope& call, const v1::ListAuditEventsRequest& request);
  // Page by page, each in a database transaction of its own: events never change. That the trail
  // was taken away is itself an event.
  absl::Status ExportAuditEvents(CallScope& call, const v1::ExportAuditEventsRequest& request,
                                 StreamWriter<v1::ExportAuditEventsResponse>& writer);

 private:
  const Parts parts_;
};

// One line of the export, with its line break. Cells that a spreadsheet would take for a formula
// are kept from being one.
std::string CsvLine(const audit::StoredEvent& event);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_AUDIT_HANDLERS_H_
