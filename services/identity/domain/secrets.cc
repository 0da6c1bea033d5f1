#include "services/identity/domain/secrets.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace lumbung::identity {
namespace {

constexpr absl::string_view kSessionMark = "lbs_";
constexpr absl::string_view kApiKeyMark = "lbk_";
constexpr std::size_t kPrefixLength = 12;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretLength = 43;
// 32 characters, none of which looks like another: no 0 and o, no 1 and l.
constexpr char kLetters[] = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(sizeof kLetters == 33);

std::string RandomSecret(const RandomBytes& random) {
  char bytes[kSecretBytes];
  random(bytes, sizeof bytes);
  return absl::WebSafeBase64Escape(absl::string_view(bytes, sizeof bytes));
}

std::string RandomLetters(const RandomBytes& random, std::size_t count) {
  std::string letters(count, '\0');
  random(letters.data(), count);
  for (char& c : letters) c = kLetters[static_cast<unsigned char>(c) % 32];
  return letters;
}

std::string InGroups(absl::string_view letters, std::size_t size) {
  std::string text(letters.substr(0, size));
  for (std::size_t i = size; i < letters.size(); i += size) {
    absl::StrAppend(&text, "-", letters.substr(i, size));
  }
  return text;
}

}  // namespace

std::string Sha256(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), sizeof digest);
}

std::string NewSessionToken(const RandomBytes& random) {
  return absl::StrCat(kSessionMark, RandomSecret(random));
}

ApiKeyParts NewApiKey(const RandomBytes& random) {
  return {RandomLetters(random, kPrefixLength), RandomSecret(random)};
}

std::string ToString(const ApiKeyParts& key) {
  return absl::StrCat(kApiKeyMark, key.prefix, "_", key.secret);
}

bool LooksLikeApiKey(absl::string_view token) {
  return absl::StartsWith(token, kApiKeyMark);
}

std::optional<ApiKeyParts> ParseApiKey(absl::string_view token) {
  if (!LooksLikeApiKey(token)) return std::nullopt;
  const absl::string_view rest = token.substr(kApiKeyMark.size());
  if (rest.size() != kPrefixLength + 1 + kSecretLength || rest[kPrefixLength] != '_') {
    return std::nullopt;
  }
  return ApiKeyParts{std::string(rest.substr(0, kPrefixLength)),
                     std::string(rest.substr(kPrefixLength + 1))};
}

std::string NewOneTimePassword(const RandomBytes& random) {
  return InGroups(RandomLetters(random, 20), 5);
}

std::string NewRecoveryCode(const RandomBytes& random) {
  return InGroups(RandomLetters(random, 16), 4);
}

std::string NormalizedRecoveryCode(absl::string_view typed) {
  std::string letters;
  for (const char c : typed.substr(0, 64)) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) letters += absl::ascii_tolower(byte);
  }
  return letters;
}

bool AreEqualSecrets(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace lumbung::identity
