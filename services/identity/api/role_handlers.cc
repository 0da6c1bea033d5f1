#include "services/identity/api/role_handlers.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/identity/api/conversion.h"
#include "services/identity/domain/grant_scope.h"
#include "services/identity/domain/role_permissions.h"
#include "services/identity/store/audit_trail.h"

namespace lumbung::identity {
namespace {

absl::StatusOr<Role> RoleFromProto(const std::string& name) {
  const std::optional<Role> role = RoleNamed(name);
  if (role && *role != Role::kPlatformOperator) return *role;
  std::vector<absl::string_view> names;
  for (const Role known : AllRoles()) {
    if (known != Role::kPlatformOperator) names.push_back(NameOf(known));
  }
  return InvalidArgument(
      "UNKNOWN_ROLE", "role",
      absl::StrCat("found \"", name.substr(0, 100), "\"; there are ", absl::StrJoin(names, ", ")));
}

absl::StatusOr<std::optional<Date>> DateFrom(const std::string& text, const char* field) {
  if (text.empty()) return std::optional<Date>();
  absl::StatusOr<Date> date = Date::Parse(text);
  if (!date.ok()) return PrefixField(date.status(), field);
  return std::optional<Date>(*date);
}

absl::StatusOr<std::int64_t> GrantIdFrom(const std::string& name) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"roleGrants"}, "name"));
  std::int64_t id = 0;
  if (!absl::SimpleAtoi(ids[0], &id)) {
    return InvalidArgument("INVALID_NAME", "name", "the id of a grant is a number");
  }
  return id;
}

absl::Status Conflict(absl::string_view user_name, Role held, Role wanted) {
  return FailedPrecondition(
      "CONFLICTING_ROLES", "role",
      absl::StrCat(user_name, " is ", NameOf(held), ", and nobody may be ", NameOf(wanted),
                   " as well, unless the organization's settings say that it is small"));
}

// That nobody holds two roles of which one checks the other.
absl::Status CheckNobodyConflicts(store::TransactionScope& scope, Date today) {
  std::map<std::string, std::vector<Role>> held;
  GrantFilter filter;
  for (std::vector<StoredGrant> page; filter.after == 0 || !page.empty();) {
    page = ListGrants(scope, filter);
    for (const StoredGrant& grant : page) {
      filter.after = grant.grant_id;
      const std::optional<Role> role = RoleNamed(grant.role);
      if (!role || (grant.ends_on && *grant.ends_on < today)) continue;
      std::vector<Role>& others = held[grant.user_name];
      for (const Role other : others) {
        if (AreConflicting(other, *role)) return Conflict(grant.user_name, other, *role);
      }
      others.push_back(*role);
    }
    if (page.empty()) break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<NewGrant> RoleHandlers::GrantFromProto(const CallScope& call,
                                                      const v1::GrantRoleRequest& request) const {
  NewGrant grant;
  LUMBUNG_ASSIGN_OR_RETURN(grant.role, RoleFromProto(request.role()));
  LUMBUNG_ASSIGN_OR_RETURN(const GrantScope where, ParseGrantScope(request.scope(), "scope"));
  if (grant.role == Role::kOrganizationAdmin && !where.IsWholeOrganization()) {
    return InvalidArgument("INVALID_SCOPE", "scope",
                           "an administrator administers the whole organization");
  }
  if (grant.role != Role::kSupervisor && !where.region.empty()) {
    return InvalidArgument("INVALID_SCOPE", "scope", "only supervisors have a region");
  }
  grant.scope = ToString(where);
  LUMBUNG_ASSIGN_OR_RETURN(grant.starts_on, DateFrom(request.start_date(), "start_date"));
  LUMBUNG_ASSIGN_OR_RETURN(grant.ends_on, DateFrom(request.end_date(), "end_date"));
  if (grant.starts_on && grant.ends_on && *grant.ends_on < *grant.starts_on) {
    return InvalidArgument(
        "INVALID_DATE", "end_date",
        absl::StrCat("found ", request.end_date(), ", which is before ", request.start_date()));
  }
  grant.granted_by = call.access.actor;
  return grant;
}

absl::StatusOr<v1::RoleGrant> RoleHandlers::GrantRole(CallScope& call,
                                                      const v1::GrantRoleRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(NewGrant grant, GrantFromProto(call, request));
  absl::StatusOr<v1::RoleGrant> granted = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::RoleGrant> {
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                 FindPerson(scope, request.user_name(), "user_name"));
        if (!ReadSettings(scope).small_organization) {
          for (const Role held : RolesOf(scope, person.person_id, parts_.Today())) {
            if (AreConflicting(held, grant.role)) {
              return Conflict(person.user_name, held, grant.role);
            }
          }
        }
        grant.person_id = person.person_id;
        LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t id, CreateGrant(scope, grant, parts_.now()));
        AdvanceEpoch(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredGrant stored, FindGrant(scope, id));
        v1::RoleGrant proto = GrantToProto(stored);
        audit::Event event = audit::EventOf(call, ResourceName({{"people", person.user_name}}));
        event.after = JsonOf(proto);
        audit::Record(scope, event);
        return proto;
      });
  parts_.on_access_changed();
  return granted;
}

absl::StatusOr<v1::RoleGrant> RoleHandlers::RevokeRole(CallScope& call,
                                                       const v1::RevokeRoleRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t id, GrantIdFrom(request.name()));
  absl::StatusOr<v1::RoleGrant> revoked = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::RoleGrant> {
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        LUMBUNG_ASSIGN_OR_RETURN(const StoredGrant before, FindGrant(scope, id));
        if (before.revoked_at) {
          return FailedPrecondition("ALREADY_REVOKED", "name", "the grant was revoked before");
        }
        if (before.role == NameOf(Role::kOrganizationAdmin) &&
            CountOtherAdministrators(scope, before.person_id, parts_.Today()) == 0) {
          return FailedPrecondition("LAST_ADMINISTRATOR", "name",
                                    "nobody else administers the organization; make another "
                                    "person an organization_admin first");
        }
        RevokeGrant(scope, id, call.access.actor, parts_.now());
        AdvanceEpoch(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredGrant after, FindGrant(scope, id));
        v1::RoleGrant proto = GrantToProto(after);
        audit::Event event = audit::EventOf(call, ResourceName({{"people", before.user_name}}));
        event.before = JsonOf(GrantToProto(before));
        event.after = JsonOf(proto);
        audit::Record(scope, event);
        return proto;
      });
  parts_.on_access_changed();
  return revoked;
}

absl::StatusOr<v1::ListRoleGrantsResponse> RoleHandlers::ListRoleGrants(
    CallScope& call, const v1::ListRoleGrantsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  GrantFilter filter{request.user_name(), request.show_revoked(), 0, size + 1};
  if (!after.empty() && !absl::SimpleAtoi(after, &filter.after)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<StoredGrant> found,
      WithPeople(parts_, call, store::Access::kReadOnly,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredGrant>> {
                   return ListGrants(scope, filter);
                 }));
  v1::ListRoleGrantsResponse response;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (response.role_grants_size() == size) {
      response.set_next_page_token(MakePageToken(request, absl::StrCat(found[i - 1].grant_id)));
      break;
    }
    *response.add_role_grants() = GrantToProto(found[i]);
  }
  return response;
}

absl::StatusOr<v1::OrganizationSettings> RoleHandlers::GetOrganizationSettings(
    CallScope& call, const v1::GetOrganizationSettingsRequest&) {
  return WithPeople(parts_, call, store::Access::kReadOnly,
                    [](store::TransactionScope& scope) -> absl::StatusOr<v1::OrganizationSettings> {
                      return SettingsToProto(ReadSettings(scope));
                    });
}

absl::StatusOr<v1::OrganizationSettings> RoleHandlers::UpdateOrganizationSettings(
    CallScope& call, const v1::UpdateOrganizationSettingsRequest& request) {
  if (request.update_paths().empty()) {
    return InvalidArgument("EMPTY_UPDATE", "update_paths",
                           "name what to change: small_organization, region_code");
  }
  absl::StatusOr<v1::OrganizationSettings> updated = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::OrganizationSettings> {
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        const OrganizationSettings before = ReadSettings(scope);
        OrganizationSettings after = before;
        for (const std::string& path : request.update_paths()) {
          if (path == "small_organization") {
            after.small_organization = request.settings().small_organization();
          } else if (path == "region_code") {
            after.region_code = request.settings().region_code();
          } else {
            return InvalidArgument(
                "UNKNOWN_FIELD", "update_paths",
                absl::StrCat("found \"", path.substr(0, 100),
                             "\"; small_organization and region_code can be changed"));
          }
        }
        if (!after.region_code.empty()) {
          LUMBUNG_RETURN_IF_ERROR(ValidateRegion(after.region_code, "settings.region_code"));
        }
        if (before.small_organization && !after.small_organization) {
          LUMBUNG_RETURN_IF_ERROR(CheckNobodyConflicts(scope, parts_.Today()));
        }
        WriteSettings(scope, after);
        AdvanceEpoch(scope);
        audit::Event event =
            audit::EventOf(call, ResourceName({{"organizations", call.access.organization}}));
        event.before = JsonOf(SettingsToProto(before));
        event.after = JsonOf(SettingsToProto(after));
        audit::Record(scope, event);
        return SettingsToProto(after);
      });
  parts_.on_access_changed();
  return updated;
}

}  // namespace lumbung::identity
