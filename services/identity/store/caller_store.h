// From what a call brings with it to who calls, and which roles they have in the organization that
// it names. In a transaction of organization 0, with OpenPeople.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_CALLER_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_CALLER_STORE_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/store/transaction.h"
#include "services/common/access.h"
#include "services/common/authenticator.h"

namespace lumbung::identity {

struct FoundCaller {
  AccessContext access;
  // When a session or key ends by itself.
  absl::Time good_until;
};

// SIGN_IN_REQUIRED, SESSION_EXPIRED, CREDENTIALS_REVOKED. Notes that the session or key was used.
// The transaction may work for the organization afterwards.
absl::StatusOr<FoundCaller> FindCaller(store::TransactionScope& scope,
                                       const Credentials& credentials, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_CALLER_STORE_H_
