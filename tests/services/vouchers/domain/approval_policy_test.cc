#include "services/vouchers/domain/approval_policy.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "absl/strings/str_join.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::Dec;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

const Person kSari{1, "sari", "Sari"};
const Person kBudi{2, "budi", "Budi"};
const Person kTuti{3, "tuti", "Tuti"};
const Person kWati{4, "wati", "Wati"};

Date Day(const char* text) {
  return *Date::Parse(text);
}

ApprovalPolicy Policy(const char* key, const char* limit, const char* role,
                      const char* second_role = "") {
  ApprovalPolicy policy;
  policy.key = key;
  if (*limit != '\0') policy.limit = Dec(limit);
  policy.role = role;
  policy.second_role = second_role;
  policy.validity.from = Day("2026-01-01");
  return policy;
}

// What many foundations lay down: up to a million one approver, up to ten a manager, above that the
// treasurer and the manager together.
std::vector<ApprovalPolicy> HousePolicies() {
  return {Policy("small", "1000000", "approver"), Policy("large", "10000000", "manager"),
          Policy("largest", "", "treasurer", "manager")};
}

VoucherFacts Facts(const char* amount) {
  VoucherFacts facts;
  facts.kind = VoucherKind::kCashOut;
  facts.amount = Dec(amount);
  facts.accounts = {"5", "5.3", "5.3.10", "1", "1.1", "1.1.11"};
  facts.funds = {"usaid"};
  return facts;
}

// "approver|manager & treasurer": the approvals a policy asks for, each with the roles that do.
std::string Asked(const std::vector<ApprovalPolicy>& policies, const VoucherFacts& facts,
                  const char* day = "2026-06-30") {
  const auto requirements = RequirementsFor(policies, facts, Day(day));
  if (!requirements.ok()) return ReasonOf(requirements.status());
  return absl::StrJoin(*requirements, "; ", [](std::string* out, const Requirement& requirement) {
    if (!requirement.scope.empty()) absl::StrAppend(out, requirement.scope, ": ");
    absl::StrAppend(
        out, absl::StrJoin(requirement.approvals, " & ", [](std::string* text, const auto& roles) {
          absl::StrAppend(text, absl::StrJoin(roles, "|"));
        }));
  });
}

TEST(ApprovalPolicyTest, TheLowestLimitThatIsHighEnoughDecides) {
  EXPECT_EQ(Asked(HousePolicies(), Facts("999999.99")), "approver|manager|treasurer");
  EXPECT_EQ(Asked(HousePolicies(), Facts("1000000")), "approver|manager|treasurer");
  EXPECT_EQ(Asked(HousePolicies(), Facts("1000000.01")), "manager|treasurer");
  EXPECT_EQ(Asked(HousePolicies(), Facts("10000000.01")), "treasurer & manager");
}

TEST(ApprovalPolicyTest, NoPolicyAsksForOneApprovalByAnyApprovingRole) {
  EXPECT_EQ(Asked({}, Facts("1")), "approver|treasurer|manager");
}

TEST(ApprovalPolicyTest, AnAmountAboveEveryLimitIsRefused) {
  std::vector<ApprovalPolicy> policies = HousePolicies();
  policies.pop_back();
  const auto refused = RequirementsFor(policies, Facts("10000001"), Day("2026-06-30"));
  EXPECT_THAT(refused, RefusesAt("LIMIT_EXCEEDED", "amount"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("is 10000000"));
}

TEST(ApprovalPolicyTest, PoliciesOfDifferentScopesAddUp) {
  std::vector<ApprovalPolicy> policies = HousePolicies();
  policies.push_back(Policy("salaries", "", "manager"));
  policies.back().account = "5.3";
  policies.push_back(Policy("usaid", "", "approver", "approver"));
  policies.back().fund = "usaid";
  policies.push_back(Policy("memorial", "", "manager"));
  policies.back().kind = VoucherKind::kMemorial;
  policies.push_back(Policy("elsewhere", "", "manager"));
  policies.back().account = "5.4";
  EXPECT_EQ(Asked(policies, Facts("1000")),
            "approver|manager|treasurer; fund usaid: approver & approver; account 5.3: manager");
  // A narrow policy with a generous limit opens no way round the general one.
  policies = {Policy("all", "1000", "manager"), Policy("petty", "", "approver")};
  policies.back().account = "5.3";
  EXPECT_EQ(Asked(policies, Facts("1001")), "LIMIT_EXCEEDED");
}

TEST(ApprovalPolicyTest, HoldsFromItsFirstDayToItsLast) {
  std::vector<ApprovalPolicy> policies = {Policy("old", "", "manager"),
                                          Policy("new", "", "approver", "manager")};
  policies[0].validity.to = Day("2026-06-30");
  policies[1].validity.from = Day("2026-07-01");
  EXPECT_EQ(Asked(policies, Facts("1"), "2025-12-31"), "approver|treasurer|manager");
  EXPECT_EQ(Asked(policies, Facts("1"), "2026-01-01"), "manager");
  EXPECT_EQ(Asked(policies, Facts("1"), "2026-06-30"), "manager");
  EXPECT_EQ(Asked(policies, Facts("1"), "2026-07-01"), "approver & manager");
}

TEST(ApprovalPolicyTest, RefusesPoliciesThatMakeNoSense) {
  EXPECT_THAT(CheckPolicy(Policy("x", "", "manager")), IsOk());
  EXPECT_THAT(CheckPolicy(Policy("x", "", "auditor")), RefusesAt("UNKNOWN_ROLE", "role"));
  EXPECT_THAT(CheckPolicy(Policy("x", "", "")), RefusesAt("UNKNOWN_ROLE", "role"));
  EXPECT_THAT(CheckPolicy(Policy("x", "", "manager", "donor")),
              RefusesAt("UNKNOWN_ROLE", "second_role"));
  EXPECT_THAT(CheckPolicy(Policy("x", "0", "manager")), RefusesAt("INVALID_AMOUNT", "limit"));
  ApprovalPolicy policy = Policy("x", "", "manager");
  policy.validity.to = Day("2025-12-31");
  EXPECT_THAT(CheckPolicy(policy), RefusesAt("INVALID_VALIDITY", "to_date"));
  policy = Policy("x", "", "manager");
  policy.account = "5";
  policy.fund = "usaid";
  EXPECT_THAT(CheckPolicy(policy), RefusesAt("INVALID_SCOPE", "fund"));
}

TEST(ApprovalPolicyTest, RefusesTwoPoliciesOfOneScopeAndLimitAtOnce) {
  ApprovalPolicy policy = Policy("x", "1000000.00", "manager");
  EXPECT_THAT(CheckNoOverlap(policy, HousePolicies()), Refuses("POLICY_OVERLAPS"));
  policy.fund = "usaid";
  EXPECT_THAT(CheckNoOverlap(policy, HousePolicies()), IsOk());
  policy = Policy("x", "2000000", "manager");
  EXPECT_THAT(CheckNoOverlap(policy, HousePolicies()), IsOk());
  policy = Policy("x", "1000000", "manager");
  policy.validity = {Day("2025-01-01"), Day("2025-12-31")};
  EXPECT_THAT(CheckNoOverlap(policy, HousePolicies()), IsOk());
  policy.validity.to = Day("2026-01-01");
  EXPECT_THAT(CheckNoOverlap(policy, HousePolicies()), Refuses("POLICY_OVERLAPS"));
}

// A voucher of Sari's that waits for the approvals of `policies`.
class ApprovalTest : public ::testing::Test {
 protected:
  void Ask(const std::vector<ApprovalPolicy>& policies, const char* amount = "1") {
    case_.requirements = *RequirementsFor(policies, Facts(amount), Day("2026-06-30"));
  }
  absl::StatusOr<Approval> Try(const Person& person, std::vector<std::string> roles) const {
    return ApprovalBy({person, std::move(roles), false}, case_);
  }
  // Approves; whether all is given now.
  bool Approve(const Person& person, std::vector<std::string> roles) {
    const auto approval = Try(person, std::move(roles));
    EXPECT_THAT(approval, IsOk());
    if (approval.ok()) case_.approvals.push_back(*approval);
    return AreMet(case_.requirements, case_.approvals);
  }
  void Lend(const Person& principal, const Person& deputy, const char* role) {
    case_.deputyships.push_back({"d", principal, deputy, role, {Day("2026-01-01"), {}}, ""});
  }

  ApprovalCase case_{kSari, {}, {}, {}, false};
};

TEST_F(ApprovalTest, OneOfTheRoleIsEnoughWhereOneIsAskedFor) {
  Ask({Policy("all", "", "manager")});
  EXPECT_FALSE(AreMet(case_.requirements, case_.approvals));
  EXPECT_THAT(MissingRoles(case_.requirements, case_.approvals), ElementsAre("manager"));
  EXPECT_TRUE(Approve(kBudi, {"auditor", "manager"}));
  EXPECT_THAT(MissingRoles(case_.requirements, case_.approvals), IsEmpty());
}

TEST_F(ApprovalTest, TheMakerDoesNotApprove) {
  Ask({Policy("all", "", "manager")});
  EXPECT_THAT(Try(kSari, {"manager"}), Refuses("SELF_APPROVAL"));
  case_.self_approval_allowed = true;
  const auto approval = Try(kSari, {"manager"});
  ASSERT_THAT(approval, IsOk());
  EXPECT_TRUE(approval->self_approval);
  EXPECT_FALSE(Try(kBudi, {"manager"})->self_approval);
}

TEST_F(ApprovalTest, OnlyTheRolesThatAreWaitedForApprove) {
  Ask({Policy("all", "", "treasurer", "manager")});
  const auto refused = Try(kBudi, {"approver", "auditor"});
  EXPECT_THAT(refused, Refuses("NOT_AN_APPROVER"));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("treasurer, manager; your roles are: approver, auditor"));
  EXPECT_FALSE(Approve(kBudi, {"treasurer"}));
  EXPECT_THAT(MissingRoles(case_.requirements, case_.approvals), ElementsAre("manager"));
  EXPECT_THAT(Try(kTuti, {"treasurer"}), Refuses("NOT_AN_APPROVER"));
  EXPECT_TRUE(Approve(kTuti, {"manager"}));
}

TEST_F(ApprovalTest, TwoApprovalsAreByTwoPeople) {
  Ask({Policy("all", "", "treasurer", "manager")});
  EXPECT_FALSE(Approve(kBudi, {"treasurer", "manager"}));
  EXPECT_THAT(Try(kBudi, {"treasurer", "manager"}), Refuses("ALREADY_APPROVED"));
  // Whichever of his roles Budi's approval counts for, Tuti's fills the other.
  EXPECT_TRUE(Approve(kTuti, {"treasurer"}));
}

TEST_F(ApprovalTest, AnApprovalCountsForEveryScopeItFits) {
  std::vector<ApprovalPolicy> policies = {Policy("all", "", "manager"),
                                          Policy("usaid", "", "manager", "treasurer")};
  policies[1].fund = "usaid";
  Ask(policies);
  EXPECT_FALSE(Approve(kBudi, {"treasurer"}));
  EXPECT_TRUE(Approve(kTuti, {"manager"}));
}

TEST_F(ApprovalTest, ADeputyApprovesWithTheRoleLent) {
  Ask({Policy("all", "", "manager")});
  EXPECT_THAT(Try(kTuti, {"approver"}), Refuses("NOT_AN_APPROVER"));
  Lend(kBudi, kTuti, "manager");
  const auto approval = Try(kTuti, {"approver"});
  ASSERT_THAT(approval, IsOk());
  ASSERT_TRUE(approval->on_behalf_of.has_value());
  EXPECT_EQ(approval->on_behalf_of->id, kBudi.id);
  EXPECT_THAT(approval->roles, ElementsAre("manager"));
  // Whoever holds the role acts in person.
  EXPECT_FALSE(Try(kTuti, {"manager"})->on_behalf_of.has_value());
}

TEST_F(ApprovalTest, ADeputyIsNoWayRoundOneself) {
  Ask({Policy("all", "", "manager", "manager")});
  // Sari made the voucher: she does not approve it through Tuti.
  Lend(kSari, kTuti, "manager");
  EXPECT_THAT(Try(kTuti, {}), Refuses("NOT_AN_APPROVER"));
  // Budi and his deputies are one voice.
  Lend(kBudi, kTuti, "manager");
  Lend(kBudi, kWati, "manager");
  EXPECT_FALSE(Approve(kTuti, {}));
  EXPECT_THAT(Try(kBudi, {"manager"}), Refuses("ALREADY_APPROVED"));
  EXPECT_THAT(Try(kWati, {}), Refuses("NOT_AN_APPROVER"));
  EXPECT_TRUE(Approve(kWati, {"manager"}));
}

TEST(DeputyshipTest, EndsAndIsGivenBySomebodyElse) {
  Deputyship deputyship{"d", kBudi, kTuti, "manager", {Day("2026-01-01"), Day("2026-01-31")}, ""};
  EXPECT_THAT(CheckDeputyship(deputyship, kBudi), IsOk());
  EXPECT_THAT(CheckDeputyship(deputyship, kTuti), RefusesAt("SELF_APPOINTED", "deputy"));
  deputyship.role = "auditor";
  EXPECT_THAT(CheckDeputyship(deputyship, kBudi), RefusesAt("UNKNOWN_ROLE", "role"));
  deputyship.role = "manager";
  deputyship.deputy = kBudi;
  EXPECT_THAT(CheckDeputyship(deputyship, kBudi), RefusesAt("DEPUTY_OF_SELF", "deputy"));
  deputyship.validity.to.reset();
  EXPECT_THAT(CheckDeputyship(deputyship, kBudi), RefusesAt("INVALID_VALIDITY", "to_date"));
  deputyship.validity.to = Day("2025-12-31");
  EXPECT_THAT(CheckDeputyship(deputyship, kBudi), RefusesAt("INVALID_VALIDITY", "to_date"));
}

}  // namespace
}  // namespace lumbung::vouchers
