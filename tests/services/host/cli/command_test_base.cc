#include "tests/services/host/cli/command_test_base.h"

#include <optional>
#include <sstream>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "services/host/cli/commands.h"

namespace lumbung::cli {

CommandTest::CommandTest() {
  v1::Organization& organization = *server_.data().organizations.add_organizations();
  organization.set_name("organizations/melati");
  organization.set_display_name("Yayasan Melati");
  v1::Book& book = *server_.data().books.add_books();
  book.set_name("books/main");
  book.set_display_name("Buku Besar");
  book.set_functional_currency("IDR");
  book.set_fiscal_year_start_month(1);
  book.set_chart_template("isak35-ngo@1");
  book.set_default_fund("umum");
  book.set_last_sequence(1234);
  auto& accounts = *server_.data().accounts.mutable_accounts();
  const auto asset = v1::ACCOUNT_TYPE_ASSET;
  *accounts.Add() = MakeAccount("1", "Assets", "", asset, false);
  *accounts.Add() = MakeAccount("1.1", "Cash and bank", "1", asset, false);
  *accounts.Add() = MakeAccount("1.1.01", "Cash", "1.1", asset, true);
  *accounts.Add() = MakeAccount("1.1.02", "Bank, dollars", "1.1", asset, true);
  *accounts.Add() = MakeAccount("4.1", "Grants", "", v1::ACCOUNT_TYPE_INCOME, true);
  *accounts.Add() = MakeAccount("5.1", "Salaries", "", v1::ACCOUNT_TYPE_EXPENSE, true);
  accounts.Mutable(2)->set_display_name_id("Kas");
}

Outcome CommandTest::Run(std::vector<std::string> arguments) {
  std::istringstream in(input_);
  std::ostringstream out;
  std::ostringstream err;
  Console console{
      .in = in,
      .out = out,
      .err = err,
      .out_is_terminal = terminal_,
      .err_is_terminal = terminal_,
      .width = width_,
      .variable = [this](const char* name) -> std::optional<std::string> {
        const auto found = variables_.find(name);
        if (found != variables_.end()) return found->second;
        if (std::string(name) == "LUMBUNG_SERVER") return server_.address();
        return std::nullopt;
      },
      .now = [] { return absl::UnixEpoch(); },
      .sleep = [this](absl::Duration wait) { waits_.push_back(wait); },
  };
  Client client{console};
  CLI::App app("Lumbung", "lumbung");
  app.require_subcommand(1);
  AddUserCommands(app, client);
  std::vector<const char*> argv = {"lumbung"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  const ExitCode code = RunCommandLine(app, static_cast<int>(argv.size()), argv.data(), client);
  return Outcome{static_cast<int>(code), out.str(), err.str()};
}

v1::Account MakeAccount(absl::string_view id, absl::string_view name, absl::string_view parent,
                        v1::AccountType type, bool postable) {
  v1::Account account;
  account.set_name("books/main/accounts/" + std::string(id));
  account.set_account_id(std::string(id));
  account.set_code(std::string(id));
  account.set_display_name(std::string(name));
  account.set_parent(std::string(parent));
  account.set_type(type);
  account.set_postable(postable);
  account.set_etag("e1");
  return account;
}

v1::AccountBalance MakeBalance(absl::string_view account, absl::string_view currency,
                               absl::string_view debit, absl::string_view credit,
                               absl::string_view balance) {
  v1::AccountBalance row;
  row.set_account(std::string(account));
  row.set_currency(std::string(currency));
  row.set_debit(std::string(debit));
  row.set_credit(std::string(credit));
  row.set_balance(std::string(balance));
  row.set_functional_currency(std::string(currency));
  row.set_functional_debit(std::string(debit));
  row.set_functional_credit(std::string(credit));
  row.set_functional_balance(std::string(balance));
  return row;
}

v1::Posting MakePosting(absl::string_view account, absl::string_view amount,
                        absl::string_view currency) {
  v1::Posting posting;
  posting.set_account(std::string(account));
  posting.mutable_amount()->set_amount(std::string(amount));
  posting.mutable_amount()->set_currency(std::string(currency));
  *posting.mutable_functional_amount() = posting.amount();
  return posting;
}

}  // namespace lumbung::cli
