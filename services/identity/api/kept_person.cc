#include "services/identity/api/kept_person.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"

namespace lumbung::identity {

absl::StatusOr<StoredPerson> FindKept(store::TransactionScope& scope, const CallScope& call,
                                      const std::string& user_name, absl::string_view field) {
  absl::StatusOr<StoredPerson> person = FindPerson(scope, user_name, field);
  if (person.ok() && person->managing_organization != call.access.organization_id) {
    return NotFound("PERSON_NOT_FOUND", field,
                    absl::StrCat("there is nobody with the user name \"", user_name, "\""));
  }
  return person;
}

void RecordFor(store::TransactionScope& scope, const StoredPerson& person,
               const audit::Event& event) {
  if (person.managing_organization != OrganizationId{}) {
    store::EnterOrganization(scope, person.managing_organization);
  }
  audit::Record(scope, event);
}

}  // namespace lumbung::identity
