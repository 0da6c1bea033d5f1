#include "ledger/store/period_store.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/trial_balance.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/posting_conditions.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

// Locks: the row of ledger.book_head, to the end of the database transaction.
constexpr Statement kLockBook = {
    "lock_book_for_period",
    "select 1 from ledger.book_head where organization_id = $1 and book_id = $2 "
    "for no key update"};

constexpr Statement kIsHardClosed = {"is_hard_closed",
                                     "select $3 <= hard_closed_through from ledger.book_head "
                                     "where organization_id = $1 and book_id = $2"};

constexpr Statement kSetState = {
    "set_period_state",
    "insert into ledger.period (organization_id, book_id, month, state, closed_at) "
    "values ($1, $2, $3, $4, $5) "
    "on conflict on constraint period_pkey do update "
    "set state = excluded.state, closed_at = excluded.closed_at"};

constexpr Statement kPeriodsChanged = {
    "periods_changed",
    "update ledger.book_head h set metadata_version = h.metadata_version + 1, "
    "soft_closed_through = coalesce((select (max(p.month) + interval '1 month')::date - 1 "
    "from ledger.period p where p.organization_id = $1 and p.book_id = $2 and p.state = 2), "
    "'-infinity') "
    "where h.organization_id = $1 and h.book_id = $2"};

constexpr Statement kEarlierOpen = {
    "find_earlier_open_entry",
    "select e.effective_date from ledger.journal_entry e "
    "join ledger.book_head h on h.organization_id = e.organization_id and h.book_id = e.book_id "
    "where e.organization_id = $1 and e.book_id = $2 "
    "and e.effective_date > h.hard_closed_through and e.effective_date < $3 "
    "order by e.effective_date limit 1"};

constexpr Statement kCheckAssertions = {
    "check_all_assertions", "select ledger.check_assertions($1, $2, '-infinity', null)"};

constexpr Statement kHardClose = {"hard_close", "select ledger.hard_close($1, $2, $3, $4, $5)"};

constexpr Statement kClosedTrialBalance = {
    "read_closed_trial_balance",
    "select b.account_id, b.currency_id, b.functional_currency_id, b.debit, b.credit, "
    "b.functional_debit, b.functional_credit, d.fund_id, array_to_string(d.members, ',') "
    "from ledger.period_balance b "
    "join ledger.dimension_set d on d.organization_id = b.organization_id "
    "and d.book_id = b.book_id and d.dimension_set_id = b.dimension_set_id "
    "where b.organization_id = $1 and b.book_id = $2 and b.month = $3"};

absl::Status LockBook(TransactionScope& scope, BookKey book) {
  if (scope.Execute(kLockBook, ToInteger(book.organization), ToInteger(book.book)).empty()) {
    return NotFound("BOOK_NOT_FOUND", "name", "the organization has no such book");
  }
  return absl::OkStatus();
}

absl::StatusOr<PeriodRecord> ReadPeriod(TransactionScope& scope, BookKey book, Date month) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PeriodRecord> found,
                           ListPeriods(scope, book, {month.FirstOfMonth(), month.LastOfMonth()}));
  if (!found.empty()) return found.front();
  PeriodRecord untouched;
  untouched.month = month.FirstOfMonth();
  // A month without entries may lie before one that was hard-closed.
  const pqxx::result closed = scope.Execute(kIsHardClosed, ToInteger(book.organization),
                                            ToInteger(book.book), untouched.month.ToString());
  if (closed[0][0].as<bool>()) untouched.state = PeriodState::kHardClosed;
  return untouched;
}

absl::Status HardClosed(Date month) {
  return FailedPrecondition(
      "PERIOD_HARD_CLOSED", "name",
      absl::StrCat(month.ToString().substr(0, 7), " is hard-closed and never reopens"));
}

absl::StatusOr<PeriodRecord> ChangeState(TransactionScope& scope, BookKey book, Date month,
                                         PeriodState state, std::optional<absl::Time> closed_at) {
  LUMBUNG_RETURN_IF_ERROR(LockBook(scope, book));
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodRecord period, ReadPeriod(scope, book, month));
  if (period.state == PeriodState::kHardClosed) return HardClosed(period.month);
  if (period.state == state) return period;
  const std::string closed_text = closed_at.has_value() ? TimeText(*closed_at) : "";
  scope.Execute(kSetState, ToInteger(book.organization), ToInteger(book.book),
                period.month.ToString(), static_cast<int>(state),
                closed_at.has_value() ? closed_text.c_str() : nullptr);
  scope.Execute(kPeriodsChanged, ToInteger(book.organization), ToInteger(book.book));
  return ReadPeriod(scope, book, month);
}

absl::Status CheckEarlierMonthsClosed(TransactionScope& scope, BookKey book, Date month) {
  const pqxx::result open = scope.Execute(kEarlierOpen, ToInteger(book.organization),
                                          ToInteger(book.book), month.ToString());
  if (open.empty()) return absl::OkStatus();
  return FailedPrecondition(
      "EARLIER_PERIOD_OPEN", "name",
      absl::StrCat(absl::string_view(open[0][0].c_str()).substr(0, 7),
                   " has entries and is not hard-closed; months are hard-closed in order"));
}

}  // namespace

absl::StatusOr<std::vector<PeriodRecord>> ListPeriods(TransactionScope& scope, BookKey book,
                                                      const DateRange& range) {
  QueryBuilder query;
  query.Sql("select m.month, case when m.month <= h.hard_closed_through then 3 ")
      .Sql("else coalesce(p.state, 1) end, m.entries, p.trial_balance_hash, ")
      .Sql("(extract(epoch from p.closed_at) * 1000000)::bigint ")
      .Sql("from (select month, sum(entries)::bigint as entries from (")
      .Sql("select e.effective_date - extract(day from e.effective_date)::integer + 1 as month, ")
      .Sql("count(*) as entries from ledger.journal_entry e where");
  query.InBook("e", book);
  AndInRange("e.effective_date", range, &query);
  query.Sql(" group by 1 union all select c.month, 0 from ledger.period c where");
  query.InBook("c", book).Sql("and c.closed_at is not null");
  AndInRange("c.month", range, &query);
  query.Sql(") parts group by month) m join ledger.book_head h on");
  query.InBook("h", book).Sql("left join ledger.period p on");
  query.InBook("p", book).Sql("and p.month = m.month order by m.month");

  std::vector<PeriodRecord> periods;
  for (const pqxx::row& row : query.Run(scope)) {
    PeriodRecord period;
    LUMBUNG_ASSIGN_OR_RETURN(period.month, StoredDate(row[0]));
    period.state = StoredId<PeriodState>(row[1]);
    period.entry_count = row[2].as<std::int64_t>();
    if (!row[3].is_null()) period.trial_balance_hash = pqxx::binarystring(row[3]).str();
    if (!row[4].is_null()) period.closed_at = StoredTime(row[4]);
    periods.push_back(std::move(period));
  }
  return periods;
}

absl::StatusOr<PeriodRecord> SoftClosePeriod(TransactionScope& scope, BookKey book, Date month,
                                             absl::Time now) {
  return ChangeState(scope, book, month, PeriodState::kSoftClosed, now);
}

absl::StatusOr<PeriodRecord> ReopenPeriod(TransactionScope& scope, BookKey book, Date month) {
  return ChangeState(scope, book, month, PeriodState::kOpen, std::nullopt);
}

absl::StatusOr<PeriodRecord> HardClosePeriod(TransactionScope& scope, BookKey book, Date month,
                                             absl::Time now) {
  LUMBUNG_RETURN_IF_ERROR(LockBook(scope, book));
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodRecord period, ReadPeriod(scope, book, month));
  if (period.state == PeriodState::kHardClosed) return period;
  LUMBUNG_RETURN_IF_ERROR(CheckEarlierMonthsClosed(scope, book, period.month));
  scope.Execute(kCheckAssertions, ToInteger(book.organization), ToInteger(book.book));

  BalanceFilter everything;
  everything.dates.to = period.month.LastOfMonth();
  everything.by_dimensions = true;
  LUMBUNG_ASSIGN_OR_RETURN(const Balances balances, ReadBalances(scope, book, everything));
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, LoadBookContents(scope, book));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::string hash,
      log::TrialBalanceHash(BookSnapshot(std::move(contents)), period.month, balances.rows));
  scope.Execute(kHardClose, ToInteger(book.organization), ToInteger(book.book),
                period.month.ToString(), TimeText(now), pqxx::binarystring(hash));
  // A month that was soft-closed before no longer is.
  scope.Execute(kPeriodsChanged, ToInteger(book.organization), ToInteger(book.book));
  return ReadPeriod(scope, book, month);
}

absl::StatusOr<std::vector<BalanceRow>> ReadClosedTrialBalance(TransactionScope& scope,
                                                               BookKey book, Date month) {
  std::vector<BalanceRow> rows;
  for (const pqxx::row& row :
       scope.Execute(kClosedTrialBalance, ToInteger(book.organization), ToInteger(book.book),
                     month.FirstOfMonth().ToString())) {
    LUMBUNG_ASSIGN_OR_RETURN(BalanceRow balance, BalanceFromRow(row));
    rows.push_back(std::move(balance));
  }
  return rows;
}

}  // namespace lumbung::store
