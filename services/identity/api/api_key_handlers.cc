#include "services/identity/api/api_key_handlers.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/identity/api/conversion.h"
#include "services/identity/domain/grant_scope.h"
#include "services/identity/domain/role_permissions.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"

namespace lumbung::identity {
namespace {

constexpr absl::Duration kUsualKeyLife = absl::Hours(24 * 365);

bool IsSha256(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), absl::ascii_isxdigit);
}

}  // namespace

absl::StatusOr<NewApiKeyRow> ApiKeyHandlers::RowFromProto(
    const CallScope& call, const v1::CreateApiKeyRequest& request) const {
  NewApiKeyRow row;
  LUMBUNG_RETURN_IF_ERROR(ValidateName(request.display_name(), "display_name"));
  row.display_name = request.display_name();
  for (const std::string& role : request.roles()) {
    if (!RoleNamed(role)) {
      return InvalidArgument("UNKNOWN_ROLE", "roles",
                             absl::StrCat("there is no role \"", role.substr(0, 100), "\""));
    }
    if (std::count(row.roles.begin(), row.roles.end(), role) == 0) row.roles.push_back(role);
  }
  if (row.roles.empty()) {
    return InvalidArgument("UNKNOWN_ROLE", "roles", "name at least one role for the key");
  }
  LUMBUNG_ASSIGN_OR_RETURN(const GrantScope where, ParseGrantScope(request.scope(), "scope"));
  if (!where.region.empty()) {
    return InvalidArgument("INVALID_SCOPE", "scope", "a key works within one organization");
  }
  row.scope = ToString(where);
  row.created_by = call.access.actor;
  row.created_at = parts_.now();
  row.expires_at = row.created_at + kUsualKeyLife;
  if (request.has_expire_time()) {
    row.expires_at = absl::FromUnixSeconds(request.expire_time().seconds());
  }
  if (row.expires_at <= row.created_at || row.expires_at > row.created_at + kLongestKeyLife) {
    return InvalidArgument("INVALID_EXPIRY", "expire_time",
                           "a key is good for at most a year from now");
  }
  row.certificate_hash = absl::AsciiStrToLower(request.certificate_sha256());
  if (!row.certificate_hash.empty() && !IsSha256(row.certificate_hash)) {
    return InvalidArgument("INVALID_CERTIFICATE", "certificate_sha256",
                           "64 hexadecimal digits are expected");
  }
  return row;
}

absl::StatusOr<v1::CreateApiKeyResponse> ApiKeyHandlers::CreateApiKey(
    CallScope& call, const v1::CreateApiKeyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(NewApiKeyRow row, RowFromProto(call, request));
  const ApiKeyParts key = NewApiKey(parts_.random);
  row.prefix = key.prefix;
  row.secret_hash = Sha256(key.secret);
  const std::string user_name =
      request.user_name().empty() ? call.access.actor : request.user_name();
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::ApiKey created,
      WithPeople(parts_, call, store::Access::kReadWrite,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ApiKey> {
                   LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
                   LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                            FindPerson(scope, user_name, "user_name"));
                   const std::vector<Role> held = RolesOf(scope, person.person_id, parts_.Today());
                   for (const std::string& role : row.roles) {
                     if (std::count(held.begin(), held.end(), *RoleNamed(role)) == 0) {
                       return FailedPrecondition(
                           "ROLE_NOT_HELD", "roles",
                           absl::StrCat(user_name, " is not ", role, " in this organization"));
                     }
                   }
                   row.person_id = person.person_id;
                   LUMBUNG_RETURN_IF_ERROR(identity::CreateApiKey(scope, row));
                   LUMBUNG_ASSIGN_OR_RETURN(const StoredApiKey stored,
                                            FindApiKey(scope, row.prefix));
                   v1::ApiKey proto = ApiKeyToProto(stored);
                   audit::Event event = audit::EventOf(call, proto.name());
                   event.after = JsonOf(proto);
                   audit::Record(scope, event);
                   return proto;
                 }));
  v1::CreateApiKeyResponse response;
  *response.mutable_api_key() = created;
  response.set_key(ToString(key));
  return response;
}

absl::StatusOr<v1::ListApiKeysResponse> ApiKeyHandlers::ListApiKeys(
    CallScope& call, const v1::ListApiKeysRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<StoredApiKey> found,
      WithPeople(parts_, call, store::Access::kReadOnly,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredApiKey>> {
                   return identity::ListApiKeys(scope, after, size + 1);
                 }));
  v1::ListApiKeysResponse response;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (response.api_keys_size() == size) {
      response.set_next_page_token(MakePageToken(request, found[i - 1].prefix));
      break;
    }
    *response.add_api_keys() = ApiKeyToProto(found[i]);
  }
  return response;
}

absl::StatusOr<v1::ApiKey> ApiKeyHandlers::RevokeApiKey(CallScope& call,
                                                        const v1::RevokeApiKeyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"apiKeys"}, "name"));
  absl::StatusOr<v1::ApiKey> revoked = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ApiKey> {
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        LUMBUNG_ASSIGN_OR_RETURN(StoredApiKey key, FindApiKey(scope, ids[0]));
        if (key.revoked_at) {
          return FailedPrecondition("ALREADY_REVOKED", "name", "the key was revoked before");
        }
        const std::string before = JsonOf(ApiKeyToProto(key));
        identity::RevokeApiKey(scope, ids[0], parts_.now());
        AdvanceEpoch(scope);
        key.revoked_at = parts_.now();
        v1::ApiKey proto = ApiKeyToProto(key);
        audit::Event event = audit::EventOf(call, proto.name());
        event.before = before;
        event.after = JsonOf(proto);
        audit::Record(scope, event);
        return proto;
      });
  parts_.on_access_changed();
  return revoked;
}

}  // namespace lumbung::identity
