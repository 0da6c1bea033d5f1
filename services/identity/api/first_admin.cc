#include "services/identity/api/first_admin.h"

#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "services/common/resource_names.h"
#include "services/identity/domain/password_hash.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/people_store.h"
#include "services/identity/store/session_store.h"

namespace lumbung::identity {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);

audit::Event EventOfServer(absl::string_view action, absl::string_view user_name) {
  audit::Event event;
  event.action = std::string(action);
  event.method = "lumbung";
  event.resource = ResourceName({{"people", user_name}});
  return event;
}

struct HashedPassword {
  std::string password;
  std::string hash;
};

absl::StatusOr<HashedPassword> NewPassword(const RandomBytes& random) {
  HashedPassword made;
  made.password = NewOneTimePassword(random);
  char salt[16];
  random(salt, sizeof salt);
  LUMBUNG_ASSIGN_OR_RETURN(made.hash, HashPassword(made.password, salt));
  return made;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> EnsureFirstAdmin(store::ConnectionPool& pool,
                                                            const RandomBytes& random,
                                                            absl::Time now) {
  LUMBUNG_ASSIGN_OR_RETURN(const HashedPassword made, NewPassword(random));
  LUMBUNG_ASSIGN_OR_RETURN(
      const bool created,
      store::InTransaction(pool,
                           {OrganizationId{}, store::Access::kReadWrite, absl::Now() + kPatience},
                           [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                             OpenPeople(scope);
                             if (HasPeople(scope)) return false;
                             // Locks the epoch's row: whoever comes second looks again after the
                             // first is done.
                             AdvanceEpoch(scope);
                             if (HasPeople(scope)) return false;
                             NewPerson admin;
                             admin.user_name = kFirstAdmin;
                             admin.display_name = "Administrator";
                             admin.platform_operator = true;
                             admin.password_hash = made.hash;
                             LUMBUNG_RETURN_IF_ERROR(CreatePerson(scope, admin, now).status());
                             audit::Record(scope, EventOfServer("create_person", kFirstAdmin));
                             return true;
                           }));
  return created ? std::optional<std::string>(made.password) : std::nullopt;
}

absl::StatusOr<std::string> ResetFirstAdmin(store::ConnectionPool& pool, const RandomBytes& random,
                                            absl::Time now) {
  LUMBUNG_ASSIGN_OR_RETURN(const HashedPassword made, NewPassword(random));
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      pool, {OrganizationId{}, store::Access::kReadWrite, absl::Now() + kPatience},
      [&](store::TransactionScope& scope) -> absl::Status {
        OpenPeople(scope);
        LUMBUNG_ASSIGN_OR_RETURN(StoredPerson admin, FindPerson(scope, kFirstAdmin, ""));
        SetPassword(scope, admin.account_id, made.hash, true);
        RemoveTotp(scope, admin.account_id);
        EndOtherSessions(scope, admin.account_id, "", now);
        admin.disabled = false;
        UpdatePerson(scope, admin);
        AdvanceEpoch(scope);
        audit::Record(scope, EventOfServer("reset_password", kFirstAdmin));
        return absl::OkStatus();
      }));
  return made.password;
}

absl::StatusOr<std::string> OpenServerSession(store::ConnectionPool& pool,
                                              absl::string_view user_name, absl::Duration lifetime,
                                              const RandomBytes& random, absl::Time now) {
  const std::string token = NewSessionToken(random);
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      pool, {OrganizationId{}, store::Access::kReadWrite, absl::Now() + kPatience},
      [&](store::TransactionScope& scope) -> absl::Status {
        OpenPeople(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                 FindPerson(scope, user_name, "user_name"));
        CreateSession(scope,
                      {Sha256(token), person.account_id, now, now + lifetime, "server", true});
        if (person.managing_organization != OrganizationId{}) {
          store::EnterOrganization(scope, person.managing_organization);
        }
        audit::Record(scope, EventOfServer("open_server_session", user_name));
        return absl::OkStatus();
      }));
  return token;
}

}  // namespace lumbung::identity
