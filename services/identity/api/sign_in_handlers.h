// The calls with which people prove who they are, and look after their own proofs.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_SIGN_IN_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_SIGN_IN_HANDLERS_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/identity/api/hashing_gate.h"
#include "services/identity/api/parts.h"

namespace lumbung::identity {

class SignInHandlers {
 public:
  explicit SignInHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::SignInResponse> SignIn(CallScope& call, const v1::SignInRequest& request);
  absl::StatusOr<v1::SignOutResponse> SignOut(CallScope& call, const v1::SignOutRequest& request);
  absl::StatusOr<v1::Me> GetMe(CallScope& call, const v1::GetMeRequest& request);
  absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(
      CallScope& call, const v1::ChangePasswordRequest& request);
  absl::StatusOr<v1::EnrollTotpResponse> EnrollTotp(CallScope& call,
                                                    const v1::EnrollTotpRequest& request);
  absl::StatusOr<v1::ConfirmTotpResponse> ConfirmTotp(CallScope& call,
                                                      const v1::ConfirmTotpRequest& request);

 private:
  // What became of an attempt; it is recorded whatever it was.
  struct Attempt {
    absl::Status status;
    std::optional<StoredPerson> person;
  };

  absl::StatusOr<Attempt> Try(store::TransactionScope& scope, CallScope& call,
                              const v1::SignInRequest& request, const std::string& user_name,
                              absl::Time now);
  // The second proof, when the person uses one.
  absl::Status CheckCode(store::TransactionScope& scope, const StoredPerson& person,
                         const v1::SignInRequest& request, absl::Time now);
  // TOO_MANY_ATTEMPTS.
  absl::Status CheckThrottle(store::TransactionScope& scope, const CallScope& call,
                             const std::string& user_name, absl::Time now);

  const Parts parts_;
  HashingGate gate_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_SIGN_IN_HANDLERS_H_
