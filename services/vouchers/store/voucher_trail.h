// Vouchers with all that stands behind them: for packs, paper and auditors.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_TRAIL_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_TRAIL_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/store/attachment_rows.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::vouchers {

struct VoucherTrail {
  Voucher voucher;
  // Those of the round that counts.
  std::vector<Approval> approvals;
  std::vector<Attachment> attachments;
};

std::vector<VoucherTrail> ReadTrails(store::TransactionScope& scope, BookKey book,
                                     std::vector<Voucher> vouchers);

// Calls `visit` with every voucher of the filter, in order of id, until one is refused. Reads a
// page at a time.
absl::Status VisitTrails(store::TransactionScope& scope, BookKey book, const VoucherFilter& filter,
                         const std::function<absl::Status(const VoucherTrail&)>& visit);

// Who stands behind an entry that came from a voucher: user names.
struct EntryPeople {
  std::string entered_by;
  // The last approval.
  std::string approved_by;
};

// Of the entries that vouchers dated in the range became.
absl::StatusOr<std::map<EntryId, EntryPeople>> ReadEntryPeople(store::TransactionScope& scope,
                                                               BookKey book,
                                                               const DateRange& dates);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_TRAIL_H_
