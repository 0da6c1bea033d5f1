#include "ledger/store/assertion_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kBalanceAt = {"balance_at",
                                  "select ledger.balance_at($1, $2, $3, $4, $5, $6, $7)"};

constexpr Statement kInsert = {
    "insert_assertion",
    "insert into ledger.balance_assertion (organization_id, book_id, assertion_id, account_id, "
    "include_descendants, date, currency_id, expected, fund_id, source) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "returning (extract(epoch from recorded_at) * 1000000)::bigint"};

constexpr Statement kMoveLastDate = {
    "move_last_assertion_date",
    "update ledger.book_head set last_assertion_date = greatest(last_assertion_date, $3) "
    "where organization_id = $1 and book_id = $2"};

std::optional<std::int32_t> FundNumber(const BalanceAssertion& assertion) {
  if (!assertion.fund.has_value()) return std::nullopt;
  return ToInteger(*assertion.fund);
}

absl::StatusOr<BalanceAssertion> AssertionFromRow(const pqxx::row& row) {
  BalanceAssertion assertion;
  assertion.id = row[0].as<std::int32_t>();
  assertion.account = StoredId<AccountId>(row[1]);
  assertion.include_descendants = row[2].as<bool>();
  LUMBUNG_ASSIGN_OR_RETURN(assertion.date, StoredDate(row[3]));
  assertion.currency = StoredId<CurrencyId>(row[4]);
  LUMBUNG_ASSIGN_OR_RETURN(assertion.expected, StoredDecimal(row[5]));
  if (!row[6].is_null()) assertion.fund = StoredId<FundId>(row[6]);
  assertion.source = row[7].c_str();
  assertion.recorded_at = StoredTime(row[8]);
  return assertion;
}

}  // namespace

absl::StatusOr<BalanceAssertion> CreateAssertion(TransactionScope& scope, BookKey book,
                                                 const BalanceAssertion& assertion) {
  BalanceAssertion stored = assertion;
  LUMBUNG_ASSIGN_OR_RETURN(stored.id, ChangeBook(scope, book, 1));
  const std::int64_t organization = ToInteger(book.organization);
  const std::int32_t book_id = ToInteger(book.book);
  const pqxx::result balance = scope.Execute(
      kBalanceAt, organization, book_id, ToInteger(stored.account), stored.include_descendants,
      ToInteger(stored.currency), FundNumber(stored), stored.date.ToString());
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal found, StoredDecimal(balance[0][0]));
  if (found != stored.expected) {
    return FailedPrecondition(
        "ASSERTION_FAILED", "expected.amount",
        absl::StrCat("expected ", stored.expected.ToString(), ", found ", found.ToString(),
                     " at the end of ", stored.date.ToString()));
  }
  const pqxx::result inserted =
      scope.Execute(kInsert, organization, book_id, stored.id, ToInteger(stored.account),
                    stored.include_descendants, stored.date.ToString(), ToInteger(stored.currency),
                    stored.expected.ToString(), FundNumber(stored), stored.source);
  stored.recorded_at = StoredTime(inserted[0][0]);
  scope.Execute(kMoveLastDate, organization, book_id, stored.date.ToString());
  return stored;
}

absl::StatusOr<std::vector<BalanceAssertion>> ListAssertions(TransactionScope& scope, BookKey book,
                                                             std::optional<AccountId> account,
                                                             std::int32_t after, int limit) {
  QueryBuilder query;
  query.Sql("select a.assertion_id, a.account_id, a.include_descendants, a.date, a.currency_id, ")
      .Sql("a.expected, a.fund_id, a.source, ")
      .Sql("(extract(epoch from a.recorded_at) * 1000000)::bigint ")
      .Sql("from ledger.balance_assertion a where");
  query.InBook("a", book).Sql("and a.assertion_id > ").Integer(after);
  if (account.has_value()) query.Sql(" and a.account_id = ").Integer(ToInteger(*account));
  query.Sql(" order by a.assertion_id limit ").Integer(limit);
  std::vector<BalanceAssertion> assertions;
  for (const pqxx::row& row : query.Run(scope)) {
    LUMBUNG_ASSIGN_OR_RETURN(BalanceAssertion assertion, AssertionFromRow(row));
    assertions.push_back(std::move(assertion));
  }
  return assertions;
}

}  // namespace lumbung::store
