// Every person is kept by one organization, or by the platform: its administrators look after the
// person's accounts, and its audit trail has what the person did before a call has an organization.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_KEPT_PERSON_H_
#define LUMBUNG_SERVICES_IDENTITY_API_KEPT_PERSON_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/people_store.h"

namespace lumbung::identity {

// A person whom the call's organization keeps. Those of others are as if they were not there:
// PERSON_NOT_FOUND at `field`.
absl::StatusOr<StoredPerson> FindKept(store::TransactionScope& scope, const CallScope& call,
                                      const std::string& user_name, absl::string_view field);

// Writes to the trail of whoever keeps the person, and to the platform's for nobody (a StoredPerson
// as it is made); afterwards the transaction works for them.
void RecordFor(store::TransactionScope& scope, const StoredPerson& person,
               const audit::Event& event);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_KEPT_PERSON_H_
