// Secrets that the server makes: session tokens, API keys, one-time passwords, recovery codes. Each
// is shown once and kept as its SHA-256; all but one-time passwords are too long to be guessed, so
// that a fast hash is enough.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_SECRETS_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_SECRETS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::identity {

// Fills the bytes with what nobody can foresee.
using RandomBytes = std::function<void(char* bytes, std::size_t count)>;

// 32 bytes.
std::string Sha256(absl::string_view bytes);

// 256 random bits: "lbs_" and 43 characters.
std::string NewSessionToken(const RandomBytes& random);

// `lbk_{prefix}_{secret}`: the prefix finds the key, the secret of 256 bits proves it.
struct ApiKeyParts {
  std::string prefix;
  std::string secret;
};
ApiKeyParts NewApiKey(const RandomBytes& random);
std::string ToString(const ApiKeyParts& key);
bool LooksLikeApiKey(absl::string_view token);
// Nothing for what is not of that form.
std::optional<ApiKeyParts> ParseApiKey(absl::string_view token);

// Four groups of five letters and digits that cannot be mistaken for each other: 100 random bits.
std::string NewOneTimePassword(const RandomBytes& random);

inline constexpr int kRecoveryCodes = 10;
// Four groups of four: 80 random bits.
std::string NewRecoveryCode(const RandomBytes& random);
// As it was shown, however it was typed: lower case, without blanks and dashes.
std::string NormalizedRecoveryCode(absl::string_view typed);

// Without telling by its time where they differ.
bool AreEqualSecrets(absl::string_view a, absl::string_view b);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_SECRETS_H_
