#include "services/vouchers/api/voucher_access.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "services/common/resource_names.h"
#include "services/vouchers/api/caller.h"
#include "services/vouchers/api/voucher_conversion.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/store/approval_store.h"
#include "services/vouchers/store/attachment_rows.h"

namespace lumbung::vouchers::api {
namespace {

// The roles a submitted voucher still waits for; none can be told when no policy reaches so far.
std::vector<std::string> WaitsFor(const ApprovalDesk& desk, const Voucher& voucher,
                                  const std::vector<Approval>& approvals) {
  if (voucher.state != VoucherState::kSubmitted) return {};
  const absl::StatusOr<ApprovalCase> approval_case = desk.CaseOf(voucher, approvals);
  if (!approval_case.ok()) return {};
  return MissingRoles(approval_case->requirements, approval_case->approvals);
}

}  // namespace

absl::StatusOr<Caller> VoucherAccess::CallerOf(const CallScope& call,
                                               absl::string_view name) const {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, absl::MaxSplits('/', 2));
  return api::CallerOf(call, parts.size() > 1 && parts[0] == "books" ? parts[1] : "");
}

absl::StatusOr<BookKey> VoucherAccess::Book(const CallScope& call, absl::string_view parent) const {
  return parts_.directory->Book(call, parent, "parent");
}

absl::StatusOr<VoucherAccess::Named> VoucherAccess::Part(const CallScope& call,
                                                         absl::string_view name,
                                                         absl::string_view collection,
                                                         absl::string_view field) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"books", collection}, field));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->BookById(call, ids[0], field));
  return Named{book, ids[1]};
}

absl::StatusOr<Voucher> VoucherAccess::Find(store::TransactionScope& scope, const Named& voucher,
                                            RowLock lock) {
  std::int64_t number = 0;
  const bool is_id = std::all_of(voucher.id.begin(), voucher.id.end(), absl::ascii_isdigit) &&
                     absl::SimpleAtoi(voucher.id, &number);
  VoucherId id{number};
  if (!is_id) {
    LUMBUNG_ASSIGN_OR_RETURN(id, FindVoucherByNumber(scope, voucher.book, voucher.id));
  }
  return FindVoucher(scope, voucher.book, id, lock);
}

std::vector<v1::Voucher> VoucherAccess::Show(store::TransactionScope& scope,
                                             const ApprovalDesk& desk,
                                             const std::vector<Voucher>& vouchers) {
  const BookKey book = desk.book().book().key;
  std::vector<VoucherId> ids;
  for (const Voucher& voucher : vouchers) ids.push_back(voucher.id);
  std::map<VoucherId, ApprovalsByRound> approvals = ReadApprovals(scope, book, ids);
  std::map<VoucherId, std::vector<Attachment>> attachments = ReadAttachments(scope, book, ids);
  std::vector<v1::Voucher> shown;
  for (const Voucher& voucher : vouchers) {
    const std::vector<Approval> given = voucher.state == VoucherState::kDraft
                                            ? std::vector<Approval>()
                                            : approvals[voucher.id][voucher.round];
    shown.push_back(VoucherToProto(
        desk.book(), {&voucher, &given, &attachments[voucher.id], WaitsFor(desk, voucher, given)}));
  }
  return shown;
}

absl::StatusOr<v1::Voucher> VoucherAccess::Show(store::TransactionScope& scope, BookKey book,
                                                const Voucher& voucher) const {
  LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, OpenDesk(scope, book));
  return std::move(Show(scope, desk, {voucher}).front());
}

absl::Status CheckIsMaker(const Caller& caller, const Voucher& voucher) {
  if (caller.person.id == voucher.maker.id) return absl::OkStatus();
  return Refusal(absl::StatusCode::kPermissionDenied, "NOT_THE_MAKER", "",
                 absl::StrCat("the voucher was made by ", voucher.maker.display_name,
                              ", who alone may do this"));
}

absl::Status CheckReason(const std::string& reason) {
  LUMBUNG_RETURN_IF_ERROR(ValidateNote(reason, "reason"));
  if (!absl::StripAsciiWhitespace(reason).empty()) return absl::OkStatus();
  return InvalidArgument("REASON_REQUIRED", "reason", "say why");
}

}  // namespace lumbung::vouchers::api
