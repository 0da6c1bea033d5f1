// The statements in an audit pack: for people as PDF and XLSX, and for the verifier with what every
// figure is made of.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_STATEMENTS_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_STATEMENTS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// The files of statements/: the set that belongs to the book's chart, of the period and the year
// before it. None for a book whose chart has no statements.
absl::Status PackStatements(PackContext& pack);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_STATEMENTS_H_
