// The vouchers in an audit pack: what every entry of the period rests on, and who made and approved
// it.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// Who stands behind an entry that came from a voucher: user names.
struct EntryPeople {
  std::string entered_by;
  // The last approval.
  std::string approved_by;
};

struct PackedVouchers {
  std::map<EntryId, EntryPeople> people;
  // Of the attachments, 32 bytes each.
  std::set<std::string> digests;
};

// vouchers/vouchers.jsonl: the vouchers dated in the period, drafts too. What it found goes to
// `packed`, which grows with their number; the attachments' bytes are the caller's to add.
absl::Status PackVouchers(PackContext& pack, PackedVouchers* packed);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_VOUCHERS_H_
