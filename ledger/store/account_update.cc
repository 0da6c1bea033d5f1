#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/account_rows.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/etag.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kAccount = {
    "read_account",
    "select account_id, key, code, display_name, display_name_id, parent_id, type, postable, "
    "contra, "
    "closed, note "
    "from ledger.account where organization_id = $1 and book_id = $2 and key = $3"};

constexpr Statement kRulesOfAccount = {
    "read_rules_of_account",
    "select dimension_id, requirement from ledger.account_dimension_rule "
    "where organization_id = $1 and book_id = $2 and account_id = $3 order by dimension_id"};

// Every account of the book: its place in the tree, and its type.
constexpr Statement kTree = {"read_account_tree",
                             "select account_id, key, parent_id, type from ledger.account "
                             "where organization_id = $1 and book_id = $2"};

constexpr Statement kHasPostings = {
    "account_has_postings",
    "select exists (select 1 from ledger.posting "
    "               where organization_id = $1 and book_id = $2 and account_id = $3)"};

constexpr Statement kUpdateAccount = {
    "update_account",
    "update ledger.account "
    "set code = $4, display_name = $5, display_name_id = $6, parent_id = $7, type = $8, "
    "postable = $9, contra = $10, closed = $11, note = $12 "
    "where organization_id = $1 and book_id = $2 and account_id = $3"};

constexpr Statement kDeleteRules = {
    "delete_account_dimension_rules",
    "delete from ledger.account_dimension_rule "
    "where organization_id = $1 and book_id = $2 and account_id = $3"};

constexpr Statement kCheckAssertions = {
    "check_all_assertions", "select ledger.check_assertions($1, $2, '-infinity', null)"};

absl::StatusOr<Account> ReadAccount(TransactionScope& scope, BookKey book, absl::string_view key) {
  const pqxx::result rows =
      scope.Execute(kAccount, ToInteger(book.organization), ToInteger(book.book), std::string(key));
  if (rows.empty()) {
    return NotFound("NOT_FOUND", "name", absl::StrCat("the book has no account \"", key, "\""));
  }
  const pqxx::row row = rows[0];
  Account account;
  account.id = StoredId<AccountId>(row[0]);
  account.key = row[1].c_str();
  account.code = row[2].c_str();
  account.display_name = row[3].c_str();
  account.display_name_id = row[4].c_str();
  if (!row[5].is_null()) account.parent = StoredId<AccountId>(row[5]);
  account.type = StoredId<AccountType>(row[6]);
  account.postable = row[7].as<bool>();
  account.contra = row[8].as<bool>();
  account.closed = row[9].as<bool>();
  account.note = row[10].c_str();
  for (const pqxx::row& rule : scope.Execute(kRulesOfAccount, ToInteger(book.organization),
                                             ToInteger(book.book), ToInteger(account.id))) {
    account.rules.push_back(
        {StoredId<DimensionId>(rule[0]), StoredId<DimensionRequirement>(rule[1])});
  }
  return account;
}

struct TreeNode {
  std::string key;
  std::optional<AccountId> parent;
  AccountType type{};
};
using Tree = absl::flat_hash_map<AccountId, TreeNode>;

Tree ReadTree(TransactionScope& scope, BookKey book) {
  Tree tree;
  for (const pqxx::row& row :
       scope.Execute(kTree, ToInteger(book.organization), ToInteger(book.book))) {
    TreeNode node{row[1].c_str(), std::nullopt, StoredId<AccountType>(row[3])};
    if (!row[2].is_null()) node.parent = StoredId<AccountId>(row[2]);
    tree.emplace(StoredId<AccountId>(row[0]), std::move(node));
  }
  return tree;
}

absl::StatusOr<std::optional<AccountId>> FindParent(const Tree& tree, absl::string_view key) {
  if (key.empty()) return std::optional<AccountId>();
  for (const auto& [id, node] : tree) {
    if (node.key == key) return std::optional<AccountId>(id);
  }
  return NotFound("UNKNOWN_PARENT", "parent",
                  absl::StrCat("the book has no account \"", key, "\""));
}

// The account between its parent and its children: no circle, and types that go together.
absl::Status CheckPlaceInTree(const Tree& tree, const Account& account) {
  if (account.parent.has_value()) {
    const TreeNode& parent = tree.at(*account.parent);
    for (std::optional<AccountId> at = account.parent; at.has_value(); at = tree.at(*at).parent) {
      if (*at != account.id) continue;
      return InvalidArgument(
          "PARENT_CYCLE", "parent",
          absl::StrCat("account \"", parent.key, "\" stands below \"", account.key, "\""));
    }
    if (!MayStandBelow(account.type, parent.type)) {
      return TypeMismatch(account.key, parent.key, "type");
    }
  }
  for (const auto& [id, node] : tree) {
    if (node.parent == account.id && !MayStandBelow(node.type, account.type)) {
      return TypeMismatch(node.key, account.key, "type");
    }
  }
  return absl::OkStatus();
}

// ACCOUNT_IN_USE when something that postings rest on differs and the account has some.
absl::Status CheckNotInUse(TransactionScope& scope, BookKey book, const Account& before,
                           const Account& after) {
  absl::string_view field;
  if (before.parent != after.parent) field = "parent";
  if (before.type != after.type) field = "type";
  if (before.postable != after.postable) field = "postable";
  if (before.contra != after.contra) field = "contra";
  if (field.empty()) return absl::OkStatus();
  const bool in_use = scope
                          .Execute(kHasPostings, ToInteger(book.organization), ToInteger(book.book),
                                   ToInteger(before.id))[0][0]
                          .as<bool>();
  if (!in_use) return absl::OkStatus();
  return FailedPrecondition(
      "ACCOUNT_IN_USE", field,
      absl::StrCat("account \"", before.key, "\" has postings, so its ", field, " stays as it is"));
}

absl::Status ApplyTexts(const AccountChanges& changes, Account* account) {
  if (changes.code.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(*changes.code, "code"));
    account->code = *changes.code;
  }
  if (changes.display_name.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(ValidateName(*changes.display_name, "display_name"));
    account->display_name = *changes.display_name;
  }
  if (changes.display_name_id.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(ValidateName(*changes.display_name_id, "display_name_id"));
    account->display_name_id = *changes.display_name_id;
  }
  if (changes.note.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(ValidateNote(*changes.note, "note"));
    account->note = *changes.note;
  }
  return absl::OkStatus();
}

absl::Status CheckCodeIsFree(TransactionScope& scope, BookKey book, const Account& account) {
  if (!account.postable) return absl::OkStatus();
  for (const auto& [code, owner] : FindTakenCodes(scope, book, {account.code})) {
    if (owner != ToInteger(account.id)) return DuplicateCode(code, "code");
  }
  return absl::OkStatus();
}

void WriteAccount(TransactionScope& scope, BookKey book, const Account& account) {
  std::optional<std::int32_t> parent;
  if (account.parent.has_value()) parent = ToInteger(*account.parent);
  scope.Execute(kUpdateAccount, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(account.id), account.code, account.display_name, account.display_name_id,
                parent, static_cast<std::int16_t>(account.type), account.postable, account.contra,
                account.closed, account.note);
}

}  // namespace

absl::StatusOr<Account> UpdateAccount(TransactionScope& scope, BookKey book, absl::string_view key,
                                      absl::string_view etag, const AccountChanges& changes) {
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  LUMBUNG_ASSIGN_OR_RETURN(const Account before, ReadAccount(scope, book, key));
  LUMBUNG_RETURN_IF_ERROR(CheckEtag(etag, EtagOf(before)));
  Account after = before;
  LUMBUNG_RETURN_IF_ERROR(ApplyTexts(changes, &after));
  after.closed = changes.closed.value_or(before.closed);
  after.type = changes.type.value_or(before.type);
  after.postable = changes.postable.value_or(before.postable);
  after.contra = changes.contra.value_or(before.contra);
  if (changes.parent.has_value() || after.type != before.type) {
    const Tree tree = ReadTree(scope, book);
    if (changes.parent.has_value()) {
      LUMBUNG_ASSIGN_OR_RETURN(after.parent, FindParent(tree, *changes.parent));
    }
    LUMBUNG_RETURN_IF_ERROR(CheckPlaceInTree(tree, after));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckNotInUse(scope, book, before, after));
  LUMBUNG_RETURN_IF_ERROR(CheckCodeIsFree(scope, book, after));
  WriteAccount(scope, book, after);
  if (changes.rules.has_value()) {
    const auto dimensions = FindRuleDimensions(scope, book, *changes.rules);
    LUMBUNG_ASSIGN_OR_RETURN(after.rules, ResolveRules(*changes.rules, dimensions, ""));
    scope.Execute(kDeleteRules, ToInteger(book.organization), ToInteger(book.book),
                  ToInteger(after.id));
    InsertRules(scope, book, {after});
  }
  // Moving an account moves its descendants' balances out of one subtree and into another.
  if (after.parent != before.parent) {
    scope.Execute(kCheckAssertions, ToInteger(book.organization), ToInteger(book.book));
  }
  return after;
}

}  // namespace lumbung::store
