#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/balance_table.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/query_filter.h"
#include "services/host/cli/report_commands.h"

namespace lumbung::cli {
namespace {

struct TrialBalanceFlags {
  v1::ListBalancesRequest request;
  std::string account;
  std::string known_at;
  QueryFilter filter;
  std::vector<std::string> by_dimensions;
  bool turnover = false;
};

// Every posting is in the answer, so debits must equal credits.
bool CoversWholeBook(const v1::ListBalancesRequest& request) {
  return request.account().empty() && request.fund().empty() && request.dimensions().empty();
}

absl::StatusOr<v1::ListBalancesRequest> TrialBalanceRequest(Invocation& call,
                                                            const TrialBalanceFlags& flags,
                                                            const Chart& chart) {
  v1::ListBalancesRequest request = flags.request;
  LUMBUNG_RETURN_IF_ERROR(ApplyFilter(flags.filter, request));
  if (!flags.known_at.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_known_at(),
                             ParseInstant("--known-at", flags.known_at));
  }
  if (!flags.account.empty()) request.set_account(chart.Resolve(flags.account));
  for (const std::string& dimension : flags.by_dimensions) {
    request.add_group_by_dimensions(dimension);
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  return request;
}

absl::Status ReportTrialBalance(Invocation& call, const TrialBalanceFlags& flags) {
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesRequest request,
                           TrialBalanceRequest(call, flags, chart));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           call.session().Call(&LedgerApi::ListBalances, request));
  if (call.json()) {
    call.console().out << ToIndentedJson(response);
  } else {
    LUMBUNG_RETURN_IF_ERROR(WriteReportHeading(
        call, Label::kTrialBalance, {request.from_date(), request.as_of()}, flags.known_at));
    BalanceTableOptions options;
    const bool turnover = flags.turnover || !request.from_date().empty();
    options.layout = turnover ? BalanceLayout::kTurnover : BalanceLayout::kNet;
    options.by_fund = request.group_by_fund();
    options.by_dimensions = flags.by_dimensions;
    LUMBUNG_RETURN_IF_ERROR(WriteBalances(call, chart, response.balances(), options));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const bool balances, DebitsEqualCredits(response.balances()));
  if (!balances && CoversWholeBook(request)) {
    return absl::InternalError("the trial balance does not balance: debits and credits differ");
  }
  return absl::OkStatus();
}

}  // namespace

void AddTrialBalanceReport(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<TrialBalanceFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"trial-balance", "Every account's balance; debits equal credits",
       "lumbung report trial-balance --as-of 2026-12-31 --depth 3"},
      Scope::kBook, [flags](Invocation& call) { return ReportTrialBalance(call, *flags); });
  v1::ListBalancesRequest& request = flags->request;
  AddDateOption(command, "--as-of", *request.mutable_as_of(),
                "At the end of this day (default: for ever)");
  AddDateOption(command, "--from", *request.mutable_from_date(),
                "Only turnover from this day on, with its own debit and credit columns");
  command
      ->add_option("--known-at", flags->known_at,
                   "As the book was known at this moment: a date, or 2026-01-31T17:00:00Z")
      ->type_name("INSTANT");
  command
      ->add_option_function<std::int32_t>(
          "--depth", [flags](std::int32_t depth) { flags->request.set_depth(depth); },
          "Roll accounts up to this depth; 1 is the top (default: every account)")
      ->check(CLI::Range(1, 64))
      ->type_name("N");
  command->add_option("--account", flags->account, "Only this account and those below it")
      ->type_name("ACCOUNT");
  AddFilterOptions(command, flags->filter);
  command->add_flag_callback(
      "--by-fund", [flags] { flags->request.set_group_by_fund(true); }, "A row for each fund");
  command->add_option("--by", flags->by_dimensions, "A row for each value of this dimension")
      ->allow_extra_args(false)
      ->type_name("DIMENSION");
  command->add_flag("--turnover", flags->turnover, "Show debits and credits beside the balance");
  command->add_flag_callback(
      "--include-zero", [flags] { flags->request.set_include_zero(true); },
      "Show accounts without balance and turnover too");
  command->add_flag_callback(
      "--exclude-closing", [flags] { flags->request.set_exclude_closing(true); },
      "Leave out year-end closing entries");
}

}  // namespace lumbung::cli
