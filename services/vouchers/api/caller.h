// Who makes a call, and who is meant by a name: the one place that asks the access context and the
// people of the organization. The answers go on as a Caller and a Person, and handlers look no
// further.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_CALLER_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_CALLER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"
#include "services/vouchers/domain/person.h"

namespace lumbung::vouchers::api {

// The caller with the roles that hold in the whole of this book. SIGN_IN_REQUIRED when the call is
// nobody's.
absl::StatusOr<Caller> CallerOf(const CallScope& call, absl::string_view book);

// The person `people/{user name}`, who must belong to the organization of the database transaction;
// the transaction sees people from then on. INVALID_NAME, PERSON_NOT_FOUND, at `field`.
absl::StatusOr<Person> FindPerson(store::TransactionScope& scope, absl::string_view name,
                                  absl::string_view field);

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_CALLER_H_
