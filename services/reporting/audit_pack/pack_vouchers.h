// The vouchers in an audit pack: what every entry of the period rests on, and who made and approved
// it.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// vouchers/vouchers.jsonl: the vouchers dated in the period, drafts too. The SHA-256 of their
// attachments, 32 bytes each, go to `digests`; the attachments' bytes are the caller's to add.
absl::Status PackVouchers(PackContext& pack, std::set<std::string>* digests);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_
