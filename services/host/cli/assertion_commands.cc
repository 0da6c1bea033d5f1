#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/amount_syntax.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> AssertionColumns(const Invocation& call) {
  return {call.NewColumn("date", Label::kDate),
          call.NewColumn("account", Label::kAccount),
          call.NewColumn("include_descendants", Label::kWithDescendants),
          call.NewColumn("expected", Label::kExpected, ColumnKind::kAmount),
          call.NewColumn("currency", Label::kCurrency),
          call.NewColumn("fund", Label::kFund),
          call.NewColumn("source", Label::kSource, ColumnKind::kFlexible),
          call.NewColumn("record_time", Label::kRecorded)};
}

std::vector<Cell> AssertionCells(const Invocation& call, const v1::BalanceAssertion& assertion) {
  return {assertion.date(),
          assertion.account(),
          ShowFlag(call, assertion.include_descendants()),
          assertion.expected().amount(),
          assertion.expected().currency(),
          assertion.fund(),
          assertion.source(),
          ShowInstant(call, assertion.record_time())};
}

constexpr RecordLayout<v1::BalanceAssertion> kAssertions{AssertionColumns, AssertionCells};

absl::Status CreateAssertion(Invocation& call, const std::string& expected,
                             v1::CreateBalanceAssertionRequest& request) {
  v1::BalanceAssertion& assertion = *request.mutable_assertion();
  LUMBUNG_ASSIGN_OR_RETURN(*assertion.mutable_expected(),
                           ParseMoney("AMOUNT", expected, call.output().numbers.locale));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  if (assertion.expected().currency().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, call.session().Book());
    assertion.mutable_expected()->set_currency(book.functional_currency());
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  assertion.set_account(chart.Resolve(assertion.account()));
  EnsureRequestId(request);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::BalanceAssertion created,
                           call.session().Call(&LedgerApi::CreateBalanceAssertion, request));
  WriteRecord(call, created, kAssertions);
  return absl::OkStatus();
}

void AddAssertionCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateBalanceAssertionRequest>();
  const auto expected = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "State a balance that must hold, now and for ever",
       "lumbung assert create 1.1.02 12500000 --date 2026-01-31"},
      Scope::kBook,
      [request, expected](Invocation& call) { return CreateAssertion(call, *expected, *request); });
  v1::BalanceAssertion& assertion = *request->mutable_assertion();
  command->add_option("ACCOUNT", *assertion.mutable_account(), "Code or id")->required();
  command
      ->add_option("AMOUNT", *expected,
                   "Its balance, debits less credits, in your locale: AMOUNT or \"AMOUNT CUR\"")
      ->required();
  AddDateOption(command, "--date", *assertion.mutable_date(), "At the end of this day")->required();
  command->add_option("--fund", *assertion.mutable_fund(), "Only this fund")->type_name("FUND");
  command->add_flag_callback(
      "--include-descendants", [&assertion] { assertion.set_include_descendants(true); },
      "With the accounts below it");
  AddWriteOptions(command, *request);
}

void AddAssertionList(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ListBalanceAssertionsRequest>();
  const auto account = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"list", "List the stated balances", "lumbung assert list --account 1.1.02"},
      Scope::kBook, [request, account](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        if (!account->empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
          request->set_account(chart.Resolve(*account));
        }
        return WriteList(call, &LedgerApi::ListBalanceAssertions, *request, "assertions",
                         &v1::ListBalanceAssertionsResponse::assertions, kAssertions);
      });
  command->add_option("--account", *account, "Only of this account")->type_name("ACCOUNT");
}

}  // namespace

void AddAssertionCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "assert", "Balances that must hold");
  AddAssertionCreate(*group, client);
  AddAssertionList(*group, client);
}

}  // namespace lumbung::cli
