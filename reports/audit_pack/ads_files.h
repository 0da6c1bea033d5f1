// The general ledger in the form of the AICPA Audit Data Standards. What is in which column:
// pack_format.md.
//
// Amounts are exact decimals, in JSON as strings; debits are positive. Memory does not grow with
// entries.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_ADS_FILES_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_ADS_FILES_H_

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "reports/audit_pack/pack_archive.h"

namespace lumbung::reports {

// Adds the files of ads/. Errors of the source and of the archive.
absl::Status AddAdsFiles(const AuditSource& source, PackArchive& archive);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_ADS_FILES_H_
