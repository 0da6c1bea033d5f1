// The general ledger as SAF-T Financial (Standard Audit File for Tax), in the shape that the
// Norwegian tax administration published as version 1.30.
//
// Indonesia has no edition of its own; auditors' software reads this one. What the schema asks for
// and a book does not have is filled as the implementation says, never with something untrue.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_SAFT_FILE_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_SAFT_FILE_H_

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "reports/model/document.h"

namespace lumbung::reports {

// Whether the schema can carry the book's functional amounts without rounding: two decimals, 18
// digits, a currency of three letters. SAFT_UNFIT (FAILED_PRECONDITION) says what does not fit.
absl::Status CheckSaftFit(const AuditSource& source);

// Visits the entries twice: to count and sum, and to write. Memory does not grow with entries.
// SAFT_UNFIT, OVERFLOW, errors of the source and of the sink.
absl::Status WriteSaftFile(const AuditSource& source, ByteSink& sink);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_SAFT_FILE_H_
