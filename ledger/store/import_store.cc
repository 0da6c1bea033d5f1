#include "ledger/store/import_store.h"

#include <algorithm>

#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {
namespace {

// Locks: none of its own; the caller holds the book's row.
constexpr Statement kRaiseScale = {"raise_currency_scale",
                                   "select ledger.raise_currency_scale($1, $2, $3, $4)"};

// Those of the assertions that hold and are new, by their place in the list.
constexpr Statement kSelectAssertions = {
    "select_imported_assertions",
    "select new.n "
    "from unnest($3::integer[], $4::boolean[], $5::date[], $6::integer[], $7::numeric[]) "
    "with ordinality as new (account_id, include_descendants, date, currency_id, expected, n) "
    "where not exists ("
    "  select 1 from ledger.balance_assertion a "
    "  where a.organization_id = $1 and a.book_id = $2 and a.date = new.date "
    "    and a.account_id = new.account_id and a.currency_id = new.currency_id "
    "    and a.include_descendants = new.include_descendants and a.fund_id is null "
    "    and a.expected = new.expected) "
    "and ledger.balance_at($1, $2, new.account_id, new.include_descendants, new.currency_id, null, "
    "                      new.date) = new.expected "
    "order by new.n"};

constexpr Statement kInsertAssertions = {
    "insert_imported_assertions",
    "insert into ledger.balance_assertion "
    "(organization_id, book_id, assertion_id, account_id, include_descendants, date, currency_id, "
    "expected, fund_id, source) "
    "select $1, $2, $3::integer + (n - 1)::integer, account_id, include_descendants, date, "
    "currency_id, expected, null, $9 "
    "from unnest($4::integer[], $5::boolean[], $6::date[], $7::integer[], $8::numeric[]) "
    "with ordinality as new (account_id, include_descendants, date, currency_id, expected, n)"};

constexpr Statement kMoveAssertionDate = {
    "move_last_assertion_date",
    "update ledger.book_head set last_assertion_date = greatest(last_assertion_date, $3::date) "
    "where organization_id = $1 and book_id = $2"};

struct AssertionColumns {
  ArrayText account, include_descendants, date, currency, expected;

  void Add(const ImportedAssertion& assertion) {
    account.Integer(ToInteger(assertion.account));
    include_descendants.Boolean(assertion.include_descendants);
    date.Plain(assertion.date.ToString());
    currency.Integer(ToInteger(assertion.currency));
    expected.Amount(assertion.expected);
  }
};

}  // namespace

absl::StatusOr<bool> RaiseCurrencyScale(TransactionScope& scope, BookKey book, CurrencyId currency,
                                        int scale) {
  const pqxx::result raised = scope.Execute(kRaiseScale, ToInteger(book.organization),
                                            ToInteger(book.book), ToInteger(currency), scale);
  if (!raised[0][0].as<bool>()) return false;
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  return true;
}

absl::StatusOr<std::size_t> StoreAssertions(TransactionScope& scope, BookKey book,
                                            absl::Span<const ImportedAssertion> assertions,
                                            const std::string& source) {
  if (assertions.empty()) return std::size_t{0};
  AssertionColumns all;
  for (const ImportedAssertion& assertion : assertions) all.Add(assertion);
  AssertionColumns kept;
  std::size_t count = 0;
  Date last = Date::FromDays(0);
  for (const pqxx::row& row :
       scope.Execute(kSelectAssertions, ToInteger(book.organization), ToInteger(book.book),
                     all.account.Take(), all.include_descendants.Take(), all.date.Take(),
                     all.currency.Take(), all.expected.Take())) {
    const ImportedAssertion& assertion = assertions[row[0].as<std::size_t>() - 1];
    kept.Add(assertion);
    last = count++ == 0 ? assertion.date : std::max(last, assertion.date);
  }
  if (count == 0) return count;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, count));
  scope.Execute(kInsertAssertions, ToInteger(book.organization), ToInteger(book.book), first,
                kept.account.Take(), kept.include_descendants.Take(), kept.date.Take(),
                kept.currency.Take(), kept.expected.Take(), source);
  scope.Execute(kMoveAssertionDate, ToInteger(book.organization), ToInteger(book.book),
                last.ToString());
  return count;
}

}  // namespace lumbung::store
