#include "services/identity/domain/role_permissions.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "lumbung/common/v1/access.pb.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "lumbung/ledger/v1/transfer_service.pb.h"
#include "lumbung/log/v1/log_service.pb.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"

namespace lumbung::identity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Every method of the API: "lumbung.ledger.v1.BooksService.CreateBook" and its permission.
std::vector<std::pair<std::string, std::string>> Methods() {
  std::vector<std::pair<std::string, std::string>> methods;
  for (const google::protobuf::FileDescriptor* file :
       {v1::SignInRequest::descriptor()->file(),
        ledger::v1::CreateBookRequest::descriptor()->file(),
        ledger::v1::ClosePeriodRequest::descriptor()->file(),
        ledger::v1::UploadFilesRequest::descriptor()->file(),
        log::v1::ListLeavesRequest::descriptor()->file(),
        reporting::v1::GetStatementRequest::descriptor()->file(),
        vouchers::v1::CreateVoucherRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const auto* const method = file->service(i)->method(j);
        methods.emplace_back(method->full_name(),
                             method->options().GetExtension(common::v1::permission));
      }
    }
  }
  return methods;
}

bool IsWord(const std::string& permission) {
  return permission == "PUBLIC" || permission == "SIGNED_IN";
}

TEST(RolePermissionsTest, EveryMethodNamesAPermissionThatSomeRoleHas) {
  ASSERT_GE(Methods().size(), 113u);
  for (const auto& [method, permission] : Methods()) {
    if (IsWord(permission)) continue;
    EXPECT_FALSE(permission.empty()) << method << " names no permission";
    EXPECT_FALSE(RolesWith(permission).empty()) << method << ": no role has " << permission;
  }
}

TEST(RolePermissionsTest, EveryPermissionIsAskedForByAMethod) {
  std::set<std::string> asked = {"period.adjust"};
  for (const auto& [method, permission] : Methods()) asked.insert(permission);
  for (const absl::string_view permission : AllPermissions()) {
    EXPECT_EQ(asked.count(std::string(permission)), 1u) << permission << " opens nothing";
  }
}

// What nobody needs to have signed in for is so little that each is named here.
TEST(RolePermissionsTest, OnlySigningInIsPublic) {
  std::vector<std::string> open;
  for (const auto& [method, permission] : Methods()) {
    if (permission == "PUBLIC") open.push_back(method);
  }
  const std::string service = "lumbung.identity.v1.IdentityService.";
  EXPECT_THAT(open, ElementsAre(service + "SignIn", service + "ListSignInProviders",
                                service + "BeginOidcSignIn", service + "CompleteOidcSignIn"));
}

TEST(RolePermissionsTest, NoRowIsWrittenTwice) {
  std::set<absl::string_view> seen;
  for (const absl::string_view permission : AllPermissions()) {
    EXPECT_TRUE(seen.insert(permission).second) << permission;
  }
}

TEST(RolePermissionsTest, RolesAreFoundByTheirNames) {
  for (const Role role : AllRoles()) EXPECT_EQ(RoleNamed(NameOf(role)), role);
  EXPECT_EQ(NameOf(Role::kOrganizationAdmin), "organization_admin");
  EXPECT_EQ(RoleNamed("adjuster"), std::nullopt);
  EXPECT_EQ(RoleNamed(""), std::nullopt);
}

// Told from what the roles are for, not from the table.
// A witness's signature is its own word about the log, and a pack leaves a trace in the audit
// trail; neither changes anything of the books.
TEST(RolePermissionsTest, WhoOnlyReadsWritesNothing) {
  const std::set<absl::string_view> harmless = {"audit.pack", "journal.export", "log.checkpoint",
                                                "log.cosign"};
  for (const Role role : {Role::kAuditor, Role::kDonor, Role::kSupervisor}) {
    for (const absl::string_view permission : PermissionsOf(role)) {
      EXPECT_TRUE(permission.find(".read") != permission.npos || harmless.count(permission) == 1)
          << NameOf(role) << " has " << permission;
    }
  }
}

TEST(RolePermissionsTest, WhoKeepsPeopleKeepsNoBooks) {
  for (const Role role : {Role::kOrganizationAdmin, Role::kPlatformOperator}) {
    for (const char* permission :
         {"journal.post", "journal.import", "journal.read", "balance.read", "period.close",
          "voucher.create", "voucher.read", "voucher.approve", "voucher.configure"}) {
      EXPECT_FALSE(Has(role, permission)) << NameOf(role) << " has " << permission;
    }
  }
  EXPECT_THAT(RolesWith("role.manage"), ElementsAre("organization_admin"));
}

TEST(RolePermissionsTest, ThePlatformSeesNothingOfATenant) {
  EXPECT_THAT(PermissionsOf(Role::kPlatformOperator),
              ElementsAre("organization.create", "person.read", "person.manage", "audit.read"));
}

TEST(RolePermissionsTest, UnknownPermissionsAreNobodys) {
  EXPECT_THAT(RolesWith("journal.burn"), IsEmpty());
  EXPECT_THAT(RolesWith(""), IsEmpty());
}

TEST(RolePermissionsTest, WriterApproverAndPayerAreThree) {
  const Role three[] = {Role::kFinanceOfficer, Role::kApprover, Role::kTreasurer};
  for (const Role a : three) {
    for (const Role b : three) {
      EXPECT_EQ(AreConflicting(a, b), a != b) << NameOf(a) << " and " << NameOf(b);
    }
  }
  EXPECT_TRUE(AreConflicting(Role::kAuditor, Role::kManager));
  EXPECT_TRUE(AreConflicting(Role::kManager, Role::kAuditor));
  EXPECT_FALSE(AreConflicting(Role::kApprover, Role::kManager));
  EXPECT_FALSE(AreConflicting(Role::kPlatformOperator, Role::kOrganizationAdmin));
}

}  // namespace
}  // namespace lumbung::identity
