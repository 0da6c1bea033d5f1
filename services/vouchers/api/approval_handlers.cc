#include "services/vouchers/api/approval_handlers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/etag.h"
#include "services/vouchers/domain/voucher_entry.h"
#include "services/vouchers/store/approval_store.h"
#include "services/vouchers/store/number_store.h"

namespace lumbung::vouchers::api {
namespace {

std::vector<Approval> ApprovalsOf(store::TransactionScope& scope, BookKey book,
                                  const Voucher& voucher) {
  return ReadApprovals(scope, book, {voucher.id})[voucher.id][voucher.round];
}

// CONTENT_CHANGED.
absl::Status CheckContentHash(const std::string& seen, const Voucher& voucher) {
  const std::string found = absl::BytesToHexString(voucher.content_hash);
  if (seen == found) return absl::OkStatus();
  return FailedPrecondition("CONTENT_CHANGED", "content_hash",
                            absl::StrCat("the content of the voucher has the hash ", found,
                                         "; look at it again and approve what it says now"));
}

// Finds early what posting would refuse for the number's sake.
absl::Status CheckNumber(store::TransactionScope& scope, const BookSnapshot& book,
                         const VoucherContent& content) {
  LUMBUNG_ASSIGN_OR_RETURN(const NumberSeries series, FindSeries(scope, book.book().key, content));
  LUMBUNG_ASSIGN_OR_RETURN(const NumberPattern pattern,
                           NumberPattern::Parse(series.pattern, series.reset));
  return pattern.Format(content, book.FindFund(book.book().default_fund)->key, 1).status();
}

bool IsManager(const Caller& caller) {
  return std::count(caller.roles.begin(), caller.roles.end(), "manager") > 0;
}

}  // namespace

template <typename Request, typename ChangeVoucher>
absl::StatusOr<v1::Voucher> ApprovalHandlers::OnVoucher(CallScope& call, const Request& request,
                                                        const ChangeVoucher& change) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "vouchers"));
  return access_->ChangeVoucher(call, name, request,
                                [&](store::TransactionScope& scope, Voucher* voucher) {
                                  return change(scope, name.book, caller, voucher);
                                });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::SubmitVoucher(
    CallScope& call, const v1::SubmitVoucherRequest& request) {
  return OnVoucher(
      call, request,
      [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
          Voucher* voucher) -> absl::Status {
        LUMBUNG_RETURN_IF_ERROR(store::CheckEtag(request.etag(), absl::StrCat(voucher->version)));
        LUMBUNG_ASSIGN_OR_RETURN(voucher->state, Move(voucher->state, VoucherAction::kSubmit));
        LUMBUNG_RETURN_IF_ERROR(CheckIsMaker(caller, *voucher));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_ASSIGN_OR_RETURN(const VoucherFacts facts,
                                 CheckVoucher(desk.book(), voucher->content, {caller.adjuster}));
        voucher->amount = facts.amount;
        LUMBUNG_RETURN_IF_ERROR(RequirementsFor(desk.policies(), facts, desk.today()).status());
        LUMBUNG_RETURN_IF_ERROR(CheckNumber(scope, desk.book(), voucher->content));
        ++voucher->round;
        voucher->reason.clear();
        return SaveVoucher(scope, book, VoucherAction::kSubmit, caller.person, "", voucher);
      });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::ApproveVoucher(
    CallScope& call, const v1::ApproveVoucherRequest& request) {
  return OnVoucher(
      call, request,
      [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
          Voucher* voucher) -> absl::Status {
        LUMBUNG_RETURN_IF_ERROR(Move(voucher->state, VoucherAction::kApprove).status());
        LUMBUNG_RETURN_IF_ERROR(CheckContentHash(request.content_hash(), *voucher));
        LUMBUNG_RETURN_IF_ERROR(ValidateNote(request.comment(), "comment"));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_ASSIGN_OR_RETURN(ApprovalCase approval_case,
                                 desk.CaseOf(*voucher, ApprovalsOf(scope, book, *voucher)));
        LUMBUNG_ASSIGN_OR_RETURN(Approval approval, ApprovalBy(caller, approval_case));
        approval.content_hash = voucher->content_hash;
        approval.comment = request.comment();
        InsertApproval(scope, book, *voucher, approval);
        voucher->self_approved = voucher->self_approved || approval.self_approval;
        approval_case.approvals.push_back(std::move(approval));
        if (!AreMet(approval_case.requirements, approval_case.approvals)) {
          return SaveVoucher(scope, book, VoucherAction::kApprove, caller.person, request.comment(),
                             voucher);
        }
        LUMBUNG_ASSIGN_OR_RETURN(voucher->state,
                                 Move(voucher->state, VoucherAction::kApproveFinally));
        LUMBUNG_RETURN_IF_ERROR(SaveVoucher(scope, book, VoucherAction::kApproveFinally,
                                            caller.person, request.comment(), voucher));
        if (request.hold()) return absl::OkStatus();
        return vouchers::PostVoucher(scope, desk.book(), caller, access_->Tools(), voucher);
      });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::PostVoucher(CallScope& call,
                                                          const v1::PostVoucherRequest& request) {
  return OnVoucher(
      call, request,
      [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
          Voucher* voucher) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        return vouchers::PostVoucher(scope, desk.book(), caller, access_->Tools(), voucher);
      });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::RejectVoucher(
    CallScope& call, const v1::RejectVoucherRequest& request) {
  return OnVoucher(
      call, request,
      [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
          Voucher* voucher) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(voucher->state, Move(voucher->state, VoucherAction::kReject));
        LUMBUNG_RETURN_IF_ERROR(CheckReason(request.reason()));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_RETURN_IF_ERROR(CheckMayReject(caller, desk.Persons(*voucher)));
        voucher->reason = request.reason();
        return SaveVoucher(scope, book, VoucherAction::kReject, caller.person, request.reason(),
                           voucher);
      });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::ReviseVoucher(
    CallScope& call, const v1::ReviseVoucherRequest& request) {
  return OnVoucher(call, request,
                   [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
                       Voucher* voucher) -> absl::Status {
                     LUMBUNG_ASSIGN_OR_RETURN(voucher->state,
                                              Move(voucher->state, VoucherAction::kRevise));
                     LUMBUNG_RETURN_IF_ERROR(CheckIsMaker(caller, *voucher));
                     LUMBUNG_RETURN_IF_ERROR(ValidateNote(request.comment(), "comment"));
                     // The approvals of the round are void with it.
                     voucher->self_approved = false;
                     return SaveVoucher(scope, book, VoucherAction::kRevise, caller.person,
                                        request.comment(), voucher);
                   });
}

absl::StatusOr<v1::Voucher> ApprovalHandlers::CancelVoucher(
    CallScope& call, const v1::CancelVoucherRequest& request) {
  return OnVoucher(call, request,
                   [&](store::TransactionScope& scope, BookKey book, const Caller& caller,
                       Voucher* voucher) -> absl::Status {
                     LUMBUNG_ASSIGN_OR_RETURN(voucher->state,
                                              Move(voucher->state, VoucherAction::kCancel));
                     LUMBUNG_RETURN_IF_ERROR(CheckReason(request.reason()));
                     if (!IsManager(caller))
                       LUMBUNG_RETURN_IF_ERROR(CheckIsMaker(caller, *voucher));
                     voucher->reason = request.reason();
                     return SaveVoucher(scope, book, VoucherAction::kCancel, caller.person,
                                        request.reason(), voucher);
                   });
}

}  // namespace lumbung::vouchers::api
