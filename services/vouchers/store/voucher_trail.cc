#include "services/vouchers/store/voucher_trail.h"

#include <optional>
#include <utility>

#include "ledger/core/status.h"
#include "services/vouchers/store/approval_store.h"

namespace lumbung::vouchers {
namespace {

constexpr int kVouchersAtOnce = 200;

}  // namespace

std::vector<VoucherTrail> ReadTrails(store::TransactionScope& scope, BookKey book,
                                     std::vector<Voucher> vouchers) {
  std::vector<VoucherId> ids;
  for (const Voucher& voucher : vouchers) ids.push_back(voucher.id);
  std::map<VoucherId, ApprovalsByRound> approvals = ReadApprovals(scope, book, ids);
  std::map<VoucherId, std::vector<Attachment>> attachments = ReadAttachments(scope, book, ids);
  std::vector<VoucherTrail> trails;
  for (Voucher& voucher : vouchers) {
    const VoucherId id = voucher.id;
    const int round = voucher.round;
    trails.push_back(
        {std::move(voucher), std::move(approvals[id][round]), std::move(attachments[id])});
  }
  return trails;
}

absl::Status VisitTrails(store::TransactionScope& scope, BookKey book, const VoucherFilter& filter,
                         const std::function<absl::Status(const VoucherTrail&)>& visit) {
  std::optional<VoucherId> after;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(
        std::vector<Voucher> page,
        ListVouchers(scope, book, filter, /*newest_first=*/false, after, kVouchersAtOnce));
    if (page.empty()) return absl::OkStatus();
    after = page.back().id;
    for (const VoucherTrail& trail : ReadTrails(scope, book, std::move(page))) {
      LUMBUNG_RETURN_IF_ERROR(visit(trail));
    }
  }
}

absl::StatusOr<std::map<EntryId, EntryPeople>> ReadEntryPeople(store::TransactionScope& scope,
                                                               BookKey book,
                                                               const DateRange& dates) {
  VoucherFilter filter;
  filter.dates = dates;
  filter.states = {VoucherState::kPosted};
  std::map<EntryId, EntryPeople> people;
  LUMBUNG_RETURN_IF_ERROR(
      VisitTrails(scope, book, filter, [&people](const VoucherTrail& trail) -> absl::Status {
        if (!trail.voucher.entry.has_value()) return absl::OkStatus();
        people[*trail.voucher.entry] = {
            trail.voucher.maker.user_name,
            trail.approvals.empty() ? "" : trail.approvals.back().person.user_name};
        return absl::OkStatus();
      }));
  return people;
}

}  // namespace lumbung::vouchers
