#include "services/identity/module.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/random_bytes.h"
#include "services/identity/api/identity_service.h"

namespace lumbung::identity {
namespace {

class IdentityModule final : public HostedService {
 public:
  IdentityModule(const HostContext& context, const std::vector<ProviderSettings>& providers)
      : parts_({context.pool, absl::Now, SecureRandomBytes,
                [authenticator = context.authenticator] { authenticator->Invalidate(); }}),
        sign_in_(parts_),
        oidc_(parts_, providers, FetchByHttp),
        people_(parts_),
        roles_(parts_),
        api_keys_(parts_),
        audit_(parts_),
        service_(MakeIdentityService(
            context.adapter, {&sign_in_, &oidc_, &people_, &roles_, &api_keys_, &audit_})) {}

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.identity.v1.IdentityService", service_.get()}};
  }

  void Drain() override {}

 private:
  const Parts parts_;
  SignInHandlers sign_in_;
  OidcHandlers oidc_;
  PeopleHandlers people_;
  RoleHandlers roles_;
  ApiKeyHandlers api_keys_;
  AuditHandlers audit_;
  std::unique_ptr<grpc::Service> service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateIdentityModule(const HostContext& context) {
  std::vector<ProviderSettings> providers;
  if (!context.oidc_providers.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(providers, ReadProviderSettings(context.oidc_providers));
  }
  return std::make_unique<IdentityModule>(context, providers);
}

}  // namespace lumbung::identity
