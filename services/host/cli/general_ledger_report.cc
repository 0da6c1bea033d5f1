#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/host/cli/account_ledger.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/query_filter.h"
#include "services/host/cli/report_commands.h"

namespace lumbung::cli {
namespace {

struct GeneralLedgerFlags {
  ReportDates dates;
  std::string account;
  QueryFilter filter;
};

struct AccountInLedger {
  std::string id;
  std::vector<v1::AccountBalance> balances;
};

// The accounts with a balance or turnover up to the last day, in the order of the chart.
absl::StatusOr<std::vector<AccountInLedger>> AccountsOf(Invocation& call, const Chart& chart,
                                                        const GeneralLedgerFlags& flags) {
  v1::ListBalancesRequest request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  request.set_as_of(flags.dates.to);
  if (!flags.account.empty()) request.set_account(chart.Resolve(flags.account));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           call.session().Call(&LedgerApi::ListBalances, request));
  std::map<std::string, std::vector<v1::AccountBalance>> by_account;
  for (const v1::AccountBalance& balance : response.balances()) {
    by_account[balance.account()].push_back(balance);
  }
  std::vector<AccountInLedger> accounts;
  for (auto& [id, balances] : by_account) accounts.push_back({id, std::move(balances)});
  std::stable_sort(accounts.begin(), accounts.end(),
                   [&chart](const AccountInLedger& a, const AccountInLedger& b) {
                     return chart.PositionOf(a.id) < chart.PositionOf(b.id);
                   });
  return accounts;
}

absl::Status WriteGeneralLedger(Invocation& call, const Chart& chart,
                                const std::vector<AccountInLedger>& accounts,
                                v1::QueryPostingsRequest request) {
  if (call.json()) {
    JsonListWriter list(call.console().out, "accounts");
    for (const AccountInLedger& account : accounts) {
      request.set_account(account.id);
      list.AddText("");
      LUMBUNG_RETURN_IF_ERROR(WriteLedgerJson(call, request));
    }
    list.Finish();
    return absl::OkStatus();
  }
  if (call.csv()) {
    TableWriter table(call.console().out, call.NewTableStyle(), LedgerCsvColumns());
    for (const AccountInLedger& account : accounts) {
      request.set_account(account.id);
      LUMBUNG_RETURN_IF_ERROR(WriteLedgerCsvRows(call, request, table));
    }
    table.Finish();
    return absl::OkStatus();
  }
  for (const AccountInLedger& account : accounts) {
    request.set_account(account.id);
    call.WriteTitle(chart.CodeAndName(account.id, call.output().language));
    LUMBUNG_RETURN_IF_ERROR(WriteLedgerTable(call, chart, request, ShapeOf(account.balances)));
    call.WriteLine();
  }
  if (accounts.empty()) call.WriteNote(call.Text(Label::kNothingToShow));
  return absl::OkStatus();
}

absl::Status ReportGeneralLedger(Invocation& call, const GeneralLedgerFlags& flags) {
  v1::QueryPostingsRequest request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  request.set_from_date(flags.dates.from);
  request.set_to_date(flags.dates.to);
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<AccountInLedger> accounts,
                           AccountsOf(call, chart, flags));
  LUMBUNG_RETURN_IF_ERROR(WriteReportHeading(call, Label::kGeneralLedger, flags.dates));
  return WriteGeneralLedger(call, chart, accounts, std::move(request));
}

}  // namespace

void AddGeneralLedgerReport(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<GeneralLedgerFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"general-ledger", "Every account's postings, from opening to closing balance",
       "lumbung report general-ledger --from 2026-01-01 --to 2026-01-31"},
      Scope::kBook, [flags](Invocation& call) { return ReportGeneralLedger(call, *flags); });
  AddDateOption(command, "--from", flags->dates.from, "First day");
  AddDateOption(command, "--to", flags->dates.to, "Last day");
  command->add_option("--account", flags->account, "Only this account and those below it")
      ->type_name("ACCOUNT");
  AddFilterOptions(command, flags->filter);
}

}  // namespace lumbung::cli
