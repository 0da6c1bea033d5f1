#include "services/identity/store/caller_store.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"
#include "services/identity/domain/grant_scope.h"
#include "services/identity/domain/role_permissions.h"
#include "services/identity/domain/secrets.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "services/identity/store/session_store.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

// Writing it at every call would make readers writers.
constexpr absl::Duration kUseIsNotedEvery = absl::Minutes(1);

constexpr Statement kFindSession = {
    "identity_find_session",
    "select a.person_id, a.user_name, a.must_change_password and not s.by_server, p.disabled, "
    "s.ended_at is not null, (extract(epoch from s.last_used_at) * 1000000)::bigint, "
    "(extract(epoch from s.expires_at) * 1000000)::bigint "
    "from identity.session s join identity.account a on a.account_id = s.account_id "
    "join identity.person p on p.person_id = a.person_id where s.token_hash = $1"};
constexpr Statement kTouchSession = {
    "identity_touch_session",
    "update identity.session set last_used_at = $2 where token_hash = $1 and last_used_at < $2"};

#define LUMBUNG_KEY_COLUMNS                                                     \
  "select k.organization_id, o.slug, k.secret_hash, k.person_id, p.disabled, "  \
  "array_to_string(k.roles, ','), k.scope, k.revoked_at is not null, "          \
  "(extract(epoch from k.expires_at) * 1000000)::bigint, "                      \
  "coalesce((extract(epoch from k.last_used_at) * 1000000)::bigint, 0), "       \
  "k.prefix, coalesce(encode(k.certificate_hash, 'hex'), '') "                  \
  "from identity.api_key k join ledger.organization o using (organization_id) " \
  "join identity.person p on p.person_id = k.person_id "
constexpr Statement kPresentKey = {"identity_present_key",
                                   "select set_config('lumbung.api_key', $1, true)"};
constexpr Statement kFindPresentedKey = {"identity_find_presented_key",
                                         LUMBUNG_KEY_COLUMNS "where k.prefix = $1"};
constexpr Statement kPresentCertificate = {"identity_present_certificate",
                                           "select set_config('lumbung.certificate', $1, true)"};
constexpr Statement kFindByCertificate = {
    "identity_find_key_by_certificate",
    LUMBUNG_KEY_COLUMNS "where k.certificate_hash = decode($1, 'hex') and k.revoked_at is null"};
#undef LUMBUNG_KEY_COLUMNS
constexpr Statement kTouchKey = {
    "identity_touch_key",
    "update identity.api_key set last_used_at = $3 "
    "where organization_id = $1 and prefix = $2 and coalesce(last_used_at, '-infinity') < $3"};

constexpr Statement kPresentPerson = {"identity_present_person",
                                      "select set_config('lumbung.person_id', $1, true)"};
constexpr Statement kGrants = {
    "identity_grants_of_caller",
    "select g.organization_id, o.slug, g.role, g.scope "
    "from identity.role_grant g join ledger.organization o using (organization_id) "
    "where g.person_id = $1 and g.revoked_at is null and g.starts_on <= $2::date "
    "and g.ends_on >= $2::date order by o.slug, g.grant_id"};

absl::Status Unauthenticated(absl::string_view reason, absl::string_view message) {
  return Refusal(absl::StatusCode::kUnauthenticated, reason, "", message);
}

struct HeldRole {
  OrganizationId organization{};
  std::string slug;
  Role role;
  GrantScope scope;
};

std::string Today(absl::Time now) {
  return absl::FormatTime("%Y-%m-%d", now, absl::UTCTimeZone());
}

std::vector<HeldRole> RolesHeld(store::TransactionScope& scope, std::int64_t person_id,
                                absl::Time now) {
  scope.Execute(kPresentPerson, absl::StrCat(person_id));
  std::vector<HeldRole> held;
  for (const pqxx::row& row : scope.Execute(kGrants, person_id, Today(now))) {
    const std::optional<Role> role = RoleNamed(row[2].c_str());
    const absl::StatusOr<GrantScope> where = ParseGrantScope(row[3].c_str(), "");
    // What this program does not know gives nothing.
    if (!role || !where.ok()) continue;
    held.push_back({store::StoredId<OrganizationId>(row[0]), row[1].c_str(), *role, *where});
  }
  return held;
}

Grant GrantOf(Role role, const GrantScope& scope) {
  return {std::string(NameOf(role)), scope.book, scope.fund, PermissionsOf(role)};
}

// The grants in the organization that the call names, and the organizations there are for the
// person. Of an API key only some roles count, and at most within its own scope.
struct KeyLimits {
  std::vector<std::string> roles;
  GrantScope scope;
};

std::optional<GrantScope> Narrowed(const GrantScope& held, const GrantScope& limit) {
  if (Covers(limit, held)) return held;
  if (Covers(held, limit)) return limit;
  return std::nullopt;
}

void AddRoles(store::TransactionScope& scope, const std::vector<HeldRole>& held,
              const std::optional<KeyLimits>& limits, AccessContext* access) {
  std::optional<std::string> region_code;
  for (const HeldRole& role : held) {
    if (access->memberships.empty() || access->memberships.back() != role.slug) {
      access->memberships.push_back(role.slug);
    }
    if (role.slug != access->organization) continue;
    access->organization_id = role.organization;
    std::optional<GrantScope> where = role.scope;
    if (limits) {
      const std::vector<std::string>& roles = limits->roles;
      if (std::find(roles.begin(), roles.end(), NameOf(role.role)) == roles.end()) continue;
      where = Narrowed(role.scope, limits->scope);
    }
    if (!where) continue;
    if (!where->region.empty()) {
      if (!region_code) {
        store::EnterOrganization(scope, role.organization);
        region_code = ReadSettings(scope).region_code;
      }
      if (!IsInRegion(*region_code, where->region)) continue;
      where = GrantScope();
    }
    access->grants.push_back(GrantOf(role.role, *where));
  }
}

absl::Status FillPerson(store::TransactionScope& scope, std::int64_t person_id,
                        AccessContext* access) {
  LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person, FindPersonById(scope, person_id));
  access->person = person.person_id;
  access->actor = person.user_name;
  access->display_name = person.display_name;
  access->platform_operator = person.platform_operator;
  return absl::OkStatus();
}

absl::StatusOr<FoundCaller> FromSession(store::TransactionScope& scope,
                                        const Credentials& credentials, absl::Time now) {
  const std::string hash = Sha256(credentials.token);
  const pqxx::result rows = scope.Execute(kFindSession, pqxx::binarystring(hash));
  if (rows.empty()) {
    return Unauthenticated("SIGN_IN_REQUIRED", "the token is none of this server's; sign in");
  }
  const pqxx::row& row = rows[0];
  const absl::Time last_used = StoredTime(row[5]);
  const absl::Time expires = StoredTime(row[6]);
  if (row[3].as<bool>() || row[4].as<bool>()) {
    return Unauthenticated("CREDENTIALS_REVOKED", "this session was ended; sign in again");
  }
  if (now >= expires || now >= last_used + kSessionIdleTime) {
    return Unauthenticated("SESSION_EXPIRED", "the session is over; sign in again");
  }
  FoundCaller caller;
  AccessContext& access = caller.access;
  LUMBUNG_RETURN_IF_ERROR(FillPerson(scope, row[0].as<std::int64_t>(), &access));
  access.account = row[1].c_str();
  access.session = hash;
  access.must_change_password = row[2].as<bool>();
  access.organization = credentials.organization;
  caller.good_until = std::min(expires, now + kSessionIdleTime);
  if (now - last_used >= kUseIsNotedEvery) {
    scope.Execute(kTouchSession, pqxx::binarystring(hash), TimeText(now));
  }
  // A call is for an organization or for the platform, never both.
  if (access.platform_operator && access.organization.empty()) {
    access.grants.push_back(GrantOf(Role::kPlatformOperator, {}));
  }
  AddRoles(scope, RolesHeld(scope, access.person, now), std::nullopt, &access);
  return caller;
}

// The row of a key that was proved, by its secret or by a certificate, as the caller that it makes.
absl::StatusOr<FoundCaller> FromKeyRow(store::TransactionScope& scope, const pqxx::row& row,
                                       const Credentials& credentials, absl::Time now);

absl::StatusOr<FoundCaller> FromApiKey(store::TransactionScope& scope,
                                       const Credentials& credentials, absl::Time now) {
  const std::optional<ApiKeyParts> key = ParseApiKey(credentials.token);
  const absl::Status unknown =
      Unauthenticated("SIGN_IN_REQUIRED", "the API key is none of this server's");
  if (!key) return unknown;
  scope.Execute(kPresentKey, key->prefix);
  const pqxx::result rows = scope.Execute(kFindPresentedKey, key->prefix);
  const std::string hash = Sha256(key->secret);
  const auto match = std::find_if(rows.begin(), rows.end(), [&hash](const pqxx::row& row) {
    return AreEqualSecrets(pqxx::binarystring(row[2]).str(), hash);
  });
  if (match == rows.end()) return unknown;
  const std::string bound_to = (*match)[11].c_str();
  if (!bound_to.empty() && bound_to != credentials.client_certificate) {
    return Unauthenticated("CERTIFICATE_REQUIRED",
                           "this API key works only where the certificate that it is bound to is "
                           "shown");
  }
  return FromKeyRow(scope, *match, credentials, now);
}

absl::StatusOr<FoundCaller> FromCertificate(store::TransactionScope& scope,
                                            const Credentials& credentials, absl::Time now) {
  scope.Execute(kPresentCertificate, credentials.client_certificate);
  const pqxx::result rows = scope.Execute(kFindByCertificate, credentials.client_certificate);
  const std::string& organization = credentials.organization;
  const auto match = std::find_if(rows.begin(), rows.end(), [&](const pqxx::row& row) {
    return organization.empty() ? rows.size() == 1 : organization == row[1].c_str();
  });
  if (match == rows.end()) {
    return Unauthenticated("SIGN_IN_REQUIRED",
                           "no API key of this organization is bound to this certificate");
  }
  return FromKeyRow(scope, *match, credentials, now);
}

absl::StatusOr<FoundCaller> FromKeyRow(store::TransactionScope& scope, const pqxx::row& row,
                                       const Credentials& credentials, absl::Time now) {
  const std::string prefix = row[10].c_str();
  const absl::Time expires = StoredTime(row[8]);
  if (row[4].as<bool>() || row[7].as<bool>()) {
    return Unauthenticated("CREDENTIALS_REVOKED", "this API key was revoked");
  }
  if (now >= expires) return Unauthenticated("SESSION_EXPIRED", "the API key has expired");
  LUMBUNG_ASSIGN_OR_RETURN(GrantScope limit, ParseGrantScope(row[6].c_str(), ""));
  const auto organization = store::StoredId<OrganizationId>(row[0]);
  const std::string slug = row[1].c_str();
  FoundCaller caller;
  AccessContext& access = caller.access;
  LUMBUNG_RETURN_IF_ERROR(FillPerson(scope, row[3].as<std::int64_t>(), &access));
  access.platform_operator = false;
  access.account = absl::StrCat("apiKeys/", prefix);
  // A key belongs to one organization, which need not be named.
  access.organization = credentials.organization.empty() ? slug : credentials.organization;
  caller.good_until = expires;
  std::vector<HeldRole> held = RolesHeld(scope, access.person, now);
  held.erase(std::remove_if(held.begin(), held.end(),
                            [organization](const HeldRole& role) {
                              return role.organization != organization;
                            }),
             held.end());
  const KeyLimits limits{absl::StrSplit(row[5].c_str(), ',', absl::SkipEmpty()), std::move(limit)};
  const bool note = now - StoredTime(row[9]) >= kUseIsNotedEvery;
  AddRoles(scope, held, limits, &access);
  if (note) {
    store::EnterOrganization(scope, organization);
    scope.Execute(kTouchKey, ToInteger(organization), prefix, TimeText(now));
  }
  return caller;
}

}  // namespace

absl::StatusOr<FoundCaller> FindCaller(store::TransactionScope& scope,
                                       const Credentials& credentials, absl::Time now) {
  if (credentials.token.empty() && credentials.client_certificate.empty()) {
    return Unauthenticated("SIGN_IN_REQUIRED",
                           "the call must carry `authorization: Bearer` and a token; sign in with "
                           "`lumbung login`");
  }
  absl::StatusOr<FoundCaller> caller =
      credentials.token.empty()            ? FromCertificate(scope, credentials, now)
      : LooksLikeApiKey(credentials.token) ? FromApiKey(scope, credentials, now)
                                           : FromSession(scope, credentials, now);
  if (caller.ok()) caller->access.from_address = credentials.from_address;
  return caller;
}

}  // namespace lumbung::identity
