// Writing, reading and listing vouchers.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_HANDLERS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/call_scope.h"
#include "services/vouchers/api/voucher_access.h"

namespace lumbung::vouchers::api {

class VoucherHandlers {
 public:
  explicit VoucherHandlers(const VoucherAccess* access) : access_(access) {}

  absl::StatusOr<v1::Voucher> CreateVoucher(CallScope& call,
                                            const v1::CreateVoucherRequest& request);
  absl::StatusOr<v1::Voucher> UpdateVoucher(CallScope& call,
                                            const v1::UpdateVoucherRequest& request);
  absl::StatusOr<v1::Voucher> GetVoucher(CallScope& call, const v1::GetVoucherRequest& request);
  absl::StatusOr<v1::ListVouchersResponse> ListVouchers(CallScope& call,
                                                        const v1::ListVouchersRequest& request);
  absl::StatusOr<v1::ListVoucherEventsResponse> ListVoucherEvents(
      CallScope& call, const v1::ListVoucherEventsRequest& request);

 private:
  const VoucherAccess* const access_;
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_HANDLERS_H_
