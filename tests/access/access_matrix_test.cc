// Every method of every service times every role times own and foreign organization, over real gRPC
// and again by the gateway: the server does what the options in the .proto files and the table of
// roles say, and nothing else. The requests are empty: whoever is let in is refused for that, and
// for no lack of permission.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "services/common/access.h"
#include "services/identity/store/audit_trail.h"
#include "tests/access/access_server.h"
#include "tests/access/http_door.h"

namespace lumbung::identity {
namespace {

using testing::Method;

// By which door a call comes in.
enum class Door { kGrpc, kGateway };

class AccessMatrixTest : public ::testing::TestWithParam<Door> {
 protected:
  absl::Status Ask(const Method& method, const std::string& token,
                   const std::string& organization) {
    if (GetParam() == Door::kGrpc) return server_.Ask(method.path, token, organization);
    return testing::AskByHttp(server_.server().gateway_port(), method.path,
                              method.descriptor->server_streaming(), token, organization);
  }
  std::string Token(Role role) { return server_.Token(role); }
  static bool IsLetIn(const absl::Status& status) {
    return !absl::IsPermissionDenied(status) && !absl::IsUnauthenticated(status) &&
           ReasonOf(status) != "ORGANIZATION_REQUIRED";
  }

  int RefusalsInTheTrail() {
    return store::InTransaction(
               server_.database().pool(), {server_.melati(), store::Access::kReadOnly},
               [](store::TransactionScope& scope) -> absl::StatusOr<int> {
                 const auto events = audit::List(scope, {.only_refused = true}, 0, 100'000);
                 return static_cast<int>(
                     std::count_if(events.begin(), events.end(), [](const auto& listed) {
                       return listed.event.reason == "PERMISSION_DENIED";
                     }));
               })
        .value_or(-1);
  }

  testing::AccessServer server_;
};

INSTANTIATE_TEST_SUITE_P(Doors, AccessMatrixTest, ::testing::Values(Door::kGrpc, Door::kGateway),
                         [](const auto& of) {
                           return of.param == Door::kGrpc ? "Grpc" : "Gateway";
                         });

TEST_P(AccessMatrixTest, TheServerDoesWhatTheTableSays) {
  const std::vector<Method> methods = testing::AllMethods();
  EXPECT_GE(methods.size(), 116u);
  int refused = 0;
  for (const Method& method : methods) {
    SCOPED_TRACE(method.path);
    // The gateway has no way in for these.
    if (method.descriptor->client_streaming() && GetParam() == Door::kGateway) continue;
    const bool is_public = method.permission == kPublic;
    const bool is_for_all = is_public || method.permission == kSignedIn;

    const absl::Status nobody = Ask(method, "", "melati");
    // SignIn itself says that nobody was proved.
    EXPECT_EQ(ReasonOf(nobody) == "SIGN_IN_REQUIRED", !is_public) << nobody;
    EXPECT_EQ(ReasonOf(Ask(method, "lbs_unknown", "melati")) == "SIGN_IN_REQUIRED", !is_public);
    if (is_public) continue;

    for (const Role role : AllRoles()) {
      SCOPED_TRACE(NameOf(role));
      const bool is_platform = role == Role::kPlatformOperator;
      const bool expected = is_for_all || Has(role, method.permission);
      const absl::Status own = Ask(method, Token(role), is_platform ? "" : "melati");
      EXPECT_EQ(IsLetIn(own), expected) << own;
      if (!expected && !is_platform) ++refused;

      const absl::Status foreign = Ask(method, Token(role), "mawar");
      EXPECT_EQ(IsLetIn(foreign), is_for_all) << foreign;
      if (!is_for_all) {
        // Whether it is another's or nobody's is not to be told from the answer.
        EXPECT_EQ(foreign, Ask(method, Token(role), "tulip"));
        EXPECT_EQ(ReasonOf(foreign), "PERMISSION_DENIED");
      }
    }
  }
  EXPECT_GT(refused, 200);
  EXPECT_EQ(RefusalsInTheTrail(), refused);
}

}  // namespace
}  // namespace lumbung::identity
