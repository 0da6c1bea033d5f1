#include "ledger/store/account_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/account_rows.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/new_parts.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kExistingAccounts = {
    "existing_accounts",
    "select key, account_id, type from ledger.account "
    "where organization_id = $1 and book_id = $2 and key = any ($3::text[])"};

constexpr Statement kInsertAccounts = {
    "insert_accounts",
    "insert into ledger.account "
    "(organization_id, book_id, account_id, key, code, display_name, display_name_id, parent_id, "
    "type, postable, contra, closed, note) "
    "select $1, $2, $3::integer + (n - 1)::integer, key, code, display_name, display_name_id, "
    "parent_id, type, postable, contra, closed, note "
    "from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::smallint[], "
    "$10::boolean[], $11::boolean[], $12::boolean[], $13::text[]) "
    "with ordinality as new (key, code, display_name, display_name_id, parent_id, type, postable, "
    "contra, closed, note, n)"};

// What an account must know of its parent.
struct Parent {
  AccountId id{};
  AccountType type{};
};

absl::flat_hash_map<std::string, Parent> FindParents(TransactionScope& scope, BookKey book,
                                                     absl::Span<const NewAccount> accounts) {
  absl::flat_hash_map<std::string, Parent> parents;
  std::vector<std::string> keys;
  for (const NewAccount& account : accounts) keys.push_back(account.parent);
  for (const pqxx::row& row : scope.Execute(kExistingAccounts, ToInteger(book.organization),
                                            ToInteger(book.book), TextArray(keys))) {
    parents.emplace(row[0].c_str(),
                    Parent{StoredId<AccountId>(row[1]), StoredId<AccountType>(row[2])});
  }
  return parents;
}

// The parent is an account of the book, or one listed earlier.
absl::StatusOr<std::optional<AccountId>> ResolveParent(
    const NewAccount& account, const absl::flat_hash_map<std::string, Parent>& known,
    std::size_t i) {
  if (account.parent.empty()) return std::optional<AccountId>();
  const auto found = known.find(account.parent);
  if (found == known.end()) {
    return NotFound("UNKNOWN_PARENT", PartPath(i, "parent"),
                    absl::StrCat("no account \"", account.parent,
                                 "\" stands in the book or earlier in the list"));
  }
  if (!MayStandBelow(account.type, found->second.type)) {
    return TypeMismatch(account.key, account.parent, PartPath(i, "type"));
  }
  return std::optional<AccountId>(found->second.id);
}

absl::Status CheckTexts(const NewAccount& account, std::size_t i) {
  if (!account.code.empty())
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(account.code, PartPath(i, "code")));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(account.display_name, PartPath(i, "display_name")));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(account.display_name_id, PartPath(i, "display_name_id")));
  return ValidateNote(account.note, PartPath(i, "note"));
}

void InsertAccounts(TransactionScope& scope, BookKey book, const std::vector<Account>& accounts) {
  ArrayText keys, codes, names, names_id, parents, types, postable, contra, closed, notes;
  for (const Account& account : accounts) {
    keys.Text(account.key);
    codes.Text(account.code);
    names.Text(account.display_name);
    names_id.Text(account.display_name_id);
    if (account.parent.has_value()) {
      parents.Integer(ToInteger(*account.parent));
    } else {
      parents.Null();
    }
    types.Integer(static_cast<std::int16_t>(account.type));
    postable.Boolean(account.postable);
    contra.Boolean(account.contra);
    closed.Boolean(account.closed);
    notes.Text(account.note);
  }
  scope.Execute(kInsertAccounts, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(accounts.front().id), keys.Take(), codes.Take(), names.Take(),
                names_id.Take(), parents.Take(), types.Take(), postable.Take(), contra.Take(),
                closed.Take(), notes.Take());
  InsertRules(scope, book, accounts);
}

// Refuses the first postable account whose code another postable one has, in the book or earlier in
// the list.
absl::Status CheckCodes(TransactionScope& scope, BookKey book,
                        const std::vector<Account>& accounts) {
  std::vector<std::string> codes;
  for (const Account& account : accounts) {
    if (account.postable) codes.push_back(account.code);
  }
  auto taken = FindTakenCodes(scope, book, codes);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (!accounts[i].postable) continue;
    const bool free = taken.emplace(accounts[i].code, ToInteger(accounts[i].id)).second;
    if (!free) return DuplicateCode(accounts[i].code, PartPath(i, "code"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Account>> CreateAccounts(TransactionScope& scope, BookKey book,
                                                    absl::Span<const NewAccount> accounts) {
  std::vector<Account> created;
  if (accounts.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, accounts.size()));
  std::vector<std::string> keys;
  std::vector<NewDimensionRule> rules;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    LUMBUNG_RETURN_IF_ERROR(CheckTexts(accounts[i], i));
    keys.push_back(accounts[i].key);
    rules.insert(rules.end(), accounts[i].rules.begin(), accounts[i].rules.end());
  }
  LUMBUNG_RETURN_IF_ERROR(CheckNewKeys(scope, book, kExistingAccounts, keys, "key"));
  absl::flat_hash_map<std::string, Parent> parents = FindParents(scope, book, accounts);
  const auto dimensions = FindRuleDimensions(scope, book, rules);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const NewAccount& account = accounts[i];
    const AccountId id{first + static_cast<std::int32_t>(i)};
    LUMBUNG_ASSIGN_OR_RETURN(const std::optional<AccountId> parent,
                             ResolveParent(account, parents, i));
    LUMBUNG_ASSIGN_OR_RETURN(std::vector<AccountDimensionRule> resolved,
                             ResolveRules(account.rules, dimensions, PartPath(i, "")));
    created.push_back({id, account.key, account.code.empty() ? account.key : account.code,
                       account.display_name, account.display_name_id, parent, account.type,
                       account.postable, account.contra, account.closed, account.note,
                       std::move(resolved)});
    parents.emplace(account.key, Parent{id, account.type});
  }
  LUMBUNG_RETURN_IF_ERROR(CheckCodes(scope, book, created));
  InsertAccounts(scope, book, created);
  return created;
}

}  // namespace lumbung::store
