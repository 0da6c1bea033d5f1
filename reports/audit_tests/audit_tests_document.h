// The auditor's tests as documents: what was looked for and how often it was found, each entry that
// was found with why, the numbers of all series, first digits, and who entered and approved.
#ifndef LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_TESTS_DOCUMENT_H_
#define LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_TESTS_DOCUMENT_H_

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "reports/audit_tests/journal_tests.h"
#include "reports/model/document.h"

namespace lumbung::reports {

// Reads the entries of the source three times. OVERFLOW, and what the writer refuses.
absl::Status WriteAuditTests(const AuditSource& source, const AuditTestSettings& settings,
                             const DocumentFrame& frame, DocumentWriter& writer);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_TESTS_DOCUMENT_H_
