#include "services/vouchers/domain/voucher_moves.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

struct AllowedMove {
  VoucherState from;
  VoucherAction action;
  VoucherState to;
};

using A = VoucherAction;
using S = VoucherState;

// Posted and cancelled vouchers stay what they are; a posted one is corrected by reversing its
// entry. The database holds the same table (vouchers.check_voucher).
constexpr AllowedMove kMoves[] = {
    {S::kDraft, A::kUpdate, S::kDraft},
    {S::kDraft, A::kAttach, S::kDraft},
    {S::kDraft, A::kDetach, S::kDraft},
    {S::kDraft, A::kSubmit, S::kSubmitted},
    {S::kDraft, A::kCancel, S::kCancelled},
    {S::kSubmitted, A::kApprove, S::kSubmitted},
    {S::kSubmitted, A::kApproveFinally, S::kApproved},
    {S::kSubmitted, A::kReject, S::kRejected},
    {S::kSubmitted, A::kRevise, S::kDraft},
    {S::kSubmitted, A::kCancel, S::kCancelled},
    {S::kApproved, A::kPost, S::kPosted},
    {S::kApproved, A::kReject, S::kRejected},
    {S::kApproved, A::kRevise, S::kDraft},
    {S::kApproved, A::kCancel, S::kCancelled},
    {S::kRejected, A::kRevise, S::kDraft},
    {S::kRejected, A::kCancel, S::kCancelled},
    // Evidence that comes after the money has moved; it is marked as such.
    {S::kPosted, A::kAttach, S::kPosted},
};

}  // namespace

absl::string_view ActionWord(VoucherAction action) {
  switch (action) {
    case A::kCreate:
      return "create";
    case A::kUpdate:
      return "update";
    case A::kAttach:
      return "attach";
    case A::kDetach:
      return "detach";
    case A::kSubmit:
      return "submit";
    case A::kApprove:
    case A::kApproveFinally:
      return "approve";
    case A::kPost:
      return "post";
    case A::kReject:
      return "reject";
    case A::kRevise:
      return "revise";
    case A::kCancel:
      return "cancel";
  }
  return "";
}

std::optional<VoucherState> StateAfter(VoucherState state, VoucherAction action) {
  for (const AllowedMove& move : kMoves) {
    if (move.from == state && move.action == action) return move.to;
  }
  return std::nullopt;
}

absl::StatusOr<VoucherState> Move(VoucherState state, VoucherAction action) {
  if (const std::optional<VoucherState> to = StateAfter(state, action)) return *to;
  std::string allowed;
  for (const AllowedMove& move : kMoves) {
    if (move.action == action) {
      absl::StrAppend(&allowed, allowed.empty() ? "" : ", ", StateWord(move.from));
    }
  }
  return FailedPrecondition("VOUCHER_STATE", "state",
                            absl::StrCat("the voucher is ", StateWord(state), "; to ",
                                         ActionWord(action), " it, it must be one of: ", allowed));
}

}  // namespace lumbung::vouchers
