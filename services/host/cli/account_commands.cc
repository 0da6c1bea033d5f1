#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::string ShowDimensionRules(const v1::Account& account) {
  std::string rules;
  for (const v1::DimensionRule& rule : account.dimension_rules()) {
    const bool required = rule.requirement() == v1::DIMENSION_REQUIREMENT_REQUIRED;
    rules += (rules.empty() ? "" : " ") + std::string(required ? "+" : "-") + rule.dimension();
  }
  return rules;
}

std::vector<Column> AccountColumns(const Invocation& call) {
  return {call.NewColumn("account", Label::kAccount),
          call.NewColumn("code", Label::kCode),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("display_name_id", Label::kIndonesianName, ColumnKind::kFlexible),
          call.NewColumn("parent", Label::kParent),
          call.NewColumn("type", Label::kType),
          call.NewColumn("postable", Label::kPostable),
          call.NewColumn("contra", Label::kContra),
          call.NewColumn("closed", Label::kClosed),
          call.NewColumn("dimension_rules", Label::kDimensionRules),
          call.NewColumn("note", Label::kNote, ColumnKind::kFlexible)};
}

std::vector<Cell> AccountCells(const Invocation& call, const v1::Account& account) {
  return {account.account_id(),
          account.code(),
          account.display_name(),
          account.display_name_id(),
          account.parent(),
          ShowChoice(call, account.type(), kAccountTypes),
          ShowFlag(call, account.postable()),
          ShowFlag(call, account.contra()),
          ShowFlag(call, account.closed()),
          ShowDimensionRules(account),
          account.note()};
}

constexpr RecordLayout<v1::Account> kAccounts{AccountColumns, AccountCells};

// The chart as a tree for the eye: headers in bold, and only the remarks that set an account apart.
void WriteAccountTree(Invocation& call, const Chart& chart) {
  TableWriter table(call.console().out, call.NewTableStyle(),
                    {call.NewColumn("code", Label::kCode),
                     call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
                     call.NewColumn("type", Label::kType), call.NewColumn("", Label::kRemarks)});
  for (const v1::Account& account : chart.accounts()) {
    std::string remarks;
    const auto remark = [&](bool applies, absl::string_view text) {
      if (applies) remarks += (remarks.empty() ? "" : ", ") + std::string(text);
    };
    remark(account.code() != account.account_id(), "id " + account.account_id());
    remark(account.contra(), call.Text(Label::kContra));
    remark(account.closed(), call.Text(Label::kClosed));
    remark(account.dimension_rules_size() > 0, ShowDimensionRules(account));
    const int depth = chart.DepthOf(account.account_id());
    table.Add({chart.CodeOf(account.account_id()),
               Cell(chart.NameOf(account.account_id(), call.output().language), 2 * depth),
               ShowChoice(call, account.type(), kAccountTypes), remarks},
              account.postable() ? RowStyle::kBody : RowStyle::kHeading);
  }
  table.Finish();
  if (chart.accounts().empty()) call.WriteNote(call.Text(Label::kNothingToShow));
}

void AddAccountList(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ListAccountsRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"list", "Show the chart of accounts as a tree", "lumbung account list --root 1.1"},
      Scope::kBook, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        if (!call.table()) {
          return WriteList(call, &BooksApi::ListAccounts, *request, "accounts",
                           &v1::ListAccountsResponse::accounts, kAccounts);
        }
        std::vector<v1::Account> accounts;
        LUMBUNG_RETURN_IF_ERROR(call.session().ForEachPage(
            &BooksApi::ListAccounts, *request, [&accounts](const auto& page) {
              accounts.insert(accounts.end(), page.accounts().begin(), page.accounts().end());
              return absl::OkStatus();
            }));
        WriteAccountTree(call, Chart(std::move(accounts)));
        return absl::OkStatus();
      });
  command->add_option("--root", *request->mutable_root(), "Only this account and those below it")
      ->type_name("ACCOUNT");
  command->add_flag_callback(
      "--hide-closed", [request] { request->set_hide_closed(true); }, "Leave out closed accounts");
}

// What --header, --contra and the like change; shared by `create` and `update`.
void AddDimensionRuleOptions(CLI::App* command, std::vector<std::string>& required,
                             std::vector<std::string>& forbidden) {
  command->add_option("--require", required, "Every posting must name this dimension (repeatable)")
      ->allow_extra_args(false)
      ->type_name("DIMENSION");
  command->add_option("--forbid", forbidden, "No posting may name this dimension (repeatable)")
      ->allow_extra_args(false)
      ->type_name("DIMENSION");
}

void SetDimensionRules(v1::Account& account, const std::vector<std::string>& required,
                       const std::vector<std::string>& forbidden) {
  account.clear_dimension_rules();
  const auto add = [&account](const std::string& dimension, v1::DimensionRequirement requirement) {
    v1::DimensionRule* const rule = account.add_dimension_rules();
    rule->set_dimension(dimension);
    rule->set_requirement(requirement);
  };
  for (const std::string& dimension : required) {
    add(dimension, v1::DIMENSION_REQUIREMENT_REQUIRED);
  }
  for (const std::string& dimension : forbidden) {
    add(dimension, v1::DIMENSION_REQUIREMENT_FORBIDDEN);
  }
}

struct AccountFlags {
  std::string account;  // As typed.
  v1::Account values;
  std::optional<v1::AccountType> type;
  bool header = false;
  bool open = false;
  std::vector<std::string> required;
  std::vector<std::string> forbidden;
};

absl::StatusOr<v1::Account> GetAccount(Invocation& call, absl::string_view typed) {
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  const std::string id = chart.Resolve(typed);
  if (const v1::Account* const account = chart.Find(id)) return *account;
  // Not in the chart: let the server say so in its own words.
  v1::GetAccountRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  request.set_name(ChildName(book, "accounts", id));
  return call.session().Call(&BooksApi::GetAccount, request);
}

absl::Status CreateAccount(Invocation& call, const AccountFlags& flags,
                           v1::CreateAccountRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  EnsureRequestId(request);
  v1::Account& account = *request.mutable_account();
  account = flags.values;
  if (account.account_id().empty()) account.set_account_id(account.code());
  account.set_postable(!flags.header);
  SetDimensionRules(account, flags.required, flags.forbidden);
  if (!account.parent().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const v1::Account parent, GetAccount(call, account.parent()));
    account.set_parent(parent.account_id());
    account.set_type(parent.type());
  }
  if (flags.type) account.set_type(*flags.type);
  if (account.type() == v1::ACCOUNT_TYPE_UNSPECIFIED) {
    return UsageError("--type", "an account at the top of the tree needs a type");
  }
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Account created,
                           call.session().Call(&BooksApi::CreateAccount, request));
  WriteRecord(call, created, kAccounts);
  return absl::OkStatus();
}

void AddAccountCreate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<AccountFlags>();
  const auto request = std::make_shared<v1::CreateAccountRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Add an account",
       "lumbung account create 1.1.01.05 \"Petty cash\" --parent 1.1.01"},
      Scope::kBook,
      [flags, request](Invocation& call) { return CreateAccount(call, *flags, *request); });
  v1::Account& values = flags->values;
  command->add_option("CODE", *values.mutable_code(), "What people type")->required();
  command->add_option("NAME", *values.mutable_display_name(), "What people read")->required();
  command->add_option("--name-id", *values.mutable_display_name_id(), "Indonesian name")
      ->type_name("NAME");
  command->add_option("--id", *values.mutable_account_id(), "Unique id (default: the code)")
      ->type_name("ID");
  command->add_option("--parent", *values.mutable_parent(), "Account it stands under")
      ->type_name("ACCOUNT");
  AddChoiceOption(command, "--type", flags->type, kAccountTypes, "Default: that of the parent");
  command->add_flag("--header", flags->header, "A header: it has accounts below it, no postings");
  command->add_flag_callback(
      "--contra", [&values] { values.set_contra(true); },
      "Carries the other side's balance (accumulated depreciation)");
  command->add_option("--note", *values.mutable_note(), "A remark")->type_name("TEXT");
  AddDimensionRuleOptions(command, flags->required, flags->forbidden);
  AddWriteOptions(command, *request);
}

void AddAccountShow(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client, {"show", "Show one account", "lumbung account show 1.1.01.01"},
                 Scope::kBook, [typed](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Account account, GetAccount(call, *typed));
                   WriteRecord(call, account, kAccounts);
                   return absl::OkStatus();
                 });
  command->add_option("ACCOUNT", *typed, "Code or id")->required();
}

// Sends the fields of `values` that `paths` names, on top of the account as it is now.
absl::Status UpdateAccount(Invocation& call, absl::string_view typed, const v1::Account& values,
                           const std::vector<std::string>& paths,
                           v1::UpdateAccountRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Account old, GetAccount(call, typed));
  v1::Account& account = *request.mutable_account();
  account = values;
  account.set_name(old.name());
  account.set_account_id(old.account_id());
  account.set_etag(old.etag());
  for (const std::string& path : paths) request.add_update_paths(path);
  EnsureRequestId(request);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Account updated,
                           call.session().Call(&BooksApi::UpdateAccount, request));
  WriteRecord(call, updated, kAccounts);
  return absl::OkStatus();
}

absl::Status UpdateAccountFromFlags(Invocation& call, const CLI::App& command,
                                    const AccountFlags& flags, v1::UpdateAccountRequest& request) {
  v1::Account values = flags.values;
  std::vector<std::string> paths;
  for (const auto& [flag, path] : {std::pair{"--code", "code"},
                                   {"--name", "display_name"},
                                   {"--name-id", "display_name_id"},
                                   {"--note", "note"},
                                   {"--open", "closed"},
                                   {"--parent", "parent"}}) {
    if (command.count(flag) > 0) paths.emplace_back(path);
  }
  if (command.count("--require") + command.count("--forbid") > 0) {
    SetDimensionRules(values, flags.required, flags.forbidden);
    paths.emplace_back("dimension_rules");
  }
  if (paths.empty()) return UsageError("account update", "nothing to change; name a flag");
  if (!values.parent().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const v1::Account parent, GetAccount(call, values.parent()));
    values.set_parent(parent.account_id());
  }
  return UpdateAccount(call, flags.account, values, paths, request);
}

void AddAccountUpdate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<AccountFlags>();
  const auto request = std::make_shared<v1::UpdateAccountRequest>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* const command =
      AddCommand(group, client,
                 {"update", "Change an account",
                  "lumbung account update 5.1.01 --name \"Programme salaries\" --require grant"},
                 Scope::kBook, [flags, request, self](Invocation& call) {
                   return UpdateAccountFromFlags(call, **self, *flags, *request);
                 });
  *self = command;
  v1::Account& values = flags->values;
  command->add_option("ACCOUNT", flags->account, "Code or id")->required();
  command->add_option("--code", *values.mutable_code(), "New code")->type_name("CODE");
  command->add_option("--name", *values.mutable_display_name(), "New name")->type_name("NAME");
  command->add_option("--name-id", *values.mutable_display_name_id(), "New Indonesian name")
      ->type_name("NAME");
  command->add_option("--parent", *values.mutable_parent(), "Move it under this account")
      ->type_name("ACCOUNT");
  command->add_option("--note", *values.mutable_note(), "New remark")->type_name("TEXT");
  command->add_flag("--open", flags->open, "Open a closed account again");
  AddDimensionRuleOptions(command, flags->required, flags->forbidden);
  AddWriteOptions(command, *request);
}

void AddAccountClose(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto request = std::make_shared<v1::UpdateAccountRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"close", "Close an account: it takes no more postings", "lumbung account close 1.1.01.05"},
      Scope::kBook, [typed, request](Invocation& call) {
        v1::Account values;
        values.set_closed(true);
        return UpdateAccount(call, *typed, values, {"closed"}, *request);
      });
  command->add_option("ACCOUNT", *typed, "Code or id")->required();
  AddWriteOptions(command, *request);
}

}  // namespace

void AddAccountCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "account", "The chart of accounts");
  AddAccountList(*group, client);
  AddAccountCreate(*group, client);
  AddAccountShow(*group, client);
  AddAccountUpdate(*group, client);
  AddAccountClose(*group, client);
}

}  // namespace lumbung::cli
