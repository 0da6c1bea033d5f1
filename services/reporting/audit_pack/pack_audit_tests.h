// The auditor's tests in an audit pack.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_TESTS_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_TESTS_H_

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// tests/audit-tests.json and .xlsx, with the settings that nobody changed.
absl::Status PackAuditTests(PackContext& pack, const reports::AuditSource& source);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_AUDIT_TESTS_H_
