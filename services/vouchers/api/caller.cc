#include "services/vouchers/api/caller.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/core/status.h"
#include "services/common/resource_names.h"
#include "services/identity/store/people_store.h"

namespace lumbung::vouchers::api {

absl::StatusOr<Caller> CallerOf(const CallScope& call, absl::string_view book) {
  const AccessContext& access = call.access;
  if (access.person == 0) {
    return Refusal(absl::StatusCode::kUnauthenticated, "SIGN_IN_REQUIRED", "",
                   "the call must say who makes it");
  }
  Caller caller;
  caller.person = {access.person, access.actor,
                   access.display_name.empty() ? access.actor : access.display_name};
  for (const Grant& grant : access.grants) {
    const bool holds = (grant.book.empty() || grant.book == book) && grant.fund.empty();
    if (holds && std::count(caller.roles.begin(), caller.roles.end(), grant.role) == 0) {
      caller.roles.push_back(grant.role);
    }
  }
  caller.adjuster = access.adjuster;
  return caller;
}

absl::StatusOr<Person> FindPerson(store::TransactionScope& scope, absl::string_view name,
                                  absl::string_view field) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"people"}, field));
  identity::OpenPeople(scope);
  LUMBUNG_ASSIGN_OR_RETURN(const identity::StoredPerson found,
                           identity::FindMember(scope, ids[0], field));
  return Person{found.person_id, found.user_name,
                found.display_name.empty() ? found.user_name : found.display_name};
}

}  // namespace lumbung::vouchers::api
