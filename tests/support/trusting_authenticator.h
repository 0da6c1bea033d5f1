// An authenticator for tests of everything but signing in: whoever calls may do everything, in
// every organization, except post into soft-closed periods; that takes the token "adjuster". Never
// part of the binary.
#ifndef LUMBUNG_TESTS_SUPPORT_TRUSTING_AUTHENTICATOR_H_
#define LUMBUNG_TESTS_SUPPORT_TRUSTING_AUTHENTICATOR_H_

#include <algorithm>
#include <vector>

#include "services/common/authenticator.h"
#include "services/identity/domain/role_permissions.h"

namespace lumbung::testing {

class TrustingAuthenticator final : public Authenticator {
 public:
  TrustingAuthenticator() : all_(identity::AllPermissions()), most_(all_) {
    most_.erase(std::remove(most_.begin(), most_.end(), kAdjustPermission), most_.end());
  }

  std::optional<AccessContext> Cached(const Credentials& credentials) override {
    AccessContext access;
    access.organization = credentials.organization;
    access.actor = "tester";
    access.account = "tester";
    access.platform_operator = true;
    access.from_address = credentials.from_address;
    // As adapters hand it on: "lister, adjuster" is somebody with two roles.
    const bool adjusts = credentials.token.find("adjuster") != std::string::npos;
    access.grants.push_back({"tester", "", "", adjusts ? all_ : most_});
    return access;
  }
  absl::StatusOr<AccessContext> Authenticate(const Credentials& credentials, absl::Time) override {
    return *Cached(credentials);
  }
  std::vector<absl::string_view> RolesWith(absl::string_view permission) const override {
    return identity::RolesWith(permission);
  }
  void RecordRefusal(const AccessContext&, const RefusedCall&, absl::Time) override {}
  void Invalidate() override {}

 private:
  std::vector<absl::string_view> all_;
  std::vector<absl::string_view> most_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_TRUSTING_AUTHENTICATOR_H_
