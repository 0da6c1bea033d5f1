// The log in an audit pack: every leaf up to the checkpoint, and what the leaves are hashes of.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_LOG_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_LOG_H_

#include "absl/status/status.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// The files of log/.
absl::Status PackLog(PackContext& pack);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_LOG_H_
