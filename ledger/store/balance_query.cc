#include "ledger/store/balance_query.h"

#include "ledger/core/status.h"
#include "ledger/store/posting_conditions.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

constexpr Statement kReadProgress = {
    "read_book_progress",
    "select h.last_entry_id, coalesce(f.last_entry_id, 0) "
    "from ledger.book_head h "
    "left join ledger.turnover_fold f on f.organization_id = h.organization_id "
    "and f.book_id = h.book_id "
    "where h.organization_id = $1 and h.book_id = $2"};

// recorded_at never falls as entry_id grows, and ids have no gaps: halve the interval.
constexpr Statement kLastEntryKnownAt = {
    "last_entry_known_at",
    "with recursive search (low, high) as ("
    "select 0::bigint, $3::bigint "
    "union all "
    "select case when e.recorded_at <= $4 then e.entry_id else s.low end, "
    "case when e.recorded_at <= $4 then s.high else e.entry_id - 1 end "
    "from search s "
    "join ledger.journal_entry e on e.organization_id = $1 and e.book_id = $2 "
    "and e.entry_id = (s.low + s.high + 1) / 2 "
    "where s.low < s.high) "
    "select low from search where low = high"};

// Year-end closing entries and what reverses them.
constexpr Statement kClosingEntries = {
    "closing_entries",
    "select c.entry_id, r.entry_id from ledger.journal_entry c "
    "left join ledger.journal_entry r on r.organization_id = c.organization_id "
    "and r.book_id = c.book_id and r.reverses_entry_id = c.entry_id "
    "where c.organization_id = $1 and c.book_id = $2 and c.kind = 5"};

constexpr Statement kFold = {"fold_turnover", "select ledger.fold_turnover($1, $2)"};

// Entries from the one after `after` up to `through`.
struct EntryInterval {
  std::int64_t after = 0;
  std::int64_t through = 0;
  bool IsEmpty() const { return after >= through; }
};

enum class Sign { kAdd, kSubtract };

// The union of the parts that make up a balance.
class BalanceParts {
 public:
  BalanceParts(BookKey book, const BalanceFilter& filter, const MatchingSets& sets)
      : book_(book),
        filter_(filter),
        sets_(sets),
        by_set_(filter.by_dimensions || !filter.dimensions.IsEmpty()) {}

  bool by_set() const { return by_set_; }

  // Postings of the entries, dated within `dates`.
  void Postings(Sign sign, EntryInterval entries, const DateRange& dates) {
    if (entries.IsEmpty()) return;
    BeginPostings(sign);
    query_.Sql(" and p.entry_id > ").Integer(entries.after);
    query_.Sql(" and p.entry_id <= ").Integer(entries.through);
    EndPostings(dates);
  }

  // The same, of a few days and found by their date.
  void PostingsOfDays(EntryInterval entries, const DateRange& days) {
    BeginPostings(Sign::kAdd);
    query_.Sql(" and p.entry_id <= ").Integer(entries.through);
    if (filter_.accounts.empty()) {
      query_.Sql(" and p.entry_id in (select e.entry_id from ledger.journal_entry e where");
      query_.InBook("e", book_);
      AndInRange("e.effective_date", days, &query_);
      query_.Sql(")");
    }
    EndPostings(days);
  }

  // Takes these entries out again.
  void SubtractEntries(const std::vector<EntryId>& entries) {
    if (entries.empty()) return;
    BeginPostings(Sign::kSubtract);
    query_.Sql(" and p.entry_id = any (").Ids(entries).Sql(")");
    EndPostings(filter_.dates);
  }

  // Months at full detail; complete up to the newest entry.
  void DetailedMonths(const DateRange& months) {
    Begin();
    query_.Sql("select b.account_id, b.dimension_set_id, b.currency_id, b.functional_currency_id, ")
        .Sql("b.debit, b.credit, b.functional_debit, b.functional_credit ")
        .Sql("from ledger.balance_month b where");
    query_.InBook("b", book_);
    AndInRange("b.month", months, &query_);
    AndOneOf("b.account_id", filter_.accounts, &query_);
    AndOneOf("b.dimension_set_id", sets_, &query_);
  }

  // Months or days per account; complete up to the last entry folded in.
  void FoldedMonths(const DateRange& months) {
    BeginFolded();
    query_.Sql(" and t.grain = 'm'");
    EndFolded(months);
  }
  void FoldedDays(const DateRange& days) {
    BeginFolded();
    query_.Sql(" and t.grain = 'd'");
    EndFolded(days);
  }

  absl::StatusOr<std::vector<BalanceRow>> Read(TransactionScope& scope) {
    std::vector<BalanceRow> rows;
    if (empty_) return rows;
    // What was put in and taken out again was never there.
    query_.Sql(") parts group by 1, 2, 3, 4 having sum(debit) <> 0 or sum(credit) <> 0 ")
        .Sql("or sum(functional_debit) <> 0 or sum(functional_credit) <> 0) q ");
    query_.Sql("left join ledger.dimension_set d on d.dimension_set_id = q.dimension_set_id and");
    query_.InBook("d", book_);
    for (const pqxx::row& row : query_.Run(scope)) {
      LUMBUNG_ASSIGN_OR_RETURN(BalanceRow balance, BalanceFromRow(row));
      rows.push_back(std::move(balance));
    }
    return rows;
  }

 private:
  void Begin() {
    if (!empty_) {
      query_.Sql(" union all ");
      return;
    }
    empty_ = false;
    query_.Sql("select q.account_id, q.currency_id, q.functional_currency_id, ")
        .Sql("q.debit, q.credit, q.functional_debit, q.functional_credit, ")
        .Sql("d.fund_id, array_to_string(d.members, ',') ")
        .Sql("from (select account_id, dimension_set_id, currency_id, functional_currency_id, ")
        .Sql("sum(debit) as debit, sum(credit) as credit, ")
        .Sql("sum(functional_debit) as functional_debit, ")
        .Sql("sum(functional_credit) as functional_credit from (");
  }

  void BeginPostings(Sign sign) {
    Begin();
    query_.Sql("select p.account_id, ");
    if (by_set_) {
      query_.Sql("p.dimension_set_id");
    } else {
      query_.Sql("0 as dimension_set_id");
    }
    query_.Sql(", p.currency_id, p.functional_currency_id, ");
    if (sign == Sign::kAdd) {
      query_.Sql("greatest(p.amount, 0) as debit, greatest(-p.amount, 0) as credit, ")
          .Sql("greatest(p.functional_amount, 0) as functional_debit, ")
          .Sql("greatest(-p.functional_amount, 0) as functional_credit ");
    } else {
      query_.Sql("-greatest(p.amount, 0) as debit, -greatest(-p.amount, 0) as credit, ")
          .Sql("-greatest(p.functional_amount, 0) as functional_debit, ")
          .Sql("-greatest(-p.functional_amount, 0) as functional_credit ");
    }
    query_.Sql("from ledger.posting p where");
    query_.InBook("p", book_);
  }
  void EndPostings(const DateRange& dates) {
    AndInRange("p.effective_date", dates, &query_);
    AndOneOf("p.account_id", filter_.accounts, &query_);
    AndOneOf("p.dimension_set_id", sets_, &query_);
  }

  void BeginFolded() {
    Begin();
    query_.Sql("select t.account_id, 0 as dimension_set_id, t.currency_id, ")
        .Sql("t.functional_currency_id, t.debit, t.credit, t.functional_debit, ")
        .Sql("t.functional_credit from ledger.account_turnover t where");
    query_.InBook("t", book_);
  }
  void EndFolded(const DateRange& dates) {
    AndInRange("t.start_date", dates, &query_);
    AndOneOf("t.account_id", filter_.accounts, &query_);
  }

  const BookKey book_;
  const BalanceFilter& filter_;
  const MatchingSets& sets_;
  const bool by_set_;
  bool empty_ = true;
  QueryBuilder query_;
};

absl::StatusOr<EntryId> LastEntryKnownAt(TransactionScope& scope, BookKey book, EntryId newest,
                                         absl::Time known_at) {
  const pqxx::result rows =
      scope.Execute(kLastEntryKnownAt, ToInteger(book.organization), ToInteger(book.book),
                    ToInteger(newest), TimeText(known_at));
  if (rows.size() != 1) return absl::InternalError("the book's entry ids have a gap");
  return StoredId<EntryId>(rows[0][0]);
}

std::vector<EntryId> ClosingEntries(TransactionScope& scope, BookKey book, EntryId through) {
  std::vector<EntryId> entries;
  for (const pqxx::row& row :
       scope.Execute(kClosingEntries, ToInteger(book.organization), ToInteger(book.book))) {
    for (const pqxx::field& field : row) {
      if (!field.is_null() && StoredId<EntryId>(field) <= through) {
        entries.push_back(StoredId<EntryId>(field));
      }
    }
  }
  return entries;
}

}  // namespace

absl::StatusOr<Balances> ReadBalances(TransactionScope& scope, BookKey book,
                                      const BalanceFilter& filter) {
  const pqxx::result progress =
      scope.Execute(kReadProgress, ToInteger(book.organization), ToInteger(book.book));
  if (progress.empty()) {
    return NotFound("BOOK_NOT_FOUND", "parent", "the organization has no such book");
  }
  const auto newest = progress[0][0].as<std::int64_t>();
  const auto folded = progress[0][1].as<std::int64_t>();
  Balances balances;
  balances.last_entry = EntryId{newest};
  balances.last_known_entry = balances.last_entry;
  balances.unfolded_entries = newest - folded;
  if (filter.known_at.has_value()) {
    LUMBUNG_ASSIGN_OR_RETURN(balances.last_known_entry,
                             LastEntryKnownAt(scope, book, balances.last_entry, *filter.known_at));
  }
  const std::int64_t known = ToInteger(balances.last_known_entry);
  LUMBUNG_ASSIGN_OR_RETURN(const MatchingSets sets,
                           MatchingSets::Find(scope, book, filter.dimensions));
  if (filter.dates.IsEmpty() || known == 0 || sets.AreNone()) return balances;

  const MonthSplit split = SplitAtMonths(filter.dates);
  BalanceParts parts(book, filter, sets);
  if (known < newest / 2) {
    // Less to add up than to take away.
    parts.Postings(Sign::kAdd, {0, known}, filter.dates);
  } else if (parts.by_set()) {
    if (split.months.has_value()) {
      parts.DetailedMonths(*split.months);
      DateRange whole_months = *split.months;
      if (whole_months.to.has_value()) whole_months.to = whole_months.to->LastOfMonth();
      parts.Postings(Sign::kSubtract, {known, newest}, whole_months);
    }
    for (const DateRange& days : split.days) parts.PostingsOfDays({0, known}, days);
  } else {
    if (split.months.has_value()) parts.FoldedMonths(*split.months);
    for (const DateRange& days : split.days) parts.FoldedDays(days);
    parts.Postings(Sign::kAdd, {folded, known}, filter.dates);
    parts.Postings(Sign::kSubtract, {known, folded}, filter.dates);
  }
  if (filter.exclude_closing) {
    parts.SubtractEntries(ClosingEntries(scope, book, balances.last_known_entry));
  }
  LUMBUNG_ASSIGN_OR_RETURN(balances.rows, parts.Read(scope));
  return balances;
}

absl::Status FoldTurnover(ConnectionPool& pool, BookKey book, absl::Time deadline) {
  return RunInTransaction(
      pool, {book.organization, Access::kReadWrite, deadline}, [&](TransactionScope& scope) {
        scope.Execute(kFold, ToInteger(book.organization), ToInteger(book.book));
        return absl::OkStatus();
      });
}

}  // namespace lumbung::store
