// Every scenario, told to the real server: each in a fresh organization and book. Whatever the
// server refuses, or only rehearses, leaves the trial balance as it was (INV-014).
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/host/server.h"
#include "tests/scenarios/commands.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/session.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"
#include "tests/support/trusting_authenticator.h"

namespace lumbung::scenarios {
namespace {

using testing::IsOk;

// One for all scenarios of this executable.
class Server {
 public:
  Server() {
    host::ServerSettings settings;
    settings.db = database_.app_uri();
    settings.grpc_port = 0;
    settings.metrics_port = 0;
    settings.log_level = "error";
    auto server = host::Server::StartWith(
        settings, std::filesystem::temp_directory_path().string(), &authenticator_);
    if (!server.ok()) {
      ADD_FAILURE() << server.status();
      return;
    }
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }
  // Null when the server did not start.
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  testing::TestDatabase database_;
  testing::TrustingAuthenticator authenticator_;
  std::unique_ptr<host::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

std::string Told(const Outcome& outcome) {
  switch (outcome.ending) {
    case Ending::kDone:
      return "done";
    case Ending::kPosted:
      return absl::StrCat("posted ", absl::StrJoin(outcome.numbers, " "));
    case Ending::kRehearsed:
      return absl::StrCat("rehearsed ", absl::StrJoin(outcome.numbers, " "));
    case Ending::kRefused:
      return absl::StrCat("refused ", outcome.reason, outcome.field.empty() ? "" : " at ",
                          outcome.field, ": ", outcome.message);
    case Ending::kNone:
      return "the book holds this";
  }
  return "";
}

std::string Found(const absl::StatusOr<Numbers>& answer) {
  if (answer.ok()) return absl::StrCat("accepted ", absl::StrJoin(*answer, " "));
  if (ReasonOf(answer.status()).empty()) return std::string(answer.status().message());
  const std::string field = FieldOf(answer.status());
  return absl::StrCat("refused ", ReasonOf(answer.status()), field.empty() ? "" : " at ", field,
                      ": ", answer.status().message());
}

bool Agrees(const Outcome& outcome, const absl::StatusOr<Numbers>& answer) {
  if (outcome.ending == Ending::kRefused) {
    return !answer.ok() && ReasonOf(answer.status()) == outcome.reason &&
           FieldOf(answer.status()) == outcome.field &&
           absl::StrContains(answer.status().message(), outcome.message);
  }
  return answer.ok() && *answer == outcome.numbers;
}

// A scenario as it goes on.
class Play {
 public:
  explicit Play(Session* session) : session_(session) {}

  // Fails at the line of the scenario that is not so. False when there is no going on.
  bool Go(const std::string& file, const Step& step) {
    const std::string path = absl::StrCat(LUMBUNG_SCENARIOS_DIR, "/", file);
    const Action action = FindAction(step.command);
    if (action == nullptr) {
      ADD_FAILURE_AT(path.c_str(), step.line) << "nothing is done for \"" << step.command << "\"";
      return false;
    }
    const absl::StatusOr<Numbers> answer = action(*session_, step);
    const absl::StatusOr<std::string> trial_balance = session_->TrialBalance();
    if (!trial_balance.ok()) {
      ADD_FAILURE_AT(path.c_str(), step.line) << trial_balance.status();
      return false;
    }
    const bool must_change_nothing = !answer.ok() || step.words.Has("rehearse");
    if (must_change_nothing && *trial_balance != trial_balance_) {
      ADD_FAILURE_AT(path.c_str(), step.line) << "the trial balance changed, from\n"
                                              << trial_balance_ << "to\n"
                                              << *trial_balance;
    }
    trial_balance_ = *trial_balance;
    if (Agrees(step.outcome, answer)) return true;
    ADD_FAILURE_AT(path.c_str(), step.outcome.line > 0 ? step.outcome.line : step.line)
        << "told:  " << Told(step.outcome) << "\nfound: " << Found(answer);
    return false;
  }

 private:
  Session* const session_;
  // As it was after the last step. Every scenario begins with a command that is accepted.
  std::string trial_balance_;
};

const std::vector<Scenario>& Scenarios() {
  static const auto* const kScenarios = new std::vector<Scenario>(
      ReadScenarios(LUMBUNG_SCENARIOS_DIR).value_or(std::vector<Scenario>()));
  return *kScenarios;
}

class ScenarioTest : public ::testing::TestWithParam<Scenario> {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<Server>(); }
  static void TearDownTestSuite() { server_.reset(); }

  static std::unique_ptr<Server> server_;
};
std::unique_ptr<Server> ScenarioTest::server_;

TEST_P(ScenarioTest, GoesAsTold) {
  static int organizations = 0;
  ASSERT_NE(server_->channel(), nullptr);
  const auto session =
      Session::Begin(server_->channel(), absl::StrCat("scenario-", ++organizations));
  ASSERT_THAT(session, IsOk());
  const absl::StatusOr<Scenario> book = ReadBook(LUMBUNG_SCENARIOS_DIR);
  ASSERT_THAT(book, IsOk());
  Play play(session->get());
  for (const Scenario& part : {*book, GetParam()}) {
    for (const Step& step : part.steps) {
      if (!play.Go(part.file, step)) return;
    }
  }
}

// "posting_An_entry_that_does_not_balance"
std::string NameOf(const ::testing::TestParamInfo<Scenario>& info) {
  std::string name =
      absl::StrCat(info.param.file.substr(0, info.param.file.find('.')), "_", info.param.title);
  for (char& c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioTest, ::testing::ValuesIn(Scenarios()), NameOf);

TEST(ScenarioFilesTest, AreReadable) {
  EXPECT_THAT(ReadScenarios(LUMBUNG_SCENARIOS_DIR), IsOk());
  EXPECT_THAT(ReadBook(LUMBUNG_SCENARIOS_DIR), IsOk());
}

}  // namespace
}  // namespace lumbung::scenarios
