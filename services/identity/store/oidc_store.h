// Sign-ins that were begun and are now with an identity provider. All functions need OpenPeople.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_OIDC_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_OIDC_STORE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/store/transaction.h"

namespace lumbung::identity {

struct BegunSignIn {
  // SHA-256 of what the browser keeps, and of what comes back with it.
  std::string handle_hash;
  std::string state_hash;
  std::string provider_id;
  std::string redirect_uri;
  std::string nonce;
  std::string verifier;
  absl::Time expires_at;
};

// Forgets those that have expired. False when too many are under way, and it was not kept.
bool KeepBegunSignIn(store::TransactionScope& scope, const BegunSignIn& begun, absl::Time now);

// Takes it out, so that nobody gets it a second time. Nothing when there is none or it has expired.
std::optional<BegunSignIn> TakeBegunSignIn(store::TransactionScope& scope,
                                           absl::string_view handle_hash, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_OIDC_STORE_H_
