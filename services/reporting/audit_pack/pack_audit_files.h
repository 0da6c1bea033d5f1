// The files of an audit pack that are for audit software.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_FILES_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_FILES_H_

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// The files of ads/ and saft/. Without saft/ when its schema could carry the amounts only rounded.
absl::Status PackAuditFiles(PackContext& pack, const reports::AuditSource& source);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_FILES_H_
