// Rules and rows that creating and changing accounts have in common. Only the store's own .cc files
// include this header.
#ifndef LUMBUNG_LEDGER_STORE_ACCOUNT_ROWS_H_
#define LUMBUNG_LEDGER_STORE_ACCOUNT_ROWS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/store/account_store.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {

absl::Status TypeMismatch(absl::string_view child, absl::string_view parent,
                          absl::string_view field);

// The ids of the dimensions that `rules` name, as far as the book has them.
absl::flat_hash_map<std::string, std::int32_t> FindRuleDimensions(
    TransactionScope& scope, BookKey book, const std::vector<NewDimensionRule>& rules);

// By dimension. `path` is that of the account, such as "[3].". UNKNOWN_DIMENSION, DUPLICATE_RULE.
absl::StatusOr<std::vector<AccountDimensionRule>> ResolveRules(
    const std::vector<NewDimensionRule>& rules,
    const absl::flat_hash_map<std::string, std::int32_t>& dimensions, absl::string_view path);
void InsertRules(TransactionScope& scope, BookKey book, absl::Span<const Account> accounts);

// The postable accounts that have one of the codes.
absl::flat_hash_map<std::string, std::int32_t> FindTakenCodes(
    TransactionScope& scope, BookKey book, const std::vector<std::string>& codes);
absl::Status DuplicateCode(absl::string_view code, absl::string_view field);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ACCOUNT_ROWS_H_
