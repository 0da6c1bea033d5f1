// Signing in with an identity provider, and who may.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_OIDC_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_OIDC_HANDLERS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/identity/api/parts.h"
#include "services/identity/oidc/oidc_provider.h"
#include "services/identity/store/oidc_store.h"

namespace lumbung::identity {

inline constexpr absl::Duration kBegunSignInLasts = absl::Minutes(10);

class OidcHandlers {
 public:
  OidcHandlers(Parts parts, const std::vector<ProviderSettings>& providers, const Fetch& fetch);

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::ListSignInProvidersResponse> ListSignInProviders(
      CallScope& call, const v1::ListSignInProvidersRequest& request);
  absl::StatusOr<v1::BeginOidcSignInResponse> BeginOidcSignIn(
      CallScope& call, const v1::BeginOidcSignInRequest& request);
  absl::StatusOr<v1::SignInResponse> CompleteOidcSignIn(
      CallScope& call, const v1::CompleteOidcSignInRequest& request);
  absl::StatusOr<v1::Person> LinkIdentity(CallScope& call, const v1::LinkIdentityRequest& request);
  absl::StatusOr<v1::Person> UnlinkIdentity(CallScope& call,
                                            const v1::UnlinkIdentityRequest& request);

 private:
  // PROVIDER_NOT_FOUND at "provider_id".
  absl::StatusOr<OidcProvider*> FindProvider(const std::string& id) const;
  // Who the provider says has signed in.
  absl::StatusOr<JwtClaims> AskProvider(const BegunSignIn& begun,
                                        const v1::CompleteOidcSignInRequest& request) const;
  // The session of whoever that is here; recorded whatever became of it.
  absl::StatusOr<v1::SignInResponse> OpenSession(CallScope& call, const std::string& provider_id,
                                                 const absl::StatusOr<JwtClaims>& claims);
  absl::StatusOr<v1::Person> Link(CallScope& call, const std::string& name,
                                  const std::string& issuer, const std::string& subject);

  const Parts parts_;
  std::vector<std::unique_ptr<OidcProvider>> providers_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_OIDC_HANDLERS_H_
