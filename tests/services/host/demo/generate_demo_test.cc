// The demo on a real server and database: what the ledger answers is compared with the plan's own
// sums.
#include "services/host/demo/generate_demo.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/decimal.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/reporting/v1/reporting_service.grpc.pb.h"
#include "services/host/demo/demo_plan.h"
#include "services/host/server.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::demo {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// (account, currency) -> balance.
using Balances = std::map<std::pair<std::string, std::string>, Decimal>;

Balances WithoutZeros(Balances balances) {
  for (auto it = balances.begin(); it != balances.end();) {
    it = it->second.IsZero() ? balances.erase(it) : std::next(it);
  }
  return balances;
}

Balances BalancesOfThePlan() {
  Balances balances;
  for (const DemoMonth& month : PlanDemo()) {
    for (std::size_t i = 0; i < month.entries.size(); ++i) {
      bool reversed = false;
      for (const DemoReversal& reversal : month.reversals) reversed |= reversal.entry == i;
      if (reversed) continue;
      for (const v1::Posting& posting : month.entries[i].postings()) {
        Decimal& balance = balances[{posting.account(), posting.amount().currency()}];
        balance = Add(balance, Decimal::Parse(posting.amount().amount()).value()).value();
      }
    }
  }
  return WithoutZeros(std::move(balances));
}

// A golden document, or with LUMBUNG_UPDATE_GOLDENS in the environment a new one, to be looked at
// and committed.
std::string Golden(const std::string& name, const std::string& found) {
  const std::string path = absl::StrCat(LUMBUNG_GOLDENS_DIR, "/", name);
  if (std::getenv("LUMBUNG_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << found;
  }
  std::ostringstream golden;
  golden << std::ifstream(path, std::ios::binary).rdbuf();
  return golden.str();
}

class GenerateDemoTest : public ::testing::Test {
 protected:
  void SetUp() override {
    host::ServerSettings settings;
    settings.db = database_.app_uri();
    settings.grpc_port = 0;
    settings.metrics_port = 0;
    absl::StatusOr<std::unique_ptr<host::Server>> server =
        host::Server::Start(settings, std::filesystem::temp_directory_path().string());
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    ASSERT_THAT(server_->EnsureFirstAdmin(), IsOk());
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    ledger_ = v1::LedgerService::NewStub(channel_);
  }

  std::string Token(absl::string_view user_name) {
    const absl::StatusOr<std::string> token = server_->OpenSession(user_name);
    EXPECT_THAT(token, IsOk());
    return token.value_or("");
  }
  absl::StatusOr<DemoResult> Generate(const DemoProgress& progress) {
    return GenerateDemo(
        channel_, "admin",
        [this](absl::string_view user_name) { return server_->OpenSession(user_name); }, progress);
  }

  template <typename Request, typename Response>
  Response Ask(grpc::Status (v1::LedgerService::StubInterface::*method)(grpc::ClientContext*,
                                                                        const Request&, Response*),
               const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata("lumbung-organization", "demo");
    context.AddMetadata("authorization", "Bearer " + Token("agus"));
    Response response;
    const grpc::Status status = (ledger_.get()->*method)(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  std::string PrintYear(reporting::v1::DocumentFormat format) {
    grpc::ClientContext context;
    context.AddMetadata("lumbung-organization", "demo");
    context.AddMetadata("authorization", "Bearer " + Token("agus"));
    reporting::v1::PrintStatementsRequest request;
    request.set_parent("books/utama");
    request.mutable_basis()->set_from_date("2025-01-01");
    request.mutable_basis()->set_to_date("2025-12-31");
    request.mutable_options()->set_format(format);
    const auto reader =
        reporting::v1::ReportingService::NewStub(channel_)->PrintStatements(&context, request);
    reporting::v1::PrintStatementsResponse response;
    std::string document;
    while (reader->Read(&response)) document += response.piece();
    const grpc::Status status = reader->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return document;
  }

  v1::ListBalancesResponse TrialBalance() {
    v1::ListBalancesRequest request;
    request.set_parent("books/utama");
    request.set_as_of("2026-03-31");
    request.set_exclude_closing(true);
    return Ask(&v1::LedgerService::StubInterface::ListBalances, request);
  }

  testing::TestDatabase database_;
  std::unique_ptr<host::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::LedgerService::StubInterface> ledger_;
};

TEST_F(GenerateDemoTest, TheLedgerHoldsWhatThePlanSaysAndASecondCallChangesNothing) {
  std::vector<std::string> steps;
  const DemoProgress progress = [&steps](absl::string_view step, int done, int total) {
    steps.push_back(absl::StrCat(done, "/", total, " ", step));
  };
  const absl::StatusOr<DemoResult> first = Generate(progress);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(steps.size(), 17u);
  EXPECT_EQ(steps.front(), "0/17 Yayasan Lumbung Nusantara");
  EXPECT_EQ(steps[1], "1/17 Januari 2025");

  std::size_t planned = 1;  // The closing entry.
  for (const DemoMonth& month : PlanDemo()) {
    planned += month.entries.size() + month.reversals.size();
  }
  EXPECT_EQ(first->entries, static_cast<std::int64_t>(planned));
  EXPECT_EQ(first->posted, first->entries);
  ASSERT_EQ(first->people.size(), 4u);
  EXPECT_EQ(first->people[1].user_name, "budi");
  EXPECT_EQ(first->people[1].roles, "approver, manager");
  EXPECT_FALSE(first->people[1].one_time_password.empty());

  const v1::ListBalancesResponse trial_balance = TrialBalance();
  Balances balances;
  for (const v1::AccountBalance& row : trial_balance.balances()) {
    balances[{row.account(), row.currency()}] = Decimal::Parse(row.balance()).value();
  }
  EXPECT_EQ(WithoutZeros(std::move(balances)), BalancesOfThePlan());
  ASSERT_EQ(trial_balance.totals_size(), 1);
  EXPECT_EQ(trial_balance.totals(0).functional_debit(),
            trial_balance.totals(0).functional_credit());

  const absl::StatusOr<DemoResult> second = Generate(progress);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->posted, 0);
  EXPECT_THAT(second->people, IsEmpty());
  EXPECT_EQ(second->entries, first->entries);
  EXPECT_EQ(TrialBalance().SerializeAsString(), trial_balance.SerializeAsString());
}

// The same five statements for a person and for a program; every check on them holds.
TEST_F(GenerateDemoTest, TheFirstYearsStatementsAreTheGoldenOnes) {
  ASSERT_THAT(Generate([](absl::string_view, int, int) {}), IsOk());
  const std::string text = PrintYear(reporting::v1::DOCUMENT_FORMAT_TEXT);
  EXPECT_EQ(text, Golden("demo_statements_2025.txt", text));
  EXPECT_THAT(text, HasSubstr("LAPORAN POSISI KEUANGAN"));
  const std::string json = PrintYear(reporting::v1::DOCUMENT_FORMAT_JSON);
  EXPECT_EQ(json, Golden("demo_statements_2025.json", json));
  EXPECT_THAT(json, Not(HasSubstr("\"holds\":false")));
}

TEST_F(GenerateDemoTest, TheFirstYearIsClosedAndIncomeAndExpensesOfItAreNil) {
  ASSERT_THAT(Generate([](absl::string_view, int, int) {}), IsOk());

  v1::ListPeriodsRequest periods;
  periods.set_parent("books/utama");
  periods.set_year(2025);
  const v1::ListPeriodsResponse year = Ask(&v1::LedgerService::StubInterface::ListPeriods, periods);
  std::string states;
  for (const v1::Period& period : year.periods()) {
    states += period.state() == v1::PERIOD_STATE_HARD_CLOSED   ? 'H'
              : period.state() == v1::PERIOD_STATE_SOFT_CLOSED ? 'S'
                                                               : 'O';
  }
  EXPECT_EQ(states, "HHHSSSSSSSSS");

  v1::ListBalancesRequest request;
  request.set_parent("books/utama");
  request.set_as_of("2025-12-31");
  request.set_group_by_fund(true);
  const v1::ListBalancesResponse year_end =
      Ask(&v1::LedgerService::StubInterface::ListBalances, request);
  for (const v1::AccountBalance& row : year_end.balances()) {
    if (row.account()[0] != '4' && row.account()[0] != '5') continue;
    EXPECT_TRUE(Decimal::Parse(row.functional_balance()).value().IsZero()) << row.DebugString();
  }

  v1::ListJournalEntriesRequest reversed;
  reversed.set_parent("books/utama");
  reversed.set_text("Listrik April 2025");
  const v1::ListJournalEntriesResponse bills =
      Ask(&v1::LedgerService::StubInterface::ListJournalEntries, reversed);
  std::vector<bool> has_reversal;
  for (const v1::JournalEntry& entry : bills.journal_entries()) {
    if (entry.kind() == v1::ENTRY_KIND_STANDARD) {
      has_reversal.push_back(!entry.reversed_by().empty());
    }
  }
  EXPECT_THAT(has_reversal, UnorderedElementsAre(true, false));
}

}  // namespace
}  // namespace lumbung::demo
