// How a new server comes by its first person, and how the server itself acts where it sets things
// up.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_FIRST_ADMIN_H_
#define LUMBUNG_SERVICES_IDENTITY_API_FIRST_ADMIN_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/store/connection_pool.h"
#include "services/identity/domain/secrets.h"

namespace lumbung::identity {

inline constexpr char kFirstAdmin[] = "admin";

// Makes the person `admin`, a platform operator, when the server knows nobody; the answer is their
// one-time password, which is kept nowhere, or nothing when there are people already. Of several
// servers that start at the same time one makes the person.
absl::StatusOr<std::optional<std::string>> EnsureFirstAdmin(store::ConnectionPool& pool,
                                                            const RandomBytes& random,
                                                            absl::Time now);

// A new one-time password for that person, for whoever runs the server: a password that was shown
// once may be lost. Ends their sessions and removes their one-time codes. PERSON_NOT_FOUND.
absl::StatusOr<std::string> ResetFirstAdmin(store::ConnectionPool& pool, const RandomBytes& random,
                                            absl::Time now);

// The token of a session that the server opens for itself in the name of a person, without a
// password: for the process that holds the database's own keys. Recorded in the audit trail.
// PERSON_NOT_FOUND.
absl::StatusOr<std::string> OpenServerSession(store::ConnectionPool& pool,
                                              absl::string_view user_name, absl::Duration lifetime,
                                              const RandomBytes& random, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_FIRST_ADMIN_H_
