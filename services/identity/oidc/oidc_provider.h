// One identity provider, asked by the authorization code flow with PKCE (OpenID Connect Core 1.0,
// RFC 7636; as RFC 9700 wants it). What it publishes is kept for an hour; keys that it has not
// published before are asked for again, at most twice a minute.
//
// Thread-safe. Calls wait for the provider.
#ifndef LUMBUNG_SERVICES_IDENTITY_OIDC_OIDC_PROVIDER_H_
#define LUMBUNG_SERVICES_IDENTITY_OIDC_OIDC_PROVIDER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/identity/domain/jwt.h"
#include "services/identity/oidc/http_fetch.h"
#include "services/identity/oidc/provider_settings.h"

namespace lumbung::identity {

// Made for one sign-in and used in it alone.
struct OidcSecrets {
  std::string state;
  std::string nonce;
  std::string verifier;
};

class OidcProvider {
 public:
  OidcProvider(ProviderSettings settings, Fetch fetch, std::function<absl::Time()> now);

  const ProviderSettings& settings() const { return settings_; }

  // Where to send the browser. PROVIDER_UNREACHABLE, PROVIDER_MISCONFIGURED.
  absl::StatusOr<std::string> AuthorizationUrl(const OidcSecrets& secrets,
                                               absl::string_view redirect_uri);

  // Who signed in, for the code that the browser brought back. PROVIDER_UNREACHABLE,
  // PROVIDER_MISCONFIGURED, CODE_REFUSED, and those of VerifyJwt.
  absl::StatusOr<JwtClaims> Redeem(const std::string& code, const std::string& verifier,
                                   const std::string& nonce, const std::string& redirect_uri);

 private:
  // What the provider publishes of itself.
  struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
  };

  absl::StatusOr<Metadata> CurrentMetadata();
  absl::StatusOr<std::shared_ptr<const JwkSet>> CurrentKeys(const Metadata& metadata);
  // Those of now, unless they were asked for a moment ago.
  absl::StatusOr<std::shared_ptr<const JwkSet>> NewerKeys(const Metadata& metadata);
  absl::StatusOr<std::shared_ptr<const JwkSet>> FetchKeys(const Metadata& metadata)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<std::string> FetchText(const std::string& url);
  absl::StatusOr<std::string> FetchIdToken(const Metadata& metadata, const std::string& code,
                                           const std::string& verifier,
                                           const std::string& redirect_uri);

  const ProviderSettings settings_;
  const Fetch fetch_;
  const std::function<absl::Time()> now_;
  absl::Mutex mutex_;
  std::optional<Metadata> metadata_ ABSL_GUARDED_BY(mutex_);
  absl::Time metadata_at_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const JwkSet> keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time keys_at_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_OIDC_OIDC_PROVIDER_H_
