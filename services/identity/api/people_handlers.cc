#include "services/identity/api/people_handlers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/identity/api/conversion.h"
#include "services/identity/api/kept_person.h"
#include "services/identity/domain/password_hash.h"
#include "services/identity/domain/password_rules.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/session_store.h"

namespace lumbung::identity {
namespace {

absl::Status OwnAccount(absl::string_view what) {
  return FailedPrecondition("OWN_ACCOUNT", "name",
                            absl::StrCat("this is your own account: ", what));
}

absl::Status CheckPaths(const v1::UpdatePersonRequest& request) {
  if (request.update_paths().empty()) {
    return InvalidArgument("EMPTY_UPDATE", "update_paths",
                           "name what to change: display_name, disabled");
  }
  for (const std::string& path : request.update_paths()) {
    if (path != "display_name" && path != "disabled") {
      return InvalidArgument("UNKNOWN_FIELD", "update_paths",
                             absl::StrCat("found \"", path.substr(0, 100),
                                          "\"; display_name and disabled can be changed"));
    }
  }
  return absl::OkStatus();
}

bool Names(const v1::UpdatePersonRequest& request, absl::string_view path) {
  return std::count(request.update_paths().begin(), request.update_paths().end(), path) > 0;
}

}  // namespace

absl::StatusOr<PeopleHandlers::OneTimePassword> PeopleHandlers::NewPassword(absl::Time deadline) {
  OneTimePassword made;
  made.password = NewOneTimePassword(parts_.random);
  char salt[16];
  parts_.random(salt, sizeof salt);
  LUMBUNG_ASSIGN_OR_RETURN(const HashingGate::Pass pass, gate_.Enter(deadline));
  LUMBUNG_ASSIGN_OR_RETURN(made.hash, HashPassword(made.password, salt));
  return made;
}

absl::StatusOr<v1::CreatePersonResponse> PeopleHandlers::CreatePerson(
    CallScope& call, const v1::CreatePersonRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(ValidateUserName(request.user_name(), "user_name"));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(request.display_name(), "display_name"));
  OneTimePassword made;
  if (!request.without_password()) {
    LUMBUNG_ASSIGN_OR_RETURN(made, NewPassword(call.deadline));
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const StoredPerson person,
      WithPeople(parts_, call, store::Access::kReadWrite,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<StoredPerson> {
                   LUMBUNG_ASSIGN_OR_RETURN(
                       StoredPerson created,
                       identity::CreatePerson(scope,
                                              {request.user_name(), request.display_name(),
                                               call.access.organization_id, false, made.hash},
                                              parts_.now()));
                   audit::Event event =
                       audit::EventOf(call, ResourceName({{"people", created.user_name}}));
                   event.after = JsonOf(PersonToProto(created));
                   audit::Record(scope, event);
                   return created;
                 }));
  v1::CreatePersonResponse response;
  *response.mutable_person() = PersonToProto(person);
  response.set_one_time_password(made.password);
  return response;
}

absl::StatusOr<v1::ListPeopleResponse> PeopleHandlers::ListPeople(
    CallScope& call, const v1::ListPeopleRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<StoredPerson> found,
      WithPeople(parts_, call, store::Access::kReadOnly,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredPerson>> {
                   return identity::ListPeople(scope, after, size + 1);
                 }));
  v1::ListPeopleResponse response;
  for (const StoredPerson& person : found) {
    if (response.people_size() == size) {
      response.set_next_page_token(MakePageToken(request, response.people(size - 1).user_name()));
      break;
    }
    *response.add_people() = PersonToProto(person);
  }
  return response;
}

absl::StatusOr<v1::Person> PeopleHandlers::UpdatePerson(CallScope& call,
                                                        const v1::UpdatePersonRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckPaths(request));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.person().name(), {"people"}, "person.name"));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(request.person().display_name(), "person.display_name"));
  const absl::Time now = parts_.now();
  absl::StatusOr<v1::Person> updated = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Person> {
        LUMBUNG_ASSIGN_OR_RETURN(StoredPerson person, FindKept(scope, call, ids[0], "person.name"));
        const v1::Person before = PersonToProto(person);
        if (Names(request, "display_name")) {
          person.display_name = request.person().display_name();
        }
        if (Names(request, "disabled")) person.disabled = request.person().disabled();
        if (person.disabled && !before.disabled()) {
          if (person.person_id == call.access.person) {
            return OwnAccount("another administrator has to disable it");
          }
          EndOtherSessions(scope, person.account_id, "", now);
        }
        identity::UpdatePerson(scope, person);
        AdvanceEpoch(scope);
        v1::Person after = PersonToProto(person);
        audit::Event event = audit::EventOf(call, after.name());
        event.before = JsonOf(before);
        event.after = JsonOf(after);
        audit::Record(scope, event);
        return after;
      });
  parts_.on_access_changed();
  return updated;
}

absl::StatusOr<v1::ResetPasswordResponse> PeopleHandlers::ResetPassword(
    CallScope& call, const v1::ResetPasswordRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"people"}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const OneTimePassword made, NewPassword(call.deadline));
  const absl::Time now = parts_.now();
  const absl::Status status =
      WithPeople(parts_, call, store::Access::kReadWrite,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                            FindKept(scope, call, ids[0], "name"));
                   if (person.person_id == call.access.person) {
                     return OwnAccount("change its password instead");
                   }
                   SetPassword(scope, person.account_id, made.hash, true);
                   RemoveTotp(scope, person.account_id);
                   EndOtherSessions(scope, person.account_id, "", now);
                   AdvanceEpoch(scope);
                   audit::Record(scope, audit::EventOf(call, request.name()));
                   return true;
                 })
          .status();
  parts_.on_access_changed();
  LUMBUNG_RETURN_IF_ERROR(status);
  v1::ResetPasswordResponse response;
  response.set_one_time_password(made.password);
  return response;
}

}  // namespace lumbung::identity
