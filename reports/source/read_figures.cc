#include "reports/source/read_figures.h"

#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::reports {
namespace {

using ByAccount = absl::btree_map<std::pair<AccountId, FundId>, Figure>;

// The other side of entries that touch cash. What an entry moves on cash is, turned round, the sum
// of its other postings, so these say what the cash was for without sharing anything out. The
// entries are found once and kept: a planner that does not know yet how large the book is would
// look for them again for every posting.
constexpr store::Statement kCashMovements = {
    "reports_cash_movements",
    "with touching as materialized ("
    "select distinct c.entry_id from ledger.posting c "
    "where c.organization_id = $1 and c.book_id = $2 and c.account_id = any ($3::integer[]) "
    "and c.effective_date between $4 and $5 and c.entry_id <= $6), "
    "openings as materialized ("
    "select e.entry_id from ledger.journal_entry e where e.organization_id = $1 "
    "and e.book_id = $2 and e.kind = 2 and e.effective_date between $4 and $5) "
    "select p.account_id, d.fund_id, p.functional_currency_id, sum(p.functional_amount) "
    "from touching t "
    "join ledger.posting p on p.organization_id = $1 and p.book_id = $2 "
    "and p.entry_id = t.entry_id "
    "join ledger.dimension_set d on d.organization_id = p.organization_id "
    "and d.book_id = p.book_id and d.dimension_set_id = p.dimension_set_id "
    "where t.entry_id not in (select o.entry_id from openings o) "
    "and p.account_id <> all ($3::integer[]) "
    "group by p.account_id, d.fund_id, p.functional_currency_id"};

// Opening entries of the days: what the books begin with is no movement.
constexpr store::Statement kOpeningEntries = {
    "reports_opening_entries",
    "select p.account_id, d.fund_id, p.functional_currency_id, sum(p.functional_amount) "
    "from ledger.journal_entry e "
    "join ledger.posting p on p.organization_id = e.organization_id "
    "and p.book_id = e.book_id and p.entry_id = e.entry_id "
    "join ledger.dimension_set d on d.organization_id = p.organization_id "
    "and d.book_id = p.book_id and d.dimension_set_id = p.dimension_set_id "
    "where e.organization_id = $1 and e.book_id = $2 and e.kind = 2 "
    "and e.effective_date between $3 and $4 and e.entry_id <= $5 "
    "group by p.account_id, d.fund_id, p.functional_currency_id"};

class PeriodReader {
 public:
  PeriodReader(store::TransactionScope& scope, const BookSnapshot& book, std::size_t number,
               const FiguresRequest& request)
      : scope_(scope), book_(book), number_(number), request_(request) {}

  absl::Status Read(const DateRange& period, PeriodFigures* figures);
  EntryId last_entry() const { return last_entry_; }

 private:
  absl::Status Add(const store::BalanceFilter& filter, Decimal Figure::*measure);
  absl::Status MoveOpeningEntries(const DateRange& period);
  absl::Status AddCash(const DateRange& period);
  absl::Status CheckCurrency(CurrencyId functional) const;
  Figure& At(AccountId account, FundId fund);

  store::TransactionScope& scope_;
  const BookSnapshot& book_;
  const std::size_t number_;
  const FiguresRequest& request_;
  ByAccount figures_;
  EntryId last_entry_{};
};

Figure& PeriodReader::At(AccountId account, FundId fund) {
  Figure& figure = figures_[{account, fund}];
  figure.book = number_;
  figure.account = account;
  figure.fund = fund;
  return figure;
}

absl::Status PeriodReader::CheckCurrency(CurrencyId functional) const {
  if (functional == book_.book().functional_currency) return absl::OkStatus();
  return FailedPrecondition("FUNCTIONAL_CURRENCY_CHANGED", "book",
                            absl::StrCat("the book ", book_.book().slug, " was kept in ",
                                         book_.FindCurrency(functional)->code,
                                         " before; its figures cannot be added up"));
}

absl::Status PeriodReader::Add(const store::BalanceFilter& filter, Decimal Figure::*measure) {
  LUMBUNG_ASSIGN_OR_RETURN(const store::Balances balances,
                           store::ReadBalances(scope_, book_.book().key, filter));
  last_entry_ = balances.last_known_entry;
  for (const BalanceRow& row : balances.rows) {
    if (row.IsZero()) continue;
    LUMBUNG_RETURN_IF_ERROR(CheckCurrency(row.functional_currency));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, row.FunctionalBalance());
    Decimal& sum = At(row.account, row.dimensions.fund).*measure;
    LUMBUNG_ASSIGN_OR_RETURN(sum, lumbung::Add(sum, amount));
  }
  return absl::OkStatus();
}

absl::Status PeriodReader::MoveOpeningEntries(const DateRange& period) {
  for (const pqxx::row& row : scope_.Execute(
           kOpeningEntries, scope_.organization_number(), ToInteger(book_.book().key.book),
           period.from->ToString(), period.to->ToString(), ToInteger(last_entry_))) {
    LUMBUNG_RETURN_IF_ERROR(CheckCurrency(store::StoredId<CurrencyId>(row[2])));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, store::StoredDecimal(row[3]));
    Figure& figure = At(store::StoredId<AccountId>(row[0]), store::StoredId<FundId>(row[1]));
    LUMBUNG_ASSIGN_OR_RETURN(figure.opening, lumbung::Add(figure.opening, amount));
    LUMBUNG_ASSIGN_OR_RETURN(figure.movement, Subtract(figure.movement, amount));
  }
  return absl::OkStatus();
}

absl::Status PeriodReader::AddCash(const DateRange& period) {
  store::ArrayText accounts;
  bool has_cash = false;
  for (const std::string& key : request_.cash) {
    const Account* const root = book_.FindAccount(key);
    if (root == nullptr) continue;
    for (const AccountId id : book_.Subtree(root->id)) {
      accounts.Integer(ToInteger(id));
      has_cash = true;
    }
  }
  if (!has_cash) return absl::OkStatus();
  for (const pqxx::row& row :
       scope_.Execute(kCashMovements, scope_.organization_number(),
                      ToInteger(book_.book().key.book), accounts.Take(), period.from->ToString(),
                      period.to->ToString(), ToInteger(last_entry_))) {
    LUMBUNG_RETURN_IF_ERROR(CheckCurrency(store::StoredId<CurrencyId>(row[2])));
    Decimal& cash = At(store::StoredId<AccountId>(row[0]), store::StoredId<FundId>(row[1])).cash;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, store::StoredDecimal(row[3]));
    LUMBUNG_ASSIGN_OR_RETURN(cash, lumbung::Add(cash, amount));
  }
  return absl::OkStatus();
}

absl::Status PeriodReader::Read(const DateRange& period, PeriodFigures* figures) {
  figures_.clear();
  store::BalanceFilter filter;
  filter.known_at = request_.known_at;
  filter.by_dimensions = true;
  filter.dates = {std::nullopt, period.from->AddDays(-1)};
  LUMBUNG_RETURN_IF_ERROR(Add(filter, &Figure::opening));
  filter.dates = {std::nullopt, period.to};
  LUMBUNG_RETURN_IF_ERROR(Add(filter, &Figure::closing));
  filter.dates = period;
  filter.exclude_closing = true;
  LUMBUNG_RETURN_IF_ERROR(Add(filter, &Figure::movement));
  LUMBUNG_RETURN_IF_ERROR(MoveOpeningEntries(period));
  LUMBUNG_RETURN_IF_ERROR(AddCash(period));
  for (auto& [key, figure] : figures_) {
    LUMBUNG_ASSIGN_OR_RETURN(figure.non_cash, Subtract(figure.movement, figure.cash));
    figures->figures.push_back(std::move(figure));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReadResult> ReadFigures(
    store::TransactionScope& scope, const std::vector<std::shared_ptr<const BookSnapshot>>& books,
    const FiguresRequest& request) {
  ReadResult result;
  result.figures.books = books;
  for (const DateRange& period : request.periods) {
    result.figures.periods.push_back({*period.from, *period.to, {}});
  }
  for (std::size_t number = 0; number < books.size(); ++number) {
    PeriodReader reader(scope, *books[number], number, request);
    for (std::size_t i = 0; i < request.periods.size(); ++i) {
      LUMBUNG_RETURN_IF_ERROR(reader.Read(request.periods[i], &result.figures.periods[i]));
    }
    result.last_entries.push_back(reader.last_entry());
  }
  return result;
}

}  // namespace lumbung::reports
