#include "services/identity/module.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/common/random_bytes.h"
#include "services/identity/api/identity_service.h"

namespace lumbung::identity {
namespace {

class IdentityModule final : public HostedService {
 public:
  explicit IdentityModule(const HostContext& context)
      : parts_({context.pool, absl::Now, SecureRandomBytes,
                [authenticator = context.authenticator] { authenticator->Invalidate(); }}),
        sign_in_(parts_),
        people_(parts_),
        roles_(parts_),
        api_keys_(parts_),
        audit_(parts_),
        service_(MakeIdentityService(context.adapter,
                                     {&sign_in_, &people_, &roles_, &api_keys_, &audit_})) {}

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.identity.v1.IdentityService", service_.get()}};
  }

  void Drain() override {}

 private:
  const Parts parts_;
  SignInHandlers sign_in_;
  PeopleHandlers people_;
  RoleHandlers roles_;
  ApiKeyHandlers api_keys_;
  AuditHandlers audit_;
  std::unique_ptr<grpc::Service> service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateIdentityModule(const HostContext& context) {
  return std::make_unique<IdentityModule>(context);
}

}  // namespace lumbung::identity
