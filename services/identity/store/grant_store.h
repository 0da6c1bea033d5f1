// Who has which role in an organization, and what the organization has decided about that. In a
// transaction of the organization, with OpenPeople where names are read. What must not change
// between a check and the write after it is held by HoldOrganization.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_GRANT_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_GRANT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/store/transaction.h"
#include "services/identity/domain/role_permissions.h"

namespace lumbung::identity {

struct StoredGrant {
  std::int64_t grant_id = 0;
  std::int64_t person_id = 0;
  std::string user_name;
  std::string role;
  std::string scope;
  // Nothing for no bound.
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
  std::string granted_by;
  absl::Time granted_at;
  std::optional<absl::Time> revoked_at;
};

struct NewGrant {
  std::int64_t person_id = 0;
  Role role = Role::kAuditor;
  std::string scope;
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
  std::string granted_by;
};

// The id. ALREADY_EXISTS when the person has this role with this scope already.
absl::StatusOr<std::int64_t> CreateGrant(store::TransactionScope& scope, const NewGrant& grant,
                                         absl::Time now);
// NOT_FOUND at `name`.
absl::StatusOr<StoredGrant> FindGrant(store::TransactionScope& scope, std::int64_t grant_id);
void RevokeGrant(store::TransactionScope& scope, std::int64_t grant_id,
                 absl::string_view revoked_by, absl::Time now);

struct GrantFilter {
  // Everybody's when empty.
  std::string user_name = "";
  bool revoked_too = false;
  std::int64_t after = 0;
  int limit = 1'000;
};
// By id.
std::vector<StoredGrant> ListGrants(store::TransactionScope& scope, const GrantFilter& filter);

// The roles that the person has or will have: not revoked, not over.
std::vector<Role> RolesOf(store::TransactionScope& scope, std::int64_t person_id, Date today);

// Whether the person has the role today in the whole of the book, by its slug.
bool HoldsRole(store::TransactionScope& scope, std::int64_t person_id, absl::string_view role,
               absl::string_view book, Date today);

// How many people other than this one administer the organization today.
int CountOtherAdministrators(store::TransactionScope& scope, std::int64_t person_id, Date today);

struct OrganizationSettings {
  bool small_organization = false;
  std::string region_code = "";
};
OrganizationSettings ReadSettings(store::TransactionScope& scope);
void WriteSettings(store::TransactionScope& scope, const OrganizationSettings& settings);

// The first grants of an organization that was just created: its founder administers it. Nothing
// for person 0, who is nobody.
absl::Status FoundOrganization(store::TransactionScope& scope, std::int64_t person_id,
                               absl::string_view user_name, const OrganizationSettings& settings,
                               absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_GRANT_STORE_H_
