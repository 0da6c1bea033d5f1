#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/entry_view.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"
#include "services/host/cli/when_sealed.h"

namespace lumbung::cli {
namespace {

std::vector<Column> PeriodColumns(const Invocation& call) {
  return {call.NewColumn("period", Label::kPeriod),
          call.NewColumn("state", Label::kState),
          call.NewColumn("entries", Label::kEntries, ColumnKind::kAmount),
          call.NewColumn("close_time", Label::kClosedAt),
          call.NewColumn("checkpoint_size", Label::kCheckpointSize, ColumnKind::kAmount),
          call.NewColumn("trial_balance_hash", Label::kTrialBalanceHash, ColumnKind::kFlexible)};
}

std::vector<Cell> PeriodCells(const Invocation& call, const v1::Period& period) {
  return {LastId(period.name()),
          ShowChoice(call, period.state(), kPeriodStates),
          absl::StrCat(period.entry_count()),
          ShowInstant(call, period.close_time()),
          period.checkpoint_size() == 0 ? "" : absl::StrCat(period.checkpoint_size()),
          absl::BytesToHexString(period.trial_balance_hash())};
}

constexpr RecordLayout<v1::Period> kPeriods{PeriodColumns, PeriodCells};

absl::StatusOr<std::string> PeriodName(Invocation& call, const std::string& month) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  return ChildName(book, "periods", month);
}

void AddPeriodList(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ListPeriodsRequest>();
  CLI::App* const command = AddCommand(
      group, client, {"list", "List the months of a year", "lumbung period list --year 2026"},
      Scope::kBook, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        LUMBUNG_ASSIGN_OR_RETURN(const v1::ListPeriodsResponse response,
                                 call.session().Call(&LedgerApi::ListPeriods, *request));
        RecordWriter writer(call, "periods", PeriodColumns(call));
        for (const v1::Period& period : response.periods()) {
          writer.Add(period, PeriodCells(call, period));
        }
        writer.Finish();
        return absl::OkStatus();
      });
  command
      ->add_option_function<std::int32_t>(
          "--year", [request](std::int32_t year) { request->set_year(year); },
          "Default: every year with entries")
      ->check(CLI::Range(1900, 9999))
      ->type_name("YYYY");
}

void AddPeriodClose(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ClosePeriodRequest>();
  const auto month = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"close", "Close a month: only adjusters post, or with --hard nobody, ever",
       "lumbung period close 2026-01 --hard"},
      Scope::kBook, [request, month](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_name(), PeriodName(call, *month));
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Period period, WhenSealed(call, [&] {
                                   return call.session().Call(&LedgerApi::ClosePeriod, *request);
                                 }));
        WriteRecord(call, period, kPeriods);
        return absl::OkStatus();
      });
  command->add_option("MONTH", *month, "YYYY-MM")->required();
  command->add_flag_callback(
      "--hard", [request] { request->set_hard(true); }, "For good: a hard close never reopens");
  AddWriteOptions(command, *request);
}

void AddPeriodReopen(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ReopenPeriodRequest>();
  const auto month = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"reopen", "Open a soft-closed month again", "lumbung period reopen 2026-01"},
      Scope::kBook, [request, month](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_name(), PeriodName(call, *month));
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Period period,
                                 call.session().Call(&LedgerApi::ReopenPeriod, *request));
        WriteRecord(call, period, kPeriods);
        return absl::OkStatus();
      });
  command->add_option("MONTH", *month, "YYYY-MM")->required();
  AddWriteOptions(command, *request);
}

absl::Status CloseYear(Invocation& call, v1::CloseFiscalYearRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  request.set_unrestricted_account(chart.Resolve(request.unrestricted_account()));
  request.set_restricted_account(chart.Resolve(request.restricted_account()));
  EnsureRequestId(request);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::CloseFiscalYearResponse response,
                           call.session().Call(&LedgerApi::CloseFiscalYear, request));
  if (call.json()) {
    call.console().out << ToIndentedJson(response);
    return absl::OkStatus();
  }
  if (!response.posted()) call.WriteNote(call.Text(Label::kNothingChanged));
  if (response.has_reversal() && call.table()) {
    call.WriteTitle(absl::StrCat(call.Text(Label::kReverses), " ", response.reversal().reverses()));
    call.WriteLine();
  }
  if (!response.has_closing_entry()) return absl::OkStatus();
  return WriteEntry(call, response.closing_entry());
}

void AddYearClose(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CloseFiscalYearRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"close", "Move the year's income and expense to net assets; safe to run again",
       "lumbung year close 2026 --unrestricted-account 3.1.01 --restricted-account 3.2.01"},
      Scope::kBook, [request](Invocation& call) { return CloseYear(call, *request); });
  command
      ->add_option_function<std::int32_t>(
          "YEAR", [request](std::int32_t year) { request->set_fiscal_year(year); },
          "The calendar year in which the fiscal year starts")
      ->check(CLI::Range(1900, 9999))
      ->required();
  command
      ->add_option("--unrestricted-account", *request->mutable_unrestricted_account(),
                   "Net assets that receive the surplus of funds without restriction")
      ->type_name("ACCOUNT")
      ->required();
  command
      ->add_option("--restricted-account", *request->mutable_restricted_account(),
                   "Net assets that receive the surplus of restricted funds")
      ->type_name("ACCOUNT");
  AddWriteOptions(command, *request);
}

}  // namespace

void AddPeriodCommands(CLI::App& app, Client& client) {
  CLI::App* const periods = AddGroup(app, "period", "Months: open, soft-closed, hard-closed");
  AddPeriodList(*periods, client);
  AddPeriodClose(*periods, client);
  AddPeriodReopen(*periods, client);
  CLI::App* const years = AddGroup(app, "year", "Fiscal years");
  AddYearClose(*years, client);
}

}  // namespace lumbung::cli
