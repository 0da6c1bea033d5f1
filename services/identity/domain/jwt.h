// Tokens of an identity provider (JWT, RFC 7519, as RFC 8725 wants them read): signed with RS256,
// PS256 or ES256 by a key that the provider publishes (JWKS, RFC 7517), for us, now, and for this
// sign-in.
//
// The algorithm is chosen from a list and has to be one of the key's kind; what a token says of
// keys by itself (jku, x5u, jwk) is not looked at. Everything is bounded before it is parsed.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_JWT_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_JWT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace lumbung::identity {

inline constexpr std::size_t kMaxJwtBytes = 8'192;
inline constexpr std::size_t kMaxJwksBytes = 256 * 1'024;
inline constexpr std::size_t kMaxJwksKeys = 64;
// How far the provider's clock may be from ours.
inline constexpr absl::Duration kClockLeeway = absl::Seconds(60);

// The public keys of a provider. Immutable; thread-safe.
class JwkSet {
 public:
  // Keys of other kinds, for other uses, and RSA keys of less than 2,048 bits are left out.
  // INVALID_JWKS when the text is no set of keys, is too large, or nothing is left.
  static absl::StatusOr<JwkSet> Parse(absl::string_view json);

  std::size_t size() const { return keys_.size(); }
  bool HasKey(absl::string_view kid) const { return Find(kid) != nullptr; }

 private:
  friend class JwtReader;
  struct Key;

  const Key* Find(absl::string_view kid) const;

  std::vector<std::shared_ptr<const Key>> keys_;
};

// What a token has to say to be taken.
struct JwtRules {
  std::string issuer;
  // One of those in the token.
  std::string audience;
  // That of the sign-in that was begun; not looked at when there was none.
  std::optional<std::string> nonce;
};

struct JwtClaims {
  std::string issuer;
  std::string subject;
  absl::Time expires_at;
  // Empty when the token does not say.
  std::string email;
  std::string display_name;
};

// The claims of a token that keeps all rules. UNAUTHENTICATED, in this order: INVALID_TOKEN,
// ALGORITHM_NOT_ALLOWED, UNKNOWN_KEY (worth one look at the provider's current keys),
// SIGNATURE_INVALID, WRONG_ISSUER, WRONG_AUDIENCE, TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, WRONG_NONCE.
absl::StatusOr<JwtClaims> VerifyJwt(absl::string_view token, const JwkSet& keys,
                                    const JwtRules& rules, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_JWT_H_
