#include "services/reporting/audit_pack/read_audit_source.h"

#include <map>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/journal_cursor.h"
#include "ledger/store/number_runs.h"
#include "services/vouchers/store/number_store.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting {
namespace {

using reports::TrialBalanceLine;

// Series that start anew count by year (2026), month (202603), or never (0).
std::string PeriodText(int period) {
  if (period == 0) return "";
  return period <= 9999 ? absl::StrCat(period)
                        : absl::StrFormat("%04d-%02d", period / 100, period % 100);
}

std::vector<reports::NumberRun> ReadRuns(store::TransactionScope& scope, const BookSnapshot& book) {
  std::vector<reports::NumberRun> runs;
  for (const store::NumberRun& run : store::ReadNumberRuns(scope, book.book().key)) {
    runs.push_back({false, book.FindSeries(run.series)->code, PeriodText(run.fiscal_year),
                    run.first, run.last, run.count, run.distinct});
  }
  for (const vouchers::NumberRun& run : vouchers::ReadNumberRuns(scope, book.book().key)) {
    runs.push_back(
        {true, run.series, PeriodText(run.period), run.first, run.last, run.count, run.distinct});
  }
  return runs;
}

}  // namespace

absl::StatusOr<std::vector<TrialBalanceLine>> ReadTrialBalance(store::TransactionScope& scope,
                                                               const BookSnapshot& book,
                                                               const DateRange& period) {
  // In order of the chart: the snapshot's.
  absl::btree_map<std::pair<std::size_t, FundId>, TrialBalanceLine> lines;
  const auto line_of = [&](const BalanceRow& row) -> TrialBalanceLine& {
    const Account* const account = book.FindAccount(row.account);
    const auto place = static_cast<std::size_t>(account - book.accounts().data());
    TrialBalanceLine& line = lines[{place, row.dimensions.fund}];
    line.account = row.account;
    line.fund = row.dimensions.fund;
    return line;
  };
  const auto read = [&](const DateRange& dates, const auto& add) -> absl::Status {
    store::BalanceFilter filter;
    filter.dates = dates;
    filter.by_dimensions = true;
    LUMBUNG_ASSIGN_OR_RETURN(const store::Balances balances,
                             store::ReadBalances(scope, book.book().key, filter));
    for (const BalanceRow& row : balances.rows) {
      if (row.IsZero()) continue;
      if (row.functional_currency != book.book().functional_currency) {
        return FailedPrecondition("FUNCTIONAL_CURRENCY_CHANGED", "parent",
                                  "the book was kept in another currency before");
      }
      LUMBUNG_RETURN_IF_ERROR(add(row, line_of(row)));
    }
    return absl::OkStatus();
  };
  LUMBUNG_RETURN_IF_ERROR(read({std::nullopt, period.from->AddDays(-1)},
                               [](const BalanceRow& row, TrialBalanceLine& line) -> absl::Status {
                                 LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance,
                                                          row.FunctionalBalance());
                                 LUMBUNG_ASSIGN_OR_RETURN(line.opening, Add(line.opening, balance));
                                 return absl::OkStatus();
                               }));
  LUMBUNG_RETURN_IF_ERROR(
      read(period, [](const BalanceRow& row, TrialBalanceLine& line) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(line.debit, Add(line.debit, row.functional_debit));
        LUMBUNG_ASSIGN_OR_RETURN(line.credit, Add(line.credit, row.functional_credit));
        return absl::OkStatus();
      }));
  std::vector<TrialBalanceLine> result;
  for (auto& [place, line] : lines) {
    if (line.opening.IsZero() && line.debit.IsZero() && line.credit.IsZero()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal raised, Add(line.opening, line.debit));
    LUMBUNG_ASSIGN_OR_RETURN(line.closing, Subtract(raised, line.credit));
    result.push_back(std::move(line));
  }
  return result;
}

absl::StatusOr<reports::AuditSource> ReadAuditSource(store::TransactionScope& scope,
                                                     const store::Organization& organization,
                                                     std::shared_ptr<const BookSnapshot> book,
                                                     const DateRange& period) {
  reports::AuditSource source;
  source.organization_uid = organization.uid;
  source.organization_name = organization.display_name;
  source.period = period;
  LUMBUNG_ASSIGN_OR_RETURN(source.trial_balance, ReadTrialBalance(scope, *book, period));
  source.number_runs = ReadRuns(scope, *book);
  LUMBUNG_ASSIGN_OR_RETURN(auto people, vouchers::ReadEntryPeople(scope, book->book().key, period));
  source.visit_entries = [&scope, key = book->book().key, period,
                          people = std::move(people)](const reports::EntryVisitor& visit) {
    return store::VisitEntries(scope, key, period.from, period.to, [&](const PostedEntry& entry) {
      const auto found = people.find(entry.id);
      const vouchers::EntryPeople who =
          found == people.end() ? vouchers::EntryPeople() : found->second;
      return visit({&entry, who.entered_by, who.approved_by});
    });
  };
  source.book = std::move(book);
  return source;
}

}  // namespace lumbung::reporting
