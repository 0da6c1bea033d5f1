#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> FundColumns(const Invocation& call) {
  return {call.NewColumn("fund", Label::kFund),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("restriction", Label::kRestriction),
          call.NewColumn("closed", Label::kClosed)};
}

std::vector<Cell> FundCells(const Invocation& call, const v1::Fund& fund) {
  return {fund.fund_id(), fund.display_name(),
          ShowChoice(call, fund.restriction(), kFundRestrictions), ShowFlag(call, fund.closed())};
}

constexpr RecordLayout<v1::Fund> kFunds{FundColumns, FundCells};

void AddFundList(CLI::App& group, Client& client) {
  AddCommand(group, client, {"list", "List the book's funds", "lumbung fund list"}, Scope::kBook,
             [](Invocation& call) -> absl::Status {
               v1::ListFundsRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               return WriteList(call, &BooksApi::ListFunds, request, "funds",
                                &v1::ListFundsResponse::funds, kFunds);
             });
}

void AddFundCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateFundRequest>();
  const auto restriction = std::make_shared<v1::FundRestriction>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"create", "Add a fund",
                  "lumbung fund create usaid \"USAID WASH 2026\" --restriction purpose"},
                 Scope::kBook, [request, restriction](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
                   EnsureRequestId(*request);
                   request->mutable_fund()->set_restriction(*restriction);
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Fund fund,
                                            call.session().Call(&BooksApi::CreateFund, *request));
                   WriteRecord(call, fund, kFunds);
                   return absl::OkStatus();
                 });
  command->add_option("ID", *request->mutable_fund()->mutable_fund_id(), "What people type")
      ->required();
  command->add_option("NAME", *request->mutable_fund()->mutable_display_name(), "What people read")
      ->required();
  AddChoiceOption(command, "--restriction", *restriction, kFundRestrictions,
                  "How the givers bound the money: not at all, to a purpose, to a time, as an "
                  "endowment corpus, or as money held for others")
      ->required();
  AddWriteOptions(command, *request);
}

void AddFundClose(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::UpdateFundRequest>();
  const auto id = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"close", "Close a fund: it takes no more postings", "lumbung fund close usaid"},
                 Scope::kBook, [request, id](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
                   v1::GetFundRequest get;
                   get.set_name(ChildName(book, "funds", *id));
                   LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_fund(),
                                            call.session().Call(&BooksApi::GetFund, get));
                   request->mutable_fund()->set_closed(true);
                   request->add_update_paths("closed");
                   EnsureRequestId(*request);
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Fund fund,
                                            call.session().Call(&BooksApi::UpdateFund, *request));
                   WriteRecord(call, fund, kFunds);
                   return absl::OkStatus();
                 });
  command->add_option("FUND", *id, "The fund's id")->required();
  AddWriteOptions(command, *request);
}

}  // namespace

void AddFundCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "fund", "Funds: whose money it is, and for what");
  AddFundList(*group, client);
  AddFundCreate(*group, client);
  AddFundClose(*group, client);
}

}  // namespace lumbung::cli
