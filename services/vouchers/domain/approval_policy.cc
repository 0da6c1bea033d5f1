#include "services/vouchers/domain/approval_policy.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

using Scope = std::tuple<std::optional<VoucherKind>, std::string, std::string>;
using Roles = std::vector<std::string>;

Scope ScopeOf(const ApprovalPolicy& policy) {
  return {policy.kind, policy.account, policy.fund};
}

std::string ScopeInWords(const ApprovalPolicy& policy) {
  std::vector<std::string> words;
  if (policy.kind.has_value()) words.emplace_back(KindCode(*policy.kind));
  if (!policy.account.empty()) words.push_back(absl::StrCat("account ", policy.account));
  if (!policy.fund.empty()) words.push_back(absl::StrCat("fund ", policy.fund));
  return absl::StrJoin(words, ", ");
}

bool Concerns(const ApprovalPolicy& policy, const VoucherFacts& facts) {
  return (!policy.kind.has_value() || *policy.kind == facts.kind) &&
         (policy.account.empty() || facts.accounts.count(policy.account) > 0) &&
         (policy.fund.empty() || facts.funds.count(policy.fund) > 0);
}

// Whether `a` is a lower limit than `b`; no limit is the highest.
bool IsLower(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  return a.has_value() && (!b.has_value() || *a < *b);
}

absl::Status CheckRole(absl::string_view role, absl::string_view field) {
  if (std::count(std::begin(kApprovingRoles), std::end(kApprovingRoles), role) > 0) {
    return absl::OkStatus();
  }
  return InvalidArgument("UNKNOWN_ROLE", field,
                         absl::StrCat("found \"", role, "\"; roles that approve are: ",
                                      absl::StrJoin(kApprovingRoles, ", ")));
}

absl::Status CheckValidity(const Validity& validity) {
  if (!validity.to.has_value() || validity.from <= *validity.to) return absl::OkStatus();
  return InvalidArgument("INVALID_VALIDITY", "to_date",
                         absl::StrCat("the end ", validity.to->ToString(),
                                      " lies before the start ", validity.from.ToString()));
}

void AddRole(const std::string& role, Roles* roles) {
  if (std::find(roles->begin(), roles->end(), role) == roles->end()) roles->push_back(role);
}

// What the policies of one scope ask for; they are those in force.
absl::StatusOr<Requirement> RequirementOf(absl::Span<const ApprovalPolicy* const> policies,
                                          const VoucherFacts& facts) {
  const ApprovalPolicy* decisive = nullptr;
  const ApprovalPolicy* highest = policies.front();
  for (const ApprovalPolicy* const policy : policies) {
    if (IsLower(highest->limit, policy->limit)) highest = policy;
    if (policy->limit.has_value() && *policy->limit < facts.amount) continue;
    if (decisive == nullptr || IsLower(policy->limit, decisive->limit)) decisive = policy;
  }
  Requirement requirement;
  requirement.scope = ScopeInWords(*policies.front());
  if (decisive == nullptr) {
    return FailedPrecondition(
        "LIMIT_EXCEEDED", "amount",
        absl::StrCat("the voucher is worth ", facts.amount.ToString(),
                     "; the highest limit of the approval policies",
                     requirement.scope.empty() ? "" : absl::StrCat(" for ", requirement.scope),
                     " is ", highest->limit->ToString()));
  }
  requirement.approvals.push_back({decisive->role});
  if (!decisive->second_role.empty()) requirement.approvals.push_back({decisive->second_role});
  for (const ApprovalPolicy* const policy : policies) {
    if (!IsLower(decisive->limit, policy->limit)) continue;
    for (Roles& roles : requirement.approvals) {
      AddRole(policy->role, &roles);
      if (!policy->second_role.empty()) AddRole(policy->second_role, &roles);
    }
  }
  return requirement;
}

bool Fits(const Approval& approval, const Roles& roles) {
  return std::any_of(roles.begin(), roles.end(), [&approval](const std::string& role) {
    return std::count(approval.roles.begin(), approval.roles.end(), role) > 0;
  });
}

// Whose word an approval is.
std::int64_t VoiceOf(const Approval& approval) {
  return approval.on_behalf_of.has_value() ? approval.on_behalf_of->id : approval.person.id;
}

bool AreTwoPeople(const Approval& a, const Approval& b) {
  return a.person.id != b.person.id && VoiceOf(a) != VoiceOf(b);
}

// Which of the approvals asked for are given: of one or two, the most that can be.
std::vector<bool> GivenOf(const Requirement& requirement, const std::vector<Approval>& approvals) {
  std::vector<bool> best(requirement.approvals.size(), false);
  for (const Approval& first : approvals) {
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (!Fits(first, requirement.approvals[i])) continue;
      std::vector<bool> given(best.size(), false);
      given[i] = true;
      for (const Approval& second : approvals) {
        for (std::size_t j = 0; j < given.size(); ++j) {
          if (j != i && Fits(second, requirement.approvals[j]) && AreTwoPeople(first, second)) {
            given[j] = true;
          }
        }
      }
      if (std::count(given.begin(), given.end(), true) >
          std::count(best.begin(), best.end(), true)) {
        best = given;
      }
    }
  }
  return best;
}

std::ptrdiff_t CountGiven(const std::vector<Requirement>& requirements,
                          const std::vector<Approval>& approvals) {
  std::ptrdiff_t count = 0;
  for (const Requirement& requirement : requirements) {
    const std::vector<bool> given = GivenOf(requirement, approvals);
    count += std::count(given.begin(), given.end(), true);
  }
  return count;
}

bool Helps(const Approval& approval, const ApprovalCase& approval_case) {
  std::vector<Approval> with = approval_case.approvals;
  with.push_back(approval);
  return CountGiven(approval_case.requirements, with) >
         CountGiven(approval_case.requirements, approval_case.approvals);
}

std::string RolesInWords(const Caller& caller) {
  return caller.roles.empty() ? "none" : absl::StrJoin(caller.roles, ", ");
}

absl::Status Denied(absl::string_view reason, absl::string_view message) {
  return Refusal(absl::StatusCode::kPermissionDenied, reason, "", message);
}

}  // namespace

bool IsInForce(const Validity& validity, Date day) {
  return validity.from <= day && (!validity.to.has_value() || day <= *validity.to);
}

bool Overlap(const Validity& a, const Validity& b) {
  return (!a.to.has_value() || b.from <= *a.to) && (!b.to.has_value() || a.from <= *b.to);
}

absl::Status CheckPolicy(const ApprovalPolicy& policy) {
  LUMBUNG_RETURN_IF_ERROR(CheckRole(policy.role, "role"));
  if (!policy.second_role.empty()) {
    LUMBUNG_RETURN_IF_ERROR(CheckRole(policy.second_role, "second_role"));
  }
  if (!policy.account.empty() && !policy.fund.empty()) {
    return InvalidArgument(
        "INVALID_SCOPE", "fund",
        "found an account and a fund; a policy concerns one of them, or neither");
  }
  if (policy.limit.has_value() && policy.limit->Sign() <= 0) {
    return InvalidArgument(
        "INVALID_AMOUNT", "limit",
        absl::StrCat("found ", policy.limit->ToString(), "; a limit is positive, or left out"));
  }
  return CheckValidity(policy.validity);
}

absl::Status CheckNoOverlap(const ApprovalPolicy& policy,
                            const std::vector<ApprovalPolicy>& others) {
  for (const ApprovalPolicy& other : others) {
    const bool same_limit = policy.limit.has_value() == other.limit.has_value() &&
                            (!policy.limit.has_value() || *policy.limit == *other.limit);
    if (ScopeOf(policy) == ScopeOf(other) && same_limit &&
        Overlap(policy.validity, other.validity)) {
      return FailedPrecondition(
          "POLICY_OVERLAPS", "",
          absl::StrCat("policy ", other.key,
                       " has the same scope and limit in that time; end it first"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDeputyship(const Deputyship& deputyship, const Person& caller) {
  LUMBUNG_RETURN_IF_ERROR(CheckRole(deputyship.role, "role"));
  if (!deputyship.validity.to.has_value()) {
    return InvalidArgument("INVALID_VALIDITY", "to_date", "a deputyship has an end");
  }
  LUMBUNG_RETURN_IF_ERROR(CheckValidity(deputyship.validity));
  if (deputyship.principal.id == deputyship.deputy.id) {
    return InvalidArgument("DEPUTY_OF_SELF", "deputy", "nobody is their own deputy");
  }
  if (deputyship.deputy.id == caller.id) {
    return Refusal(absl::StatusCode::kPermissionDenied, "SELF_APPOINTED", "deputy",
                   "somebody else must name you a deputy");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Requirement>> RequirementsFor(
    const std::vector<ApprovalPolicy>& policies, const VoucherFacts& facts, Date day) {
  std::map<Scope, std::vector<const ApprovalPolicy*>> by_scope;
  for (const ApprovalPolicy& policy : policies) {
    if (IsInForce(policy.validity, day) && Concerns(policy, facts)) {
      by_scope[ScopeOf(policy)].push_back(&policy);
    }
  }
  std::vector<Requirement> requirements;
  for (const auto& [scope, of_scope] : by_scope) {
    LUMBUNG_ASSIGN_OR_RETURN(Requirement requirement, RequirementOf(of_scope, facts));
    requirements.push_back(std::move(requirement));
  }
  if (requirements.empty()) {
    Requirement anyone;
    anyone.approvals.emplace_back(std::begin(kApprovingRoles), std::end(kApprovingRoles));
    requirements.push_back(std::move(anyone));
  }
  return requirements;
}

bool AreMet(const std::vector<Requirement>& requirements, const std::vector<Approval>& approvals) {
  return MissingRoles(requirements, approvals).empty();
}

std::vector<std::string> MissingRoles(const std::vector<Requirement>& requirements,
                                      const std::vector<Approval>& approvals) {
  Roles missing;
  for (const Requirement& requirement : requirements) {
    const std::vector<bool> given = GivenOf(requirement, approvals);
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!given[i]) AddRole(requirement.approvals[i].front(), &missing);
    }
  }
  return missing;
}

absl::StatusOr<Approval> ApprovalBy(const Caller& caller, const ApprovalCase& approval_case) {
  const bool is_maker = caller.person.id == approval_case.maker.id;
  if (is_maker && !approval_case.self_approval_allowed) {
    return Denied("SELF_APPROVAL",
                  absl::StrCat("the voucher was made by ", approval_case.maker.display_name,
                               "; somebody else must approve it"));
  }
  for (const Approval& given : approval_case.approvals) {
    if (given.person.id == caller.person.id || VoiceOf(given) == caller.person.id) {
      return Denied(
          "ALREADY_APPROVED",
          absl::StrCat(given.person.display_name, " has approved this voucher",
                       given.on_behalf_of.has_value()
                           ? absl::StrCat(" on behalf of ", given.on_behalf_of->display_name)
                           : "",
                       "; a different person must give the next approval"));
    }
  }
  Approval own;
  own.person = caller.person;
  own.roles = caller.roles;
  own.self_approval = is_maker;
  if (Helps(own, approval_case)) return own;
  for (const Deputyship& deputyship : approval_case.deputyships) {
    // Whoever made the voucher does not approve it through a deputy either.
    const bool lends = deputyship.deputy.id == caller.person.id &&
                       deputyship.principal.id != approval_case.maker.id;
    if (!lends) continue;
    Approval lent = own;
    lent.on_behalf_of = deputyship.principal;
    lent.roles = {deputyship.role};
    if (Helps(lent, approval_case)) return lent;
  }
  return Denied(
      "NOT_AN_APPROVER",
      absl::StrCat(
          "the voucher waits for approval by: ",
          absl::StrJoin(MissingRoles(approval_case.requirements, approval_case.approvals), ", "),
          "; your roles are: ", caller.roles.empty() ? "none" : absl::StrJoin(caller.roles, ", ")));
}

absl::Status CheckMayReject(const Caller& caller, const ApprovalCase& approval_case) {
  if (caller.person.id == approval_case.maker.id) {
    return Denied("SELF_APPROVAL", "you made the voucher; revise or cancel it instead");
  }
  for (const absl::string_view role : kApprovingRoles) {
    if (std::count(caller.roles.begin(), caller.roles.end(), role) > 0) return absl::OkStatus();
  }
  for (const Deputyship& deputyship : approval_case.deputyships) {
    const bool lends = deputyship.deputy.id == caller.person.id &&
                       deputyship.principal.id != approval_case.maker.id;
    if (lends) return absl::OkStatus();
  }
  return Denied("NOT_AN_APPROVER",
                absl::StrCat("vouchers are rejected by: ", absl::StrJoin(kApprovingRoles, ", "),
                             "; your roles are: ", RolesInWords(caller)));
}

}  // namespace lumbung::vouchers
