// How passwords are kept: Argon2id, with salt and parameters in the hash itself, so that the
// parameters can be raised while old hashes still verify.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_HASH_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_HASH_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::identity {

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". Takes some tens of milliseconds and 19 MiB.
// RESOURCE_EXHAUSTED when the memory is not there.
absl::StatusOr<std::string> HashPassword(absl::string_view password, const char (&salt)[16]);

// False also for a hash that is not Argon2id or that asks for more than 256 MiB, 16 passes or 4
// lanes: verifying must not be a way to exhaust the server.
bool VerifyPassword(absl::string_view hash, absl::string_view password);

// Whether the hash was made with weaker parameters than HashPassword uses now.
bool NeedsRehash(absl::string_view hash);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_HASH_H_
