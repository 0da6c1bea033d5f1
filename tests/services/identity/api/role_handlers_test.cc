#include "services/identity/api/role_handlers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/services/identity/api/identity_fixture.h"

namespace lumbung::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

class RoleTest : public IdentityTest {
 protected:
  absl::Status SetSmall(bool small) {
    CallScope call = Call(admin_);
    v1::UpdateOrganizationSettingsRequest request;
    request.mutable_settings()->set_small_organization(small);
    request.add_update_paths("small_organization");
    return roles_.UpdateOrganizationSettings(call, request).status();
  }
  // "siti finance_officer", with the grant's name in front when asked.
  std::vector<v1::RoleGrant> Grants(bool revoked_too = false) {
    CallScope call = Call(admin_);
    v1::ListRoleGrantsRequest request;
    request.set_show_revoked(revoked_too);
    request.set_page_size(2);
    std::vector<v1::RoleGrant> grants;
    do {
      const auto page = roles_.ListRoleGrants(call, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      grants.insert(grants.end(), page->role_grants().begin(), page->role_grants().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return grants;
  }
  static std::vector<std::string> Told(const std::vector<v1::RoleGrant>& grants) {
    std::vector<std::string> lines;
    for (const v1::RoleGrant& grant : grants) {
      lines.push_back(absl::StrCat(grant.user_name(), " ", grant.role(),
                                   grant.has_revoke_time() ? " revoked" : ""));
    }
    return lines;
  }
  absl::Status Revoke(const std::string& user_name, const std::string& role) {
    CallScope call = Call(admin_);
    v1::RevokeRoleRequest request;
    for (const v1::RoleGrant& grant : Grants()) {
      if (grant.user_name() == user_name && grant.role() == role) request.set_name(grant.name());
    }
    return roles_.RevokeRole(call, request).status();
  }
  bool MayPost(const std::string& token) {
    return Allows(Call(token).access, "journal.post", RequestTarget{.book = "main"});
  }
};

TEST_F(RoleTest, ARoleIsHeldFromItsGrantToItsRevocation) {
  const std::string token = Session("siti");
  EXPECT_FALSE(MayPost(token));
  EXPECT_THAT(Give("siti", "finance_officer"), IsOk());
  EXPECT_TRUE(MayPost(token));
  EXPECT_THAT(Give("siti", "finance_officer"), Refuses("ALREADY_EXISTS"));
  EXPECT_THAT(Revoke("siti", "finance_officer"), IsOk());
  EXPECT_FALSE(MayPost(token));
  EXPECT_THAT(Told(Grants()), ElementsAre("admin organization_admin"));
  EXPECT_THAT(Told(Grants(true)),
              ElementsAre("admin organization_admin", "siti finance_officer revoked"));
  EXPECT_THAT(Give("siti", "finance_officer"), IsOk());
}

TEST_F(RoleTest, WhatIsNoRoleScopeOrDateIsRefused) {
  AddPerson("siti");
  EXPECT_THAT(Give("siti", "adjuster"), RefusesAt("UNKNOWN_ROLE", "role"));
  EXPECT_THAT(Give("siti", "platform_operator"), RefusesAt("UNKNOWN_ROLE", "role"));
  EXPECT_THAT(Give("siti", "auditor", "accounts/1"), RefusesAt("INVALID_SCOPE", "scope"));
  EXPECT_THAT(Give("siti", "auditor", "regions/32"), RefusesAt("INVALID_SCOPE", "scope"));
  EXPECT_THAT(Give("siti", "organization_admin", "books/main"),
              RefusesAt("INVALID_SCOPE", "scope"));
  EXPECT_THAT(Give("siti", "supervisor", "regions/32"), IsOk());
  EXPECT_THAT(Give("nobody", "auditor"), RefusesAt("PERSON_NOT_FOUND", "user_name"));

  CallScope call = Call(admin_);
  v1::GrantRoleRequest request;
  request.set_user_name("siti");
  request.set_role("auditor");
  request.set_start_date("2026-02-30");
  EXPECT_THAT(roles_.GrantRole(call, request), RefusesAt("INVALID_DATE", "start_date"));
  request.set_start_date("2026-07-01");
  request.set_end_date("2026-06-30");
  EXPECT_THAT(roles_.GrantRole(call, request), RefusesAt("INVALID_DATE", "end_date"));
}

TEST_F(RoleTest, NobodyBothWritesAndApproves) {
  AddPerson("siti");
  EXPECT_THAT(Give("siti", "finance_officer"), IsOk());
  const absl::Status conflict = Give("siti", "approver");
  EXPECT_THAT(conflict, RefusesAt("CONFLICTING_ROLES", "role"));
  EXPECT_THAT(std::string(conflict.message()), HasSubstr("siti is finance_officer"));
  // Not in another book either: a scope makes no second person.
  EXPECT_THAT(Give("siti", "approver", "books/other"), Refuses("CONFLICTING_ROLES"));
  EXPECT_THAT(Give("admin", "finance_officer"), Refuses("CONFLICTING_ROLES"));
  EXPECT_THAT(Revoke("siti", "finance_officer"), IsOk());
  EXPECT_THAT(Give("siti", "approver"), IsOk());
}

TEST_F(RoleTest, ASmallOrganizationHasNoSuchRule) {
  EXPECT_THAT(SetSmall(true), IsOk());
  EXPECT_THAT(Give("admin", "finance_officer"), IsOk());
  EXPECT_THAT(Give("admin", "approver"), IsOk());
  // It cannot become large while one person does what two are for.
  EXPECT_THAT(SetSmall(false), Refuses("CONFLICTING_ROLES"));
  EXPECT_THAT(Revoke("admin", "approver"), IsOk());
  EXPECT_THAT(SetSmall(false), Refuses("CONFLICTING_ROLES"));
  EXPECT_THAT(Revoke("admin", "finance_officer"), IsOk());
  EXPECT_THAT(SetSmall(false), IsOk());
}

TEST_F(RoleTest, TheLastAdministratorStays) {
  EXPECT_THAT(Revoke("admin", "organization_admin"), Refuses("LAST_ADMINISTRATOR"));
  AddPerson("siti");
  ASSERT_THAT(Give("siti", "organization_admin"), IsOk());
  EXPECT_THAT(Revoke("siti", "organization_admin"), IsOk());
  EXPECT_THAT(Revoke("admin", "organization_admin"), Refuses("LAST_ADMINISTRATOR"));
}

TEST_F(RoleTest, ChangesAreInTheTrail) {
  AddPerson("siti");
  ASSERT_THAT(Give("siti", "finance_officer"), IsOk());
  EXPECT_EQ(Trail().front(), "test people/siti");
}

}  // namespace
}  // namespace lumbung::identity
