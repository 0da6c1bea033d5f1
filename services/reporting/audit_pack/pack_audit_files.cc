#include "services/reporting/audit_pack/pack_audit_files.h"

#include "ledger/core/status.h"
#include "reports/audit_pack/ads_files.h"
#include "reports/audit_pack/saft_file.h"

namespace lumbung::reporting {

absl::Status PackAuditFiles(PackContext& pack, const reports::AuditSource& source) {
  LUMBUNG_RETURN_IF_ERROR(reports::AddAdsFiles(source, pack.archive));
  if (!reports::CheckSaftFit(source).ok()) return absl::OkStatus();
  return pack.archive.Add("saft/saf-t.xml", [&source](reports::ByteSink& sink) {
    return reports::WriteSaftFile(source, sink);
  });
}

}  // namespace lumbung::reporting
