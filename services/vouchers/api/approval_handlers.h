// What happens to a voucher after it is written: submission, approval, posting, rejection, return
// to its maker, cancellation. Each runs in one database transaction that locks the voucher's row
// first; of several at once, the first decides and the others see what it did.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_APPROVAL_HANDLERS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_APPROVAL_HANDLERS_H_

#include <functional>

#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/call_scope.h"
#include "services/vouchers/api/voucher_access.h"

namespace lumbung::vouchers::api {

class ApprovalHandlers {
 public:
  explicit ApprovalHandlers(const VoucherAccess* access) : access_(access) {}

  absl::StatusOr<v1::Voucher> SubmitVoucher(CallScope& call,
                                            const v1::SubmitVoucherRequest& request);
  absl::StatusOr<v1::Voucher> ApproveVoucher(CallScope& call,
                                             const v1::ApproveVoucherRequest& request);
  absl::StatusOr<v1::Voucher> PostVoucher(CallScope& call, const v1::PostVoucherRequest& request);
  absl::StatusOr<v1::Voucher> RejectVoucher(CallScope& call,
                                            const v1::RejectVoucherRequest& request);
  absl::StatusOr<v1::Voucher> ReviseVoucher(CallScope& call,
                                            const v1::ReviseVoucherRequest& request);
  absl::StatusOr<v1::Voucher> CancelVoucher(CallScope& call,
                                            const v1::CancelVoucherRequest& request);

 private:
  // Runs `change(scope, book, caller, voucher)` on the locked voucher that the request names, and
  // shows what has become of it.
  template <typename Request, typename ChangeVoucher>
  absl::StatusOr<v1::Voucher> OnVoucher(CallScope& call, const Request& request,
                                        const ChangeVoucher& change);

  const VoucherAccess* const access_;
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_APPROVAL_HANDLERS_H_
