#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/account_ledger.h"
#include "services/host/cli/balance_table.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/query_filter.h"

namespace lumbung::cli {
namespace {

struct BalanceFlags {
  std::string account;
  std::string as_of;
  std::string known_at;
  QueryFilter filter;
  bool own = false;
};

absl::Status ShowBalance(Invocation& call, const BalanceFlags& flags) {
  v1::GetBalanceRequest request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  request.set_as_of(flags.as_of);
  request.set_include_descendants(!flags.own);
  if (!flags.known_at.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_known_at(),
                             ParseInstant("--known-at", flags.known_at));
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  request.set_account(chart.Resolve(flags.account));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::GetBalanceResponse response,
                           call.session().Call(&LedgerApi::GetBalance, request));
  if (call.json()) {
    call.console().out << ToIndentedJson(response);
    return absl::OkStatus();
  }
  BalanceTableOptions options;
  options.layout = BalanceLayout::kTurnover;
  options.totals = false;
  options.tree = false;
  return WriteBalances(call, chart, response.balances(), options);
}

absl::Status ShowAllBalances(Invocation& call, const BalanceFlags& flags) {
  v1::ListBalancesRequest request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  request.set_as_of(flags.as_of);
  if (!flags.known_at.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_known_at(),
                             ParseInstant("--known-at", flags.known_at));
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           call.session().Call(&LedgerApi::ListBalances, request));
  if (call.json()) {
    call.console().out << ToIndentedJson(response);
    return absl::OkStatus();
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  BalanceTableOptions options;
  options.layout = BalanceLayout::kTurnover;
  return WriteBalances(call, chart, response.balances(), options);
}

void AddBalance(CLI::App& app, Client& client) {
  const auto flags = std::make_shared<BalanceFlags>();
  CLI::App* const command = AddCommand(
      app, client,
      {"balance", "Turnover and balance of one account, or of all",
       "lumbung balance 1.1.01 --as-of 2026-03-31"},
      Scope::kBook, [flags](Invocation& call) {
        return flags->account.empty() ? ShowAllBalances(call, *flags) : ShowBalance(call, *flags);
      });
  command->add_option("ACCOUNT", flags->account, "Code or id (default: every account)");
  AddDateOption(command, "--as-of", flags->as_of, "At the end of this day (default: for ever)");
  command
      ->add_option("--known-at", flags->known_at,
                   "As the book was known at this moment: a date, or 2026-01-31T17:00:00Z")
      ->type_name("INSTANT");
  command->add_flag("--own", flags->own, "Without the accounts below it");
  AddFilterOptions(command, flags->filter);
}

struct RegisterFlags {
  v1::QueryPostingsRequest request;
  std::string account;
  QueryFilter filter;
  bool own = false;
};

absl::Status ShowRegister(Invocation& call, const RegisterFlags& flags) {
  v1::QueryPostingsRequest request = flags.request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  request.set_account(chart.Resolve(flags.account));
  request.set_include_descendants(!flags.own);
  if (call.json()) {
    LUMBUNG_RETURN_IF_ERROR(WriteLedgerJson(call, request));
    call.console().out << "\n";
    return absl::OkStatus();
  }
  if (call.csv()) {
    TableWriter table(call.console().out, call.NewTableStyle(), LedgerCsvColumns());
    LUMBUNG_RETURN_IF_ERROR(WriteLedgerCsvRows(call, request, table));
    table.Finish();
    return absl::OkStatus();
  }
  v1::GetBalanceRequest balance;
  balance.set_parent(request.parent());
  balance.set_account(request.account());
  balance.set_include_descendants(request.include_descendants());
  balance.set_as_of(request.to_date());
  LUMBUNG_ASSIGN_OR_RETURN(const v1::GetBalanceResponse currencies,
                           call.session().Call(&LedgerApi::GetBalance, balance));
  LedgerShape shape = ShapeOf({currencies.balances().begin(), currencies.balances().end()});
  const v1::Account* const account = chart.Find(request.account());
  shape.with_account = !flags.own && account != nullptr && !account->postable();
  call.WriteTitle(chart.CodeAndName(request.account(), call.output().language));
  return WriteLedgerTable(call, chart, request, shape);
}

void AddRegister(CLI::App& app, Client& client) {
  const auto flags = std::make_shared<RegisterFlags>();
  CLI::App* const command =
      AddCommand(app, client,
                 {"register", "One account's postings with a running balance",
                  "lumbung register 1.1.01.01 --from 2026-01-01 --to 2026-01-31"},
                 Scope::kBook, [flags](Invocation& call) { return ShowRegister(call, *flags); });
  v1::QueryPostingsRequest& request = flags->request;
  command->add_option("ACCOUNT", flags->account, "Code or id")->required();
  AddDateOption(command, "--from", *request.mutable_from_date(), "First day");
  AddDateOption(command, "--to", *request.mutable_to_date(), "Last day");
  AddFilterOptions(command, flags->filter);
  command->add_option("--currency", *request.mutable_currency(), "Only this currency")
      ->type_name("CODE");
  command->add_flag("--own", flags->own, "Without the accounts below it");
  command
      ->add_option_function<std::int64_t>(
          "--limit", [flags](std::int64_t limit) { flags->request.set_limit(limit); },
          "At most this many postings")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
}

}  // namespace

void AddBalanceCommands(CLI::App& app, Client& client) {
  AddBalance(app, client);
  AddRegister(app, client);
}

}  // namespace lumbung::cli
