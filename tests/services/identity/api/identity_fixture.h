// What the tests of identity's handlers start from: a fresh database, a clock that stands still
// until it is moved, and an organization "melati" with an administrator.
#ifndef LUMBUNG_TESTS_SERVICES_IDENTITY_API_IDENTITY_FIXTURE_H_
#define LUMBUNG_TESTS_SERVICES_IDENTITY_API_IDENTITY_FIXTURE_H_

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/identity/api/people_handlers.h"
#include "services/identity/api/role_handlers.h"
#include "services/identity/api/session_authenticator.h"
#include "services/identity/api/sign_in_handlers.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::identity {

class IdentityTest : public ::testing::Test {
 protected:
  IdentityTest();

  // A call as the authenticator would let it through; of somebody not signed in when the token is
  // empty.
  CallScope Call(const std::string& token, const std::string& organization = "melati");
  // Makes a person of melati and returns the one-time password.
  std::string AddPerson(const std::string& user_name);
  absl::Status Give(const std::string& user_name, const std::string& role,
                    const std::string& scope = "");
  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& user_name,
                                            const std::string& password,
                                            const std::string& code = "",
                                            const std::string& recovery_code = "");
  // A session of somebody who has chosen kPassword.
  std::string Session(const std::string& user_name);
  // "sign_in people/siti SIGN_IN_FAILED", newest first, of melati's trail.
  std::vector<std::string> Trail();

  static constexpr char kPassword[] = "lesung padi di lumbung";

  testing::TestDatabase database_;
  const OrganizationId organization_;
  absl::Time now_;
  Parts parts_;
  SessionAuthenticator authenticator_;
  SignInHandlers sign_in_;
  PeopleHandlers people_;
  RoleHandlers roles_;
  std::string admin_;  // The administrator's token.
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_TESTS_SERVICES_IDENTITY_API_IDENTITY_FIXTURE_H_
