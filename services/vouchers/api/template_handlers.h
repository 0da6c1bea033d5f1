// Templates, and the vouchers that come of them.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_TEMPLATE_HANDLERS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_TEMPLATE_HANDLERS_H_

#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/call_scope.h"
#include "services/vouchers/api/voucher_access.h"

namespace lumbung::vouchers::api {

class TemplateHandlers {
 public:
  explicit TemplateHandlers(const VoucherAccess* access) : access_(access) {}

  absl::StatusOr<v1::VoucherTemplate> CreateVoucherTemplate(
      CallScope& call, const v1::CreateVoucherTemplateRequest& request);
  absl::StatusOr<v1::VoucherTemplate> UpdateVoucherTemplate(
      CallScope& call, const v1::UpdateVoucherTemplateRequest& request);
  absl::StatusOr<v1::ListVoucherTemplatesResponse> ListVoucherTemplates(
      CallScope& call, const v1::ListVoucherTemplatesRequest& request);
  absl::StatusOr<v1::Voucher> CreateVoucherFromTemplate(
      CallScope& call, const v1::CreateVoucherFromTemplateRequest& request);
  absl::StatusOr<v1::CreateDueVouchersResponse> CreateDueVouchers(
      CallScope& call, const v1::CreateDueVouchersRequest& request);

 private:
  const VoucherAccess* const access_;
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_TEMPLATE_HANDLERS_H_
