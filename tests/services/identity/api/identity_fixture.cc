#include "tests/services/identity/api/identity_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "ledger/store/organization_store.h"
#include "services/common/random_bytes.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"

namespace lumbung::identity {

using testing::IsOk;

IdentityTest::IdentityTest()
    : organization_(database_.CreateOrganization("melati")),
      now_(absl::FromUnixSeconds(1'781'524'800)),
      parts_({&database_.pool(), [this] { return now_; }, SecureRandomBytes,
              [this] { authenticator_.Invalidate(); }}),
      authenticator_({&database_.pool(), [this] { return now_; }, absl::Hours(1)}),
      sign_in_(parts_),
      people_(parts_),
      roles_(parts_) {
  EXPECT_THAT(EnsureFirstAdmin(database_.pool(), parts_.random, now_), IsOk());
  EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](store::TransactionScope& scope) -> absl::Status {
                                        OpenPeople(scope);
                                        const auto admin = FindPerson(scope, kFirstAdmin, "");
                                        if (!admin.ok()) return admin.status();
                                        return FoundOrganization(scope, admin->person_id,
                                                                 kFirstAdmin, {}, now_);
                                      }),
              IsOk());
  admin_ = OpenServerSession(database_.pool(), kFirstAdmin, absl::Hours(12), parts_.random, now_)
               .value_or("");
}

CallScope IdentityTest::Call(const std::string& token, const std::string& organization) {
  CallScope call;
  call.deadline = absl::Now() + absl::Minutes(1);
  call.method = "lumbung.identity.v1.IdentityService/Test";
  call.access.from_address = "10.1.2.3";
  if (token.empty()) return call;
  const auto access = authenticator_.Authenticate({token, organization, "10.1.2.3"}, call.deadline);
  EXPECT_THAT(access, IsOk());
  if (access.ok()) call.access = *access;
  return call;
}

std::string IdentityTest::AddPerson(const std::string& user_name) {
  CallScope call = Call(admin_);
  v1::CreatePersonRequest request;
  request.set_user_name(user_name);
  const auto response = people_.CreatePerson(call, request);
  EXPECT_THAT(response, IsOk());
  return response.ok() ? response->one_time_password() : "";
}

absl::Status IdentityTest::Give(const std::string& user_name, const std::string& role,
                                const std::string& scope) {
  CallScope call = Call(admin_);
  v1::GrantRoleRequest request;
  request.set_user_name(user_name);
  request.set_role(role);
  request.set_scope(scope);
  return roles_.GrantRole(call, request).status();
}

absl::StatusOr<v1::SignInResponse> IdentityTest::SignIn(const std::string& user_name,
                                                        const std::string& password,
                                                        const std::string& code,
                                                        const std::string& recovery_code) {
  CallScope call = Call("");
  call.method = "lumbung.identity.v1.IdentityService/SignIn";
  v1::SignInRequest request;
  request.set_user_name(user_name);
  request.set_password(password);
  request.set_totp_code(code);
  request.set_recovery_code(recovery_code);
  return sign_in_.SignIn(call, request);
}

std::string IdentityTest::Session(const std::string& user_name) {
  const std::string one_time = AddPerson(user_name);
  const auto response = SignIn(user_name, one_time);
  EXPECT_THAT(response, IsOk());
  if (!response.ok()) return "";
  CallScope call = Call(response->token());
  v1::ChangePasswordRequest change;
  change.set_current_password(one_time);
  change.set_new_password(kPassword);
  EXPECT_THAT(sign_in_.ChangePassword(call, change), IsOk());
  return response->token();
}

std::vector<std::string> IdentityTest::Trail() {
  const auto events = store::InTransaction(
      database_.pool(), {organization_, store::Access::kReadOnly},
      [](store::TransactionScope& scope) -> absl::StatusOr<std::vector<audit::StoredEvent>> {
        return audit::List(scope, {}, 0, 1'000);
      });
  EXPECT_THAT(events, IsOk());
  std::vector<std::string> lines;
  if (!events.ok()) return lines;
  for (const audit::StoredEvent& stored : *events) {
    const audit::Event& event = stored.event;
    lines.push_back(absl::StrCat(event.action, " ", event.resource, event.reason.empty() ? "" : " ",
                                 event.reason));
  }
  return lines;
}

}  // namespace lumbung::identity
