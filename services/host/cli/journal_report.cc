#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/host/cli/account_ledger.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/debit_credit.h"
#include "services/host/cli/entry_view.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/query_filter.h"
#include "services/host/cli/report_commands.h"

namespace lumbung::cli {
namespace {

struct JournalFlags {
  ReportDates dates;
  QueryFilter filter;
};

using EntryVisitor = std::function<absl::Status(const v1::JournalEntry&)>;

// The months that have entries within the report's days.
absl::StatusOr<std::vector<v1::Period>> MonthsOf(Invocation& call, const std::string& book,
                                                 const ReportDates& dates) {
  v1::ListPeriodsRequest request;
  request.set_parent(book);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListPeriodsResponse response,
                           call.session().Call(&LedgerApi::ListPeriods, request));
  std::vector<v1::Period> months;
  for (const v1::Period& period : response.periods()) {
    if (period.entry_count() == 0) continue;
    if (!dates.from.empty() && period.end_date() < dates.from) continue;
    if (!dates.to.empty() && period.start_date() > dates.to) continue;
    months.push_back(period);
  }
  std::sort(months.begin(), months.end(), [](const v1::Period& a, const v1::Period& b) {
    return a.start_date() < b.start_date();
  });
  return months;
}

// Visits the entries in order of date, then of recording. The server lists them in order of
// recording, so they are sorted here, a month at a time: memory holds one month, whatever the size
// of the book.
absl::Status ForEachEntryByDate(Invocation& call, const JournalFlags& flags,
                                const EntryVisitor& visit) {
  v1::ListJournalEntriesRequest request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  request.set_page_size(1'000);
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<v1::Period> months,
                           MonthsOf(call, request.parent(), flags.dates));
  for (const v1::Period& month : months) {
    request.set_from_date(std::max(month.start_date(), flags.dates.from));
    request.set_to_date(flags.dates.to.empty() ? month.end_date()
                                               : std::min(month.end_date(), flags.dates.to));
    std::vector<v1::JournalEntry> entries;
    LUMBUNG_RETURN_IF_ERROR(call.session().ForEachPage(
        &LedgerApi::ListJournalEntries, request, [&entries](const auto& page) {
          entries.insert(entries.end(), page.journal_entries().begin(),
                         page.journal_entries().end());
          return absl::OkStatus();
        }));
    std::stable_sort(entries.begin(), entries.end(),
                     [](const v1::JournalEntry& a, const v1::JournalEntry& b) {
                       return a.effective_date() < b.effective_date();
                     });
    for (const v1::JournalEntry& entry : entries) LUMBUNG_RETURN_IF_ERROR(visit(entry));
  }
  return absl::OkStatus();
}

// The journal as it is kept on paper: a line for the entry, then its debits, then its credits
// further in.
class JournalTable {
 public:
  JournalTable(Invocation& call, const Chart& chart, const LedgerShape& shape)
      : call_(call),
        chart_(chart),
        shape_(shape),
        table_(call.console().out, call.NewTableStyle(), Columns()) {}

  absl::Status Add(const v1::JournalEntry& entry);
  void Finish();

 private:
  std::vector<Column> Columns() const;
  absl::Status AddPosting(const v1::Posting& posting);

  Invocation& call_;
  const Chart& chart_;
  const LedgerShape& shape_;
  TableWriter table_;
  std::map<std::string, DebitCreditTotal> totals_;
};

std::vector<Column> JournalTable::Columns() const {
  std::vector<Column> columns = {
      call_.NewColumn("", Label::kDate), call_.NewColumn("", Label::kNumber),
      call_.NewColumn("", Label::kDescriptionAndAccounts, ColumnKind::kFlexible),
      call_.NewColumn("", Label::kDebit, ColumnKind::kAmount),
      call_.NewColumn("", Label::kCredit, ColumnKind::kAmount)};
  if (shape_.with_currency) columns.push_back(call_.NewColumn("", Label::kCurrency));
  if (!shape_.functional_currency.empty()) {
    columns.push_back(call_.NewColumn("", Label::kFunctionalAmount, ColumnKind::kAmount));
  }
  return columns;
}

absl::Status JournalTable::Add(const v1::JournalEntry& entry) {
  table_.Add({entry.effective_date(), entry.number(), entry.description()}, RowStyle::kHeading);
  for (const v1::Posting& posting : entry.postings()) {
    LUMBUNG_RETURN_IF_ERROR(AddPosting(posting));
  }
  return absl::OkStatus();
}

absl::Status JournalTable::AddPosting(const v1::Posting& posting) {
  const DebitCredit sides = SplitBySign(posting.amount().amount());
  std::vector<Cell> cells = {"", "",
                             Cell(chart_.CodeAndName(posting.account(), call_.output().language),
                                  sides.credit.empty() ? 2 : 4),
                             sides.debit, sides.credit};
  if (shape_.with_currency) cells.emplace_back(posting.amount().currency());
  if (!shape_.functional_currency.empty()) {
    cells.emplace_back(posting.functional_amount().amount());
  }
  table_.Add(std::move(cells));
  return totals_[posting.amount().currency()].Add(posting.amount().amount());
}

void JournalTable::Finish() {
  for (const auto& [currency, total] : totals_) {
    table_.Add({"", "", call_.Text(Label::kTotal), total.debit().ToString(),
                total.credit().ToString(), shape_.with_currency ? currency : ""},
               RowStyle::kTotal);
  }
  table_.Finish();
  if (totals_.empty()) call_.WriteNote(call_.Text(Label::kNothingToShow));
}

absl::Status ReportJournalAsTable(Invocation& call, const JournalFlags& flags) {
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  v1::ListBalancesRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  request.set_as_of(flags.dates.to);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse balances,
                           call.session().Call(&LedgerApi::ListBalances, request));
  const LedgerShape shape = ShapeOf({balances.balances().begin(), balances.balances().end()});
  LUMBUNG_RETURN_IF_ERROR(WriteReportHeading(call, Label::kJournal, flags.dates));
  JournalTable table(call, chart, shape);
  LUMBUNG_RETURN_IF_ERROR(ForEachEntryByDate(
      call, flags, [&table](const v1::JournalEntry& entry) { return table.Add(entry); }));
  table.Finish();
  return absl::OkStatus();
}

absl::Status ReportJournal(Invocation& call, const JournalFlags& flags) {
  if (call.table()) return ReportJournalAsTable(call, flags);
  if (call.json()) {
    JsonListWriter list(call.console().out, "journal_entries");
    LUMBUNG_RETURN_IF_ERROR(ForEachEntryByDate(call, flags, [&list](const auto& entry) {
      list.Add(entry);
      return absl::OkStatus();
    }));
    list.Finish();
    return absl::OkStatus();
  }
  TableWriter table(call.console().out, call.NewTableStyle(), EntryCsvColumns());
  LUMBUNG_RETURN_IF_ERROR(ForEachEntryByDate(call, flags, [&](const v1::JournalEntry& entry) {
    for (const v1::Posting& posting : entry.postings()) {
      table.Add(EntryCsvCells(call, entry, posting));
    }
    return absl::OkStatus();
  }));
  table.Finish();
  return absl::OkStatus();
}

}  // namespace

void AddJournalReport(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<JournalFlags>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"journal", "Entries with their postings, in order of date",
                  "lumbung report journal --from 2026-01-01 --to 2026-01-31"},
                 Scope::kBook, [flags](Invocation& call) { return ReportJournal(call, *flags); });
  AddDateOption(command, "--from", flags->dates.from, "First day");
  AddDateOption(command, "--to", flags->dates.to, "Last day");
  AddFilterOptions(command, flags->filter);
}

}  // namespace lumbung::cli
