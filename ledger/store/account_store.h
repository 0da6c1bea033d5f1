// The chart of accounts, and how it changes. As book_parts_store.h: inside the caller's database
// transaction, under the book's row lock, all or none.
#ifndef LUMBUNG_LEDGER_STORE_ACCOUNT_STORE_H_
#define LUMBUNG_LEDGER_STORE_ACCOUNT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct NewDimensionRule {
  std::string dimension;
  DimensionRequirement requirement = DimensionRequirement::kRequired;
};

struct NewAccount {
  std::string key;
  std::string code;  // The key when empty.
  std::string display_name;
  std::string display_name_id;
  // Key of an account that the book has, or that stands earlier in the list; empty at the top.
  std::string parent;
  AccountType type = AccountType::kAsset;
  bool postable = true;
  bool contra = false;
  bool closed = false;
  std::string note;
  std::vector<NewDimensionRule> rules;
};

// What is absent stays as it is.
struct AccountChanges {
  std::optional<std::string> code;
  std::optional<std::string> display_name;
  std::optional<std::string> display_name_id;
  std::optional<std::string> note;
  std::optional<bool> closed;
  std::optional<std::vector<NewDimensionRule>> rules;
  // Only while the account has no postings. An empty parent moves the account to the top.
  std::optional<std::string> parent;
  std::optional<AccountType> type;
  std::optional<bool> postable;
  std::optional<bool> contra;
};

// A child is of its parent's type, except that income and expense may stand below each other:
// published charts group them under one header.
bool MayStandBelow(AccountType child, AccountType parent);

// BOOK_NOT_FOUND, INVALID_TEXT, TEXT_TOO_LONG, INVALID_ID, ALREADY_EXISTS, UNKNOWN_PARENT,
// TYPE_MISMATCH, UNKNOWN_DIMENSION, DUPLICATE_RULE, DUPLICATE_CODE; fields start with `[i].`.
absl::StatusOr<std::vector<Account>> CreateAccounts(TransactionScope& scope, BookKey book,
                                                    absl::Span<const NewAccount> accounts);

// BOOK_NOT_FOUND, NOT_FOUND, ETAG_MISMATCH (an empty `etag` matches), INVALID_ID, INVALID_TEXT,
// TEXT_TOO_LONG, UNKNOWN_PARENT, PARENT_CYCLE, TYPE_MISMATCH, ACCOUNT_IN_USE, DUPLICATE_CODE,
// UNKNOWN_DIMENSION, DUPLICATE_RULE; ASSERTION_FAILED when a move would falsify an asserted
// balance.
absl::StatusOr<Account> UpdateAccount(TransactionScope& scope, BookKey book, absl::string_view key,
                                      absl::string_view etag, const AccountChanges& changes);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ACCOUNT_STORE_H_
