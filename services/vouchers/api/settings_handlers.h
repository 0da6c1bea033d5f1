// What an organization lays down about vouchers: approval policies, deputies and numbers.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_SETTINGS_HANDLERS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_SETTINGS_HANDLERS_H_

#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/call_scope.h"
#include "services/vouchers/api/voucher_access.h"

namespace lumbung::vouchers::api {

class SettingsHandlers {
 public:
  explicit SettingsHandlers(const VoucherAccess* access) : access_(access) {}

  absl::StatusOr<v1::ApprovalPolicy> CreateApprovalPolicy(
      CallScope& call, const v1::CreateApprovalPolicyRequest& request);
  absl::StatusOr<v1::ListApprovalPoliciesResponse> ListApprovalPolicies(
      CallScope& call, const v1::ListApprovalPoliciesRequest& request);
  absl::StatusOr<v1::ApprovalPolicy> EndApprovalPolicy(CallScope& call,
                                                       const v1::EndApprovalPolicyRequest& request);
  absl::StatusOr<v1::Deputy> CreateDeputy(CallScope& call, const v1::CreateDeputyRequest& request);
  absl::StatusOr<v1::ListDeputiesResponse> ListDeputies(CallScope& call,
                                                        const v1::ListDeputiesRequest& request);
  absl::StatusOr<v1::Deputy> EndDeputy(CallScope& call, const v1::EndDeputyRequest& request);
  absl::StatusOr<v1::NumberSeries> SaveNumberSeries(CallScope& call,
                                                    const v1::SaveNumberSeriesRequest& request);
  absl::StatusOr<v1::ListNumberSeriesResponse> ListNumberSeries(
      CallScope& call, const v1::ListNumberSeriesRequest& request);

 private:
  const VoucherAccess* const access_;
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_SETTINGS_HANDLERS_H_
