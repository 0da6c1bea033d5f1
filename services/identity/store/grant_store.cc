#include "services/identity/store/grant_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"
#include "services/identity/store/people_store.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

constexpr Statement kCreateGrant = {
    "identity_create_grant",
    "insert into identity.role_grant "
    "(organization_id, person_id, role, scope, starts_on, ends_on, granted_by, granted_at) "
    "values ($1, $2, $3, $4, $5::date, $6::date, $7, $8) "
    "on conflict (organization_id, person_id, role, scope) where revoked_at is null do nothing "
    "returning grant_id"};

#define LUMBUNG_GRANT_QUERY                                                                     \
  "select g.grant_id, g.person_id, a.user_name, g.role, g.scope, "                              \
  "nullif(g.starts_on::text, '-infinity'), nullif(g.ends_on::text, 'infinity'), g.granted_by, " \
  "(extract(epoch from g.granted_at) * 1000000)::bigint, "                                      \
  "(extract(epoch from g.revoked_at) * 1000000)::bigint "                                       \
  "from identity.role_grant g "                                                                 \
  "join identity.account a on a.person_id = g.person_id and a.kind = 1 "                        \
  "where g.organization_id = $1 "

constexpr Statement kFindGrant = {"identity_find_grant", LUMBUNG_GRANT_QUERY "and g.grant_id = $2"};
constexpr Statement kListGrants = {
    "identity_list_grants", LUMBUNG_GRANT_QUERY
    "and g.grant_id > $2 and ($3 = '' or a.user_name = $3) and ($4 or g.revoked_at is null) "
    "order by g.grant_id limit $5"};
#undef LUMBUNG_GRANT_QUERY

constexpr Statement kRevokeGrant = {
    "identity_revoke_grant",
    "update identity.role_grant set revoked_by = $3, revoked_at = $4 "
    "where organization_id = $1 and grant_id = $2 and revoked_at is null"};
constexpr Statement kRoles = {
    "identity_roles_of",
    "select distinct role from identity.role_grant "
    "where organization_id = $1 and person_id = $2 and revoked_at is null and ends_on >= $3::date "
    "order by role"};
constexpr Statement kHoldsRole = {
    "identity_holds_role",
    "select 1 from identity.role_grant where organization_id = $1 and person_id = $2 and role = $3 "
    "and scope in ('', 'books/' || $4) and revoked_at is null "
    "and starts_on <= $5::date and ends_on >= $5::date limit 1"};
constexpr Statement kOtherAdministrators = {
    "identity_other_administrators",
    "select count(distinct g.person_id) from identity.role_grant g "
    "join identity.person p on p.person_id = g.person_id and not p.disabled "
    "where g.organization_id = $1 and g.person_id <> $2 and g.role = 'organization_admin' "
    "and g.revoked_at is null and g.starts_on <= $3::date and g.ends_on >= $3::date"};

constexpr Statement kReadSettings = {
    "identity_read_settings",
    "select small_organization, region_code from identity.organization_setting "
    "where organization_id = $1"};
constexpr Statement kWriteSettings = {
    "identity_write_settings",
    "insert into identity.organization_setting (organization_id, small_organization, region_code) "
    "values ($1, $2, $3) on conflict on constraint organization_setting_pkey do update "
    "set small_organization = excluded.small_organization, region_code = excluded.region_code"};

// What PostgreSQL printed was a date when it was stored.
std::optional<Date> DateOf(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return Date::Parse(field.c_str()).value_or(Date());
}

StoredGrant StoredGrantOf(const pqxx::row& row) {
  StoredGrant grant;
  grant.grant_id = row[0].as<std::int64_t>();
  grant.person_id = row[1].as<std::int64_t>();
  grant.user_name = row[2].c_str();
  grant.role = row[3].c_str();
  grant.scope = row[4].c_str();
  grant.starts_on = DateOf(row[5]);
  grant.ends_on = DateOf(row[6]);
  grant.granted_by = row[7].c_str();
  grant.granted_at = StoredTime(row[8]);
  if (!row[9].is_null()) grant.revoked_at = StoredTime(row[9]);
  return grant;
}

}  // namespace

absl::StatusOr<std::int64_t> CreateGrant(store::TransactionScope& scope, const NewGrant& grant,
                                         absl::Time now) {
  const pqxx::result rows = scope.Execute(
      kCreateGrant, scope.organization_number(), grant.person_id, std::string(NameOf(grant.role)),
      grant.scope, grant.starts_on ? grant.starts_on->ToString() : "-infinity",
      grant.ends_on ? grant.ends_on->ToString() : "infinity", grant.granted_by, TimeText(now));
  if (rows.empty()) {
    return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "role",
                   absl::StrCat("the person has the role ", NameOf(grant.role),
                                " with this scope already; revoke that grant first"));
  }
  return rows[0][0].as<std::int64_t>();
}

absl::StatusOr<StoredGrant> FindGrant(store::TransactionScope& scope, std::int64_t grant_id) {
  const pqxx::result rows = scope.Execute(kFindGrant, scope.organization_number(), grant_id);
  if (rows.empty()) return NotFound("NOT_FOUND", "name", "there is no such grant");
  return StoredGrantOf(rows[0]);
}

void RevokeGrant(store::TransactionScope& scope, std::int64_t grant_id,
                 absl::string_view revoked_by, absl::Time now) {
  scope.Execute(kRevokeGrant, scope.organization_number(), grant_id, std::string(revoked_by),
                TimeText(now));
}

std::vector<StoredGrant> ListGrants(store::TransactionScope& scope, const GrantFilter& filter) {
  std::vector<StoredGrant> grants;
  for (const pqxx::row& row : scope.Execute(kListGrants, scope.organization_number(), filter.after,
                                            filter.user_name, filter.revoked_too, filter.limit)) {
    grants.push_back(StoredGrantOf(row));
  }
  return grants;
}

std::vector<Role> RolesOf(store::TransactionScope& scope, std::int64_t person_id, Date today) {
  std::vector<Role> roles;
  for (const pqxx::row& row :
       scope.Execute(kRoles, scope.organization_number(), person_id, today.ToString())) {
    if (const auto role = RoleNamed(row[0].c_str())) roles.push_back(*role);
  }
  return roles;
}

bool HoldsRole(store::TransactionScope& scope, std::int64_t person_id, absl::string_view role,
               absl::string_view book, Date today) {
  return !scope
              .Execute(kHoldsRole, scope.organization_number(), person_id, std::string(role),
                       std::string(book), today.ToString())
              .empty();
}

int CountOtherAdministrators(store::TransactionScope& scope, std::int64_t person_id, Date today) {
  return scope
      .Execute(kOtherAdministrators, scope.organization_number(), person_id, today.ToString())[0][0]
      .as<int>();
}

OrganizationSettings ReadSettings(store::TransactionScope& scope) {
  const pqxx::result rows = scope.Execute(kReadSettings, scope.organization_number());
  if (rows.empty()) return {};
  return {rows[0][0].as<bool>(), rows[0][1].c_str()};
}

void WriteSettings(store::TransactionScope& scope, const OrganizationSettings& settings) {
  scope.Execute(kWriteSettings, scope.organization_number(), settings.small_organization,
                settings.region_code);
}

absl::Status FoundOrganization(store::TransactionScope& scope, std::int64_t person_id,
                               absl::string_view user_name, const OrganizationSettings& settings,
                               absl::Time now) {
  WriteSettings(scope, settings);
  if (person_id == 0) return absl::OkStatus();
  NewGrant grant;
  grant.person_id = person_id;
  grant.role = Role::kOrganizationAdmin;
  grant.granted_by = std::string(user_name);
  LUMBUNG_RETURN_IF_ERROR(CreateGrant(scope, grant, now).status());
  AdvanceEpoch(scope);
  return absl::OkStatus();
}

}  // namespace lumbung::identity
