// What may happen to a voucher in which state: one table, which everything else asks.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_MOVES_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_MOVES_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

// The numbers are those stored in the history of a voucher; they never change.
enum class VoucherAction : std::int16_t {
  kCreate = 1,
  kUpdate = 2,
  kAttach = 3,
  kDetach = 4,
  kSubmit = 5,
  // One approval of several.
  kApprove = 6,
  // The approval after which none is missing.
  kApproveFinally = 7,
  kPost = 8,
  kReject = 9,
  // Back to a draft, to be mended.
  kRevise = 10,
  kCancel = 11,
};

absl::string_view ActionWord(VoucherAction action);

// Where the action leads from the state, or nothing when it is not allowed there.
std::optional<VoucherState> StateAfter(VoucherState state, VoucherAction action);

// The same, refusing with VOUCHER_STATE (FAILED_PRECONDITION, at `state`).
absl::StatusOr<VoucherState> Move(VoucherState state, VoucherAction action);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_MOVES_H_
