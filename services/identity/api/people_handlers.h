// The calls with which administrators keep people: those of their organization, or, for platform
// operators who name no organization, those of the platform.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_PEOPLE_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_PEOPLE_HANDLERS_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/identity/api/hashing_gate.h"
#include "services/identity/api/parts.h"

namespace lumbung::identity {

class PeopleHandlers {
 public:
  explicit PeopleHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::CreatePersonResponse> CreatePerson(CallScope& call,
                                                        const v1::CreatePersonRequest& request);
  absl::StatusOr<v1::ListPeopleResponse> ListPeople(CallScope& call,
                                                    const v1::ListPeopleRequest& request);
  absl::StatusOr<v1::Person> UpdatePerson(CallScope& call, const v1::UpdatePersonRequest& request);
  absl::StatusOr<v1::ResetPasswordResponse> ResetPassword(CallScope& call,
                                                          const v1::ResetPasswordRequest& request);

 private:
  struct OneTimePassword {
    std::string password;
    std::string hash;
  };
  absl::StatusOr<OneTimePassword> NewPassword(absl::Time deadline);

  const Parts parts_;
  HashingGate gate_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_PEOPLE_HANDLERS_H_
