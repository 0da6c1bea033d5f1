#include "ledger/store/account_rows.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/new_parts.h"

namespace lumbung::store {
namespace {

constexpr Statement kTakenCodes = {
    "taken_account_codes",
    "select code, account_id from ledger.account "
    "where organization_id = $1 and book_id = $2 and code = any ($3::text[]) and postable"};

constexpr Statement kDimensionIds = {
    "account_rule_dimensions",
    "select key, dimension_id from ledger.dimension "
    "where organization_id = $1 and book_id = $2 and key = any ($3::text[])"};

constexpr Statement kInsertRules = {
    "insert_account_dimension_rules",
    "insert into ledger.account_dimension_rule "
    "(organization_id, book_id, account_id, dimension_id, requirement) "
    "select $1, $2, account_id, dimension_id, requirement "
    "from unnest($3::integer[], $4::integer[], $5::smallint[]) "
    "as new (account_id, dimension_id, requirement)"};

bool IsResult(AccountType type) {
  return type == AccountType::kIncome || type == AccountType::kExpense;
}

}  // namespace

bool MayStandBelow(AccountType child, AccountType parent) {
  return child == parent || (IsResult(child) && IsResult(parent));
}

absl::Status TypeMismatch(absl::string_view child, absl::string_view parent,
                          absl::string_view field) {
  return InvalidArgument(
      "TYPE_MISMATCH", field,
      absl::StrCat("account \"", child, "\" is not of the type of its parent \"", parent,
                   "\"; only income and expense may stand below each other"));
}

absl::flat_hash_map<std::string, std::int32_t> FindRuleDimensions(
    TransactionScope& scope, BookKey book, const std::vector<NewDimensionRule>& rules) {
  std::vector<std::string> keys;
  for (const NewDimensionRule& rule : rules) keys.push_back(rule.dimension);
  return FindIds(scope, book, kDimensionIds, keys);
}

absl::StatusOr<std::vector<AccountDimensionRule>> ResolveRules(
    const std::vector<NewDimensionRule>& rules,
    const absl::flat_hash_map<std::string, std::int32_t>& dimensions, absl::string_view path) {
  std::vector<AccountDimensionRule> resolved;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string field = absl::StrCat(path, "dimension_rules[", i, "].dimension");
    const auto found = dimensions.find(rules[i].dimension);
    if (found == dimensions.end()) {
      return NotFound("UNKNOWN_DIMENSION", field,
                      absl::StrCat("the book has no dimension \"", rules[i].dimension, "\""));
    }
    const DimensionId id{found->second};
    for (const AccountDimensionRule& earlier : resolved) {
      if (earlier.dimension == id) {
        return InvalidArgument(
            "DUPLICATE_RULE", field,
            absl::StrCat("dimension \"", rules[i].dimension, "\" has two rules"));
      }
    }
    resolved.push_back({id, rules[i].requirement});
  }
  std::sort(resolved.begin(), resolved.end(),
            [](const auto& a, const auto& b) { return a.dimension < b.dimension; });
  return resolved;
}

void InsertRules(TransactionScope& scope, BookKey book, absl::Span<const Account> accounts) {
  ArrayText ids, dimensions, requirements;
  bool any = false;
  for (const Account& account : accounts) {
    for (const AccountDimensionRule& rule : account.rules) {
      any = true;
      ids.Integer(ToInteger(account.id));
      dimensions.Integer(ToInteger(rule.dimension));
      requirements.Integer(static_cast<std::int16_t>(rule.requirement));
    }
  }
  if (!any) return;
  scope.Execute(kInsertRules, ToInteger(book.organization), ToInteger(book.book), ids.Take(),
                dimensions.Take(), requirements.Take());
}

absl::flat_hash_map<std::string, std::int32_t> FindTakenCodes(
    TransactionScope& scope, BookKey book, const std::vector<std::string>& codes) {
  return FindIds(scope, book, kTakenCodes, codes);
}

absl::Status DuplicateCode(absl::string_view code, absl::string_view field) {
  return Refusal(absl::StatusCode::kAlreadyExists, "DUPLICATE_CODE", field,
                 absl::StrCat("another postable account has the code \"", code, "\""));
}

}  // namespace lumbung::store
