#include "ledger/store/verification.h"

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kProofs = {
    "read_entry_proofs",
    "select entry_id, canonical, salt, leaf_hash from ledger.journal_entry "
    "where organization_id = $1 and book_id = $2 and entry_id > $3 order by entry_id limit $4"};

// Each answers with a row per kept figure: whether it is right, and what it is of. What is right is
// only counted: see Compared.
constexpr char kMonths[] =
    "with summed as (select p.account_id, date_trunc('month', p.effective_date)::date as month, "
    "p.dimension_set_id, p.currency_id, p.functional_currency_id, "
    "sum(greatest(p.amount, 0)) as debit, sum(greatest(-p.amount, 0)) as credit, "
    "sum(greatest(p.functional_amount, 0)) as functional_debit, "
    "sum(greatest(-p.functional_amount, 0)) as functional_credit "
    "from ledger.posting p where p.organization_id = $1 and p.book_id = $2 group by 1, 2, 3, 4, "
    "5), "
    "kept as (select * from ledger.balance_month b "
    "where b.organization_id = $1 and b.book_id = $2) "
    "select coalesce(k.debit, 0) = coalesce(s.debit, 0) "
    "and coalesce(k.credit, 0) = coalesce(s.credit, 0) "
    "and coalesce(k.functional_debit, 0) = coalesce(s.functional_debit, 0) "
    "and coalesce(k.functional_credit, 0) = coalesce(s.functional_credit, 0) as is_right, "
    "a.code || ' ' || to_char(month, 'YYYY-MM') as place "
    "from summed s full join kept k using (account_id, month, dimension_set_id, currency_id, "
    "functional_currency_id) join ledger.account a on a.organization_id = $1 and a.book_id = $2 "
    "and a.account_id = coalesce(s.account_id, k.account_id)";

constexpr char kTurnover[] =
    "with fold as (select f.last_entry_id from ledger.turnover_fold f "
    "where f.organization_id = $1 and f.book_id = $2), "
    "folded as (select p.* from ledger.posting p, fold "
    "where p.organization_id = $1 and p.book_id = $2 and p.entry_id <= fold.last_entry_id), "
    "grains as (select 'm'::\"char\" as grain, date_trunc('month', p.effective_date)::date as "
    "start_date, p.* from folded p union all "
    "select 'd'::\"char\", p.effective_date, p.* from folded p), "
    "summed as (select grain, start_date, account_id, currency_id, functional_currency_id, "
    "sum(greatest(amount, 0)) as debit, sum(greatest(-amount, 0)) as credit, "
    "sum(greatest(functional_amount, 0)) as functional_debit, "
    "sum(greatest(-functional_amount, 0)) as functional_credit from grains group by 1, 2, 3, 4, "
    "5), "
    "kept as (select * from ledger.account_turnover b "
    "where b.organization_id = $1 and b.book_id = $2) "
    "select coalesce(k.debit, 0) = coalesce(s.debit, 0) "
    "and coalesce(k.credit, 0) = coalesce(s.credit, 0) "
    "and coalesce(k.functional_debit, 0) = coalesce(s.functional_debit, 0) "
    "and coalesce(k.functional_credit, 0) = coalesce(s.functional_credit, 0) as is_right, "
    "a.code || ' ' || to_char(start_date, "
    "case when grain = 'm' then 'YYYY-MM' else 'YYYY-MM-DD' end) as place "
    "from summed s full join kept k using (grain, start_date, account_id, currency_id, "
    "functional_currency_id) join ledger.account a on a.organization_id = $1 and a.book_id = $2 "
    "and a.account_id = coalesce(s.account_id, k.account_id)";

constexpr char kPeriods[] =
    "with closed as (select month from ledger.period "
    "where organization_id = $1 and book_id = $2 and state = 3), "
    "summed as (select c.month, p.account_id, p.dimension_set_id, p.currency_id, "
    "p.functional_currency_id, sum(greatest(p.amount, 0)) as debit, "
    "sum(greatest(-p.amount, 0)) as credit, "
    "sum(greatest(p.functional_amount, 0)) as functional_debit, "
    "sum(greatest(-p.functional_amount, 0)) as functional_credit "
    "from closed c join ledger.posting p on p.organization_id = $1 and p.book_id = $2 "
    "and p.effective_date < (c.month + interval '1 month')::date group by 1, 2, 3, 4, 5), "
    "kept as (select * from ledger.period_balance b "
    "where b.organization_id = $1 and b.book_id = $2) "
    "select coalesce(k.debit, 0) = coalesce(s.debit, 0) "
    "and coalesce(k.credit, 0) = coalesce(s.credit, 0) "
    "and coalesce(k.functional_debit, 0) = coalesce(s.functional_debit, 0) "
    "and coalesce(k.functional_credit, 0) = coalesce(s.functional_credit, 0) as is_right, "
    "a.code || ' ' || to_char(month, 'YYYY-MM') as place "
    "from summed s full join kept k using (month, account_id, dimension_set_id, currency_id, "
    "functional_currency_id) join ledger.account a on a.organization_id = $1 and a.book_id = $2 "
    "and a.account_id = coalesce(s.account_id, k.account_id)";

constexpr char kDates[] =
    "select e.effective_date is not distinct from p.effective_date as is_right, "
    "p.entry_id::text as place from ledger.posting p left join ledger.journal_entry e "
    "on e.organization_id = p.organization_id and e.book_id = p.book_id "
    "and e.entry_id = p.entry_id where p.organization_id = $1 and p.book_id = $2";

// Beyond so many differences nobody reads on.
constexpr int kMaxDifferences = 1'000;

// The figures that `figures` answers with: all are counted, those that are not right are told.
Comparison Compared(TransactionScope& scope, BookKey book, const char* figures) {
  const std::string organization = absl::StrCat(ToInteger(book.organization));
  const std::string sql = absl::StrReplaceAll(
      figures, {{"$1", organization}, {"$2", absl::StrCat(ToInteger(book.book))}});
  const pqxx::result rows = scope.transaction().exec(
      absl::StrCat("with figures as materialized (", sql, "), ",
                   "wrong as (select place from figures where not is_right order by place limit ",
                   kMaxDifferences, ") select (select count(*) from figures), null ",
                   "union all select null, place from wrong"));
  Comparison comparison;
  for (const pqxx::row& row : rows) {
    if (row[1].is_null()) {
      comparison.compared = row[0].as<std::int64_t>();
    } else {
      comparison.differences.emplace_back(row[1].c_str());
    }
  }
  return comparison;
}

}  // namespace

Comparison CompareMonthBalances(TransactionScope& scope, BookKey book) {
  return Compared(scope, book, kMonths);
}

Comparison CompareTurnover(TransactionScope& scope, BookKey book) {
  return Compared(scope, book, kTurnover);
}

Comparison ComparePeriodBalances(TransactionScope& scope, BookKey book) {
  return Compared(scope, book, kPeriods);
}

Comparison ComparePostingDates(TransactionScope& scope, BookKey book) {
  return Compared(scope, book, kDates);
}

std::vector<EntryProof> ReadEntryProofs(TransactionScope& scope, BookKey book, EntryId after,
                                        int limit) {
  std::vector<EntryProof> proofs;
  for (const pqxx::row& row : scope.Execute(kProofs, ToInteger(book.organization),
                                            ToInteger(book.book), ToInteger(after), limit)) {
    proofs.push_back({StoredId<EntryId>(row[0]), pqxx::binarystring(row[1]).str(),
                      pqxx::binarystring(row[2]).str(), pqxx::binarystring(row[3]).str()});
  }
  return proofs;
}

}  // namespace lumbung::store
