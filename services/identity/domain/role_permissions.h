// The one table that decides: which role has which permission. Methods of the API name their
// permission by an option in the .proto files; a role without a row for it is refused.
//
// Roles are additive and inherit nothing from each other. Immutable data; thread-safe.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_ROLE_PERMISSIONS_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_ROLE_PERMISSIONS_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung::identity {

enum class Role {
  kFinanceOfficer,
  kApprover,
  kTreasurer,
  kManager,
  kAuditor,
  kDonor,
  kSupervisor,
  kOrganizationAdmin,
  // Belongs to the server, not to an organization, and is granted to a person as such.
  kPlatformOperator,
};

// Every role, in the order above.
absl::Span<const Role> AllRoles();
// "finance_officer".
absl::string_view NameOf(Role role);
std::optional<Role> RoleNamed(absl::string_view name);

// Every permission there is, in the order of the table.
const std::vector<absl::string_view>& AllPermissions();
bool Has(Role role, absl::string_view permission);
// The permissions of a role. The data lives as long as the program.
absl::Span<const absl::string_view> PermissionsOf(Role role);
// The names of the roles that have the permission.
std::vector<absl::string_view> RolesWith(absl::string_view permission);

// Whether one person must not hold both, because each is there to check the other. Symmetric.
bool AreConflicting(Role a, Role b);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_ROLE_PERMISSIONS_H_
