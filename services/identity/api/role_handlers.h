// The calls with which administrators say who has which role, and what the organization has decided
// about that.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_ROLE_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_ROLE_HANDLERS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/identity/api/parts.h"
#include "services/identity/store/grant_store.h"

namespace lumbung::identity {

class RoleHandlers {
 public:
  explicit RoleHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::RoleGrant> GrantRole(CallScope& call, const v1::GrantRoleRequest& request);
  absl::StatusOr<v1::RoleGrant> RevokeRole(CallScope& call, const v1::RevokeRoleRequest& request);
  absl::StatusOr<v1::ListRoleGrantsResponse> ListRoleGrants(
      CallScope& call, const v1::ListRoleGrantsRequest& request);
  absl::StatusOr<v1::OrganizationSettings> GetOrganizationSettings(
      CallScope& call, const v1::GetOrganizationSettingsRequest& request);
  absl::StatusOr<v1::OrganizationSettings> UpdateOrganizationSettings(
      CallScope& call, const v1::UpdateOrganizationSettingsRequest& request);

 private:
  // The grant that the request describes, but for its person.
  absl::StatusOr<NewGrant> GrantFromProto(const CallScope& call,
                                          const v1::GrantRoleRequest& request) const;

  const Parts parts_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_ROLE_HANDLERS_H_
