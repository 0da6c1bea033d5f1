// The chart of accounts: as a tree, and its changes.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::ElementsAre;

class AccountCommandsTest : public CommandTest {};

TEST_F(AccountCommandsTest, ListsAccountsOfAllPagesAsATree) {
  server_.data().accounts.mutable_accounts(3)->set_closed(true);
  EXPECT_EQ(Run({"account", "list"}).out,
            "Code    Name               Type     Remarks\n"
            "------  -----------------  -------  -------\n"
            "1       Assets             asset\n"
            "1.1       Cash and bank    asset\n"
            "1.1.01      Cash           asset\n"
            "1.1.02      Bank, dollars  asset    closed\n"
            "4.1     Grants             income\n"
            "5.1     Salaries           expense\n");
}

TEST_F(AccountCommandsTest, NamesAccountsInTheReadersLanguageWhereTheChartDoes) {
  const std::string out = Run({"account", "list", "--lang", "id"}).out;
  EXPECT_THAT(out, ::testing::HasSubstr("1.1.01      Kas"));
  EXPECT_THAT(out, ::testing::HasSubstr("1       Assets"));
}

TEST_F(AccountCommandsTest, ListsAccountsAsJsonOneALine) {
  server_.data().accounts.mutable_accounts()->DeleteSubrange(1, 5);
  EXPECT_EQ(Run({"account", "list", "--output", "json"}).out,
            "{\"accounts\": [\n"
            "{\"name\":\"books/main/accounts/1\",\"account_id\":\"1\",\"code\":\"1\","
            "\"display_name\":\"Assets\",\"display_name_id\":\"\",\"parent\":\"\","
            "\"type\":\"ACCOUNT_TYPE_ASSET\",\"postable\":false,\"contra\":false,"
            "\"closed\":false,\"dimension_rules\":[],\"note\":\"\",\"etag\":\"e1\"}\n"
            "]}\n");
}

TEST_F(AccountCommandsTest, ANewAccountTakesTheTypeOfItsParent) {
  const Outcome outcome = Run({"account", "create", "1.1.03", "Petty cash", "--parent", "1.1",
                               "--require", "unit", "--forbid", "grant"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const v1::Account& account = server_.received().create_account.account();
  EXPECT_EQ(account.account_id(), "1.1.03");
  EXPECT_EQ(account.parent(), "1.1");
  EXPECT_EQ(account.type(), v1::ACCOUNT_TYPE_ASSET);
  EXPECT_TRUE(account.postable());
  ASSERT_EQ(account.dimension_rules_size(), 2);
  EXPECT_EQ(account.dimension_rules(0).requirement(), v1::DIMENSION_REQUIREMENT_REQUIRED);
  EXPECT_EQ(account.dimension_rules(1).dimension(), "grant");
}

TEST_F(AccountCommandsTest, UpdatesOnlyWhatWasNamedAndGuardsItWithTheEtag) {
  Run({"account", "update", "1.1.01", "--name", "Cash in hand", "--note", ""});
  const v1::UpdateAccountRequest& request = server_.received().update_account;
  EXPECT_THAT(request.update_paths(), ElementsAre("display_name", "note"));
  EXPECT_EQ(request.account().name(), "books/main/accounts/1.1.01");
  EXPECT_EQ(request.account().etag(), "e1");
  EXPECT_EQ(request.account().display_name(), "Cash in hand");
}

TEST_F(AccountCommandsTest, ClosesAnAccount) {
  Run({"account", "close", "1.1.02"});
  const v1::UpdateAccountRequest& request = server_.received().update_account;
  EXPECT_THAT(request.update_paths(), ElementsAre("closed"));
  EXPECT_TRUE(request.account().closed());
}

}  // namespace
}  // namespace lumbung::cli
