// Authenticator: who a call comes from. The adapter asks it before a handler runs; services never
// do.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_AUTHENTICATOR_H_
#define LUMBUNG_SERVICES_COMMON_AUTHENTICATOR_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/access.h"

namespace lumbung {

// What a call brings with it.
struct Credentials {
  // Behind "Bearer ": a session's token, an API key, or nothing.
  std::string token;
  // The organization the call names, or nothing.
  std::string organization;
  std::string from_address;
  // SHA-256, in hexadecimal, of the certificate with which the client has proved itself; the
  // gateway has checked it. Empty for none.
  std::string client_certificate = "";
};

// What is remembered of a refused call.
struct RefusedCall {
  // "lumbung.ledger.v1.LedgerService/ClosePeriod".
  absl::string_view method;
  std::string resource;
  std::string call_id;
  absl::Status status;
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // Who calls, when that is known at once; nothing when Authenticate has to be asked. Must not
  // block: it runs on the RPC library's threads.
  virtual std::optional<AccessContext> Cached(const Credentials& credentials) = 0;

  // Who calls. May wait for the database until the deadline. UNAUTHENTICATED: SIGN_IN_REQUIRED,
  // SESSION_EXPIRED, CREDENTIALS_REVOKED. An organization that does not exist and one in which the
  // caller has no role look alike: a context without grants.
  virtual absl::StatusOr<AccessContext> Authenticate(const Credentials& credentials,
                                                     absl::Time deadline) = 0;

  // The roles that have the permission, for messages.
  virtual std::vector<absl::string_view> RolesWith(absl::string_view permission) const = 0;

  // Keeps a record of a refusal in the audit trail, before it is answered. May wait.
  virtual void RecordRefusal(const AccessContext& access, const RefusedCall& call,
                             absl::Time deadline) = 0;

  // Forgets every answer: who may do what has just changed.
  virtual void Invalidate() = 0;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_AUTHENTICATOR_H_
