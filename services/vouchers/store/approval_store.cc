#include "services/vouchers/store/approval_store.h"

#include <optional>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::vouchers {
namespace {

using store::ArrayText;
using store::Statement;
using store::StoredDate;
using store::StoredDecimal;
using store::StoredId;
using store::StoredTime;

constexpr Statement kInsertApproval = {
    "voucher_insert_approval",
    "insert into vouchers.approval (organization_id, book_id, voucher_id, round, person, "
    "person_user, person_name, for_person, for_user, for_name, roles, self_approval, "
    "content_hash, comment) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};

constexpr Statement kReadApprovals = {
    "voucher_read_approvals",
    "select voucher_id, round, person, person_user, person_name, for_person, for_user, for_name, "
    "array_to_string(roles, ','), self_approval, content_hash, comment, "
    "(extract(epoch from approved_at) * 1000000)::bigint from vouchers.approval "
    "where organization_id = $1 and book_id = $2 and voucher_id = any ($3::bigint[]) "
    "order by voucher_id, round, approved_at, person"};

constexpr Statement kListPolicies = {
    "voucher_list_policies",
    "select key, kind, account, fund, amount_limit, role, second_role, from_date, to_date "
    "from vouchers.approval_policy where organization_id = $1 and book_id = $2 order by key"};

constexpr Statement kInsertPolicy = {
    "voucher_insert_policy",
    "insert into vouchers.approval_policy (organization_id, book_id, key, kind, account, fund, "
    "amount_limit, role, second_role, from_date, to_date, person, person_user, person_name) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing "
    "returning 1"};

constexpr Statement kEndPolicy = {
    "voucher_end_policy",
    "update vouchers.approval_policy set to_date = $4 "
    "where organization_id = $1 and book_id = $2 and key = $3 returning 1"};

constexpr Statement kListDeputies = {"voucher_list_deputies",
                                     "select key, principal, principal_user, principal_name, "
                                     "deputy, deputy_user, deputy_name, role, "
                                     "from_date, to_date, note from vouchers.deputy where "
                                     "organization_id = $1 and book_id = $2 order by key"};

constexpr Statement kInsertDeputy = {
    "voucher_insert_deputy",
    "insert into vouchers.deputy (organization_id, book_id, key, principal, principal_user, "
    "principal_name, deputy, deputy_user, deputy_name, role, from_date, to_date, note, person, "
    "person_user, person_name) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do "
    "nothing "
    "returning 1"};

constexpr Statement kEndDeputy = {
    "voucher_end_deputy",
    "update vouchers.deputy set to_date = $4 "
    "where organization_id = $1 and book_id = $2 and key = $3 returning 1"};

absl::Status AlreadyExists(absl::string_view field, absl::string_view key) {
  return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field,
                 absl::StrCat("\"", key, "\" exists already"));
}

absl::StatusOr<Validity> ValidityFrom(const pqxx::field& from, const pqxx::field& to) {
  Validity validity;
  LUMBUNG_ASSIGN_OR_RETURN(validity.from, StoredDate(from));
  if (!to.is_null()) {
    LUMBUNG_ASSIGN_OR_RETURN(validity.to, StoredDate(to));
  }
  return validity;
}

std::optional<std::string> DateText(const std::optional<Date>& date) {
  if (!date.has_value()) return std::nullopt;
  return date->ToString();
}

}  // namespace

void InsertApproval(store::TransactionScope& scope, BookKey book, const Voucher& voucher,
                    const Approval& approval) {
  std::optional<std::int64_t> for_person;
  std::optional<std::string> for_user;
  std::optional<std::string> for_name;
  if (approval.on_behalf_of.has_value()) {
    for_person = approval.on_behalf_of->id;
    for_user = approval.on_behalf_of->user_name;
    for_name = approval.on_behalf_of->display_name;
  }
  ArrayText roles;
  for (const std::string& role : approval.roles) roles.Text(role);
  scope.Execute(kInsertApproval, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(voucher.id), voucher.round, approval.person.id, approval.person.user_name,
                approval.person.display_name, for_person, for_user, for_name, roles.Take(),
                approval.self_approval, pqxx::binarystring(approval.content_hash),
                approval.comment);
}

std::map<VoucherId, ApprovalsByRound> ReadApprovals(store::TransactionScope& scope, BookKey book,
                                                    const std::vector<VoucherId>& vouchers) {
  ArrayText ids;
  for (const VoucherId id : vouchers) ids.Integer(ToInteger(id));
  std::map<VoucherId, ApprovalsByRound> approvals;
  for (const pqxx::row& row : scope.Execute(kReadApprovals, ToInteger(book.organization),
                                            ToInteger(book.book), ids.Take())) {
    Approval approval;
    approval.person = {row[2].as<std::int64_t>(), row[3].c_str(), row[4].c_str()};
    if (!row[5].is_null()) {
      approval.on_behalf_of = Person{row[5].as<std::int64_t>(), row[6].c_str(), row[7].c_str()};
    }
    approval.roles = absl::StrSplit(row[8].c_str(), ',', absl::SkipEmpty());
    approval.self_approval = row[9].as<bool>();
    approval.content_hash = pqxx::binarystring(row[10]).str();
    approval.comment = row[11].c_str();
    approval.approved_at = StoredTime(row[12]);
    approvals[StoredId<VoucherId>(row[0])][row[1].as<int>()].push_back(std::move(approval));
  }
  return approvals;
}

absl::StatusOr<std::vector<ApprovalPolicy>> ListPolicies(store::TransactionScope& scope,
                                                         BookKey book) {
  std::vector<ApprovalPolicy> policies;
  for (const pqxx::row& row :
       scope.Execute(kListPolicies, ToInteger(book.organization), ToInteger(book.book))) {
    ApprovalPolicy policy;
    policy.key = row[0].c_str();
    if (!row[1].is_null()) policy.kind = StoredId<VoucherKind>(row[1]);
    policy.account = row[2].c_str();
    policy.fund = row[3].c_str();
    if (!row[4].is_null()) {
      LUMBUNG_ASSIGN_OR_RETURN(policy.limit, StoredDecimal(row[4]));
    }
    policy.role = row[5].c_str();
    policy.second_role = row[6].c_str();
    LUMBUNG_ASSIGN_OR_RETURN(policy.validity, ValidityFrom(row[7], row[8]));
    policies.push_back(std::move(policy));
  }
  return policies;
}

absl::Status InsertPolicy(store::TransactionScope& scope, BookKey book,
                          const ApprovalPolicy& policy, const Person& person) {
  std::optional<int> kind;
  if (policy.kind.has_value()) kind = ToInteger(*policy.kind);
  std::optional<std::string> limit;
  if (policy.limit.has_value()) limit = policy.limit->ToString();
  const pqxx::result inserted =
      scope.Execute(kInsertPolicy, ToInteger(book.organization), ToInteger(book.book), policy.key,
                    kind, policy.account, policy.fund, limit, policy.role, policy.second_role,
                    policy.validity.from.ToString(), DateText(policy.validity.to), person.id,
                    person.user_name, person.display_name);
  return inserted.empty() ? AlreadyExists("approval_policy.policy_id", policy.key)
                          : absl::OkStatus();
}

absl::Status EndPolicy(store::TransactionScope& scope, BookKey book, absl::string_view key,
                       Date last_day) {
  const pqxx::result ended =
      scope.Execute(kEndPolicy, ToInteger(book.organization), ToInteger(book.book),
                    std::string(key), last_day.ToString());
  if (!ended.empty()) return absl::OkStatus();
  return NotFound("POLICY_NOT_FOUND", "name",
                  absl::StrCat("the book has no approval policy \"", key, "\""));
}

absl::StatusOr<std::vector<Deputyship>> ListDeputies(store::TransactionScope& scope, BookKey book) {
  std::vector<Deputyship> deputies;
  for (const pqxx::row& row :
       scope.Execute(kListDeputies, ToInteger(book.organization), ToInteger(book.book))) {
    Deputyship deputyship;
    deputyship.key = row[0].c_str();
    deputyship.principal = {row[1].as<std::int64_t>(), row[2].c_str(), row[3].c_str()};
    deputyship.deputy = {row[4].as<std::int64_t>(), row[5].c_str(), row[6].c_str()};
    deputyship.role = row[7].c_str();
    LUMBUNG_ASSIGN_OR_RETURN(deputyship.validity, ValidityFrom(row[8], row[9]));
    deputyship.note = row[10].c_str();
    deputies.push_back(std::move(deputyship));
  }
  return deputies;
}

absl::Status InsertDeputy(store::TransactionScope& scope, BookKey book,
                          const Deputyship& deputyship, const Person& person) {
  const pqxx::result inserted = scope.Execute(
      kInsertDeputy, ToInteger(book.organization), ToInteger(book.book), deputyship.key,
      deputyship.principal.id, deputyship.principal.user_name, deputyship.principal.display_name,
      deputyship.deputy.id, deputyship.deputy.user_name, deputyship.deputy.display_name,
      deputyship.role, deputyship.validity.from.ToString(), DateText(deputyship.validity.to),
      deputyship.note, person.id, person.user_name, person.display_name);
  return inserted.empty() ? AlreadyExists("deputy.deputy_id", deputyship.key) : absl::OkStatus();
}

absl::Status EndDeputy(store::TransactionScope& scope, BookKey book, absl::string_view key,
                       Date last_day) {
  const pqxx::result ended =
      scope.Execute(kEndDeputy, ToInteger(book.organization), ToInteger(book.book),
                    std::string(key), last_day.ToString());
  if (!ended.empty()) return absl::OkStatus();
  return NotFound("DEPUTY_NOT_FOUND", "name",
                  absl::StrCat("the book has no deputyship \"", key, "\""));
}

}  // namespace lumbung::vouchers
