// Who must approve a voucher before it is posted: rules as dated data, and how approvals fulfil
// them.
//
// A policy says: vouchers of this kind, that touch this account or anything below it, or this fund,
// and are worth no more than this limit, are approved by a person of this role, or by two
// different persons of these two roles. Kind, account and fund are the policy's scope. Of the
// policies of one scope, the one with the lowest limit that is high enough decides; a role that a
// policy of the same scope gives a higher limit may stand in for it. Policies of different scopes
// add up: a voucher fulfils all that concern it, so that no policy opens a way round another one.
// Where no policy concerns a voucher, one approval by anyone of kApprovingRoles is needed.
//
// Duties are separated by person (INV-023): the maker does not approve, unless the organization is
// a small one and says so, and then the approval is marked; nobody approves twice, whether in
// person, as a deputy or through one. Everything here is pure.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_APPROVAL_POLICY_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_APPROVAL_POLICY_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "services/vouchers/domain/person.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

inline constexpr absl::string_view kApprovingRoles[] = {"approver", "treasurer", "manager"};

// A stretch of days; open to the right when `to` is absent.
struct Validity {
  Date from;
  std::optional<Date> to;
};
bool IsInForce(const Validity& validity, Date day);
bool Overlap(const Validity& a, const Validity& b);

struct ApprovalPolicy {
  std::string key;
  // The scope: of every kind when absent; an account and what is below it, or a fund, or neither.
  std::optional<VoucherKind> kind;
  std::string account;
  std::string fund;
  // In the book's functional currency; without limit when absent.
  std::optional<Decimal> limit;
  std::string role;
  // Of the second approver, where there are to be two.
  std::string second_role;
  Validity validity;
};

// UNKNOWN_ROLE (at `role`, `second_role`), INVALID_SCOPE (account and fund at once), INVALID_AMOUNT
// (a limit that is not positive), INVALID_VALIDITY.
absl::Status CheckPolicy(const ApprovalPolicy& policy);
// POLICY_OVERLAPS when one of `others` has the same scope and limit on a day of `policy`.
absl::Status CheckNoOverlap(const ApprovalPolicy& policy,
                            const std::vector<ApprovalPolicy>& others);

// A person who acts with the role of another one while that one is away.
struct Deputyship {
  std::string key;
  Person principal;
  Person deputy;
  std::string role;
  Validity validity;
  std::string note;
};

// UNKNOWN_ROLE, INVALID_VALIDITY (a deputyship must end), DEPUTY_OF_SELF, SELF_APPOINTED (the
// caller may not become a deputy by the own word).
absl::Status CheckDeputyship(const Deputyship& deputyship, const Person& caller);

// An approval of the current round.
struct Approval {
  Person person;
  // Whose deputy the person was, if anyone's.
  std::optional<Person> on_behalf_of;
  // With which roles: the person's own, or the one lent.
  std::vector<std::string> roles;
  // The approver is the maker, in a small organization.
  bool self_approval = false;
  std::string content_hash;
  absl::Time approved_at;
  std::string comment;
};

// What policies ask about a voucher.
struct VoucherFacts {
  VoucherKind kind = VoucherKind::kMemorial;
  // In the book's functional currency, positive.
  Decimal amount;
  // Keys of every account it posts to, with all their ancestors.
  std::set<std::string> accounts;
  // Keys of every fund it posts to.
  std::set<std::string> funds;
};

// One or two approvals by different persons, each by one of some roles.
struct Requirement {
  // "BKK, fund usaid": in words, for messages. Empty where everything is meant.
  std::string scope;
  // One element per approval: the roles any of which will do, the one that is meant first.
  std::vector<std::vector<std::string>> approvals;
};

// Never empty. LIMIT_EXCEEDED when a scope that concerns the voucher has policies, but none with a
// limit high enough.
absl::StatusOr<std::vector<Requirement>> RequirementsFor(
    const std::vector<ApprovalPolicy>& policies, const VoucherFacts& facts, Date day);

bool AreMet(const std::vector<Requirement>& requirements, const std::vector<Approval>& approvals);
// The roles that are still waited for, each once, the ones that are meant.
std::vector<std::string> MissingRoles(const std::vector<Requirement>& requirements,
                                      const std::vector<Approval>& approvals);

// What a decision about an approval needs to know.
struct ApprovalCase {
  Person maker;
  // The approvals of this round so far.
  std::vector<Approval> approvals;
  std::vector<Requirement> requirements;
  // Those in force today.
  std::vector<Deputyship> deputyships;
  // The organization allows that people approve what they made.
  bool self_approval_allowed = false;
};

// The approval that the caller may give: without hash, time and comment. In this order:
// SELF_APPROVAL, ALREADY_APPROVED, NOT_AN_APPROVER (all PERMISSION_DENIED).
absl::StatusOr<Approval> ApprovalBy(const Caller& caller, const ApprovalCase& approval_case);

// Whether the caller may reject the voucher: anybody who may approve vouchers at all, but not the
// maker, who takes it back instead. SELF_APPROVAL, NOT_AN_APPROVER.
absl::Status CheckMayReject(const Caller& caller, const ApprovalCase& approval_case);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_APPROVAL_POLICY_H_
