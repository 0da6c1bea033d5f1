#include "services/identity/api/session_authenticator.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/services/identity/api/identity_fixture.h"

namespace lumbung::identity {
namespace {

using ::testing::Contains;
using testing::IsOk;
using testing::Refuses;

class SessionAuthenticatorTest : public IdentityTest {
 protected:
  // Another process on the same database, whose thread looks at nothing by itself.
  SessionAuthenticatorTest()
      : other_({&database_.pool(), [this] { return now_; }, absl::Hours(1)}) {
    other_.LookAtEpoch();
    authenticator_.LookAtEpoch();
  }

  static Credentials Of(const std::string& token) { return {token, "melati", "10.1.2.3"}; }

  SessionAuthenticator other_;
};

TEST_F(SessionAuthenticatorTest, RemembersForAMoment) {
  const std::string token = Session("siti");
  other_.LookAtEpoch();
  EXPECT_FALSE(other_.Cached(Of(token)).has_value());
  ASSERT_THAT(other_.Authenticate(Of(token), absl::InfiniteFuture()), IsOk());
  const auto cached = other_.Cached(Of(token));
  ASSERT_TRUE(cached.has_value());
  EXPECT_EQ(cached->actor, "siti");
  EXPECT_FALSE(other_.Cached({token, "mawar", ""}).has_value());
  EXPECT_FALSE(other_.Cached({"", "melati", ""}).has_value());
  // The address is the call's, not that of the call before.
  EXPECT_EQ(other_.Cached({token, "melati", "192.0.2.7"})->from_address, "192.0.2.7");
  now_ += absl::Minutes(1);
  EXPECT_FALSE(other_.Cached(Of(token)).has_value());
}

TEST_F(SessionAuthenticatorTest, ForgetsAtOnceWhatThisProcessChanges) {
  const std::string token = Session("siti");
  authenticator_.LookAtEpoch();
  ASSERT_THAT(authenticator_.Authenticate(Of(token), absl::InfiniteFuture()), IsOk());
  ASSERT_TRUE(authenticator_.Cached(Of(token)).has_value());
  ASSERT_THAT(Give("siti", "auditor"), IsOk());
  EXPECT_FALSE(authenticator_.Cached(Of(token)).has_value());
}

TEST_F(SessionAuthenticatorTest, ForgetsWhatAnotherProcessChangesWhenItLooks) {
  const std::string token = Session("siti");
  other_.LookAtEpoch();
  ASSERT_THAT(other_.Authenticate(Of(token), absl::InfiniteFuture()), IsOk());
  other_.LookAtEpoch();
  EXPECT_TRUE(other_.Cached(Of(token)).has_value());
  CallScope call = Call(token);
  ASSERT_THAT(sign_in_.SignOut(call, {}), IsOk());
  other_.LookAtEpoch();
  EXPECT_FALSE(other_.Cached(Of(token)).has_value());
  EXPECT_THAT(other_.Authenticate(Of(token), absl::InfiniteFuture()),
              Refuses("CREDENTIALS_REVOKED"));
}

TEST_F(SessionAuthenticatorTest, RefusalsAreInTheTrailOfTheOrganizationTheyHappenedIn) {
  const std::string token = Session("siti");
  ASSERT_THAT(Give("siti", "auditor"), IsOk());
  const auto access = authenticator_.Authenticate(Of(token), absl::InfiniteFuture());
  ASSERT_THAT(access, IsOk());
  authenticator_.RecordRefusal(
      *access,
      {"lumbung.ledger.v1.LedgerService/ClosePeriod", "books/main/periods/2026-01", "call-1",
       Denial(*access, "period.close", {"manager"})},
      absl::InfiniteFuture());
  EXPECT_EQ(Trail().front(), "close_period books/main/periods/2026-01 PERMISSION_DENIED");
}

TEST_F(SessionAuthenticatorTest, NamesTheRolesThatWouldDo) {
  EXPECT_THAT(authenticator_.RolesWith("period.close"), Contains("manager"));
}

}  // namespace
}  // namespace lumbung::identity
