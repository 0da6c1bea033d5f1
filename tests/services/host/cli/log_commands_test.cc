// The commands of the log against the real server and its sealer: what an auditor and a witness do
// from their own machines.
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/log/signing_key.h"
#include "services/common/random_bytes.h"
#include "services/host/cli/commands.h"
#include "services/host/server.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class LogCommandsTest : public ::testing::Test {
 protected:
  LogCommandsTest() {
    StartServer();
    organization_ = database_.CreateOrganization("yayasan");
    AddPerson("sari", identity::Role::kFinanceOfficer);
    AddPerson("agus", identity::Role::kAuditor);
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    PostEntry();
  }

  void StartServer() {
    server_ = nullptr;
    host::ServerSettings settings;
    settings.db = database_.app_uri();
    settings.keys_dir = folder_.path() + "/keys";
    settings.grpc_port = 0;
    settings.metrics_port = 0;
    settings.db_connections = 4;
    auto server = host::Server::Start(settings, folder_.path() + "/scratch");
    EXPECT_THAT(server, testing::IsOk());
    server_ = *std::move(server);
  }
  void AddPerson(const std::string& user_name, identity::Role role) {
    EXPECT_THAT(store::RunInTransaction(
                    database_.pool(), {organization_},
                    [&](store::TransactionScope& scope) -> absl::Status {
                      identity::OpenPeople(scope);
                      const auto person = identity::CreatePerson(
                          scope, {user_name, "", organization_, false, "hash"}, absl::Now());
                      if (!person.ok()) return person.status();
                      return identity::CreateGrant(
                                 scope, {person->person_id, role, "", {}, {}, "test"}, absl::Now())
                          .status();
                    }),
                testing::IsOk());
    const auto token = identity::OpenServerSession(database_.pool(), user_name, absl::Hours(1),
                                                   SecureRandomBytes, absl::Now());
    EXPECT_THAT(token, testing::IsOk());
    tokens_[user_name] = token.value_or("");
  }
  void PostEntry() {
    Do("sari", {"entry", "post", "--date", "2026-03-15", "--description", "Listrik", "--debit",
                "5.3.40=150000", "--credit", "1.1.21=150000"});
  }

  // Runs `lumbung ARGUMENTS...` as a person, with a home of theirs.
  Outcome Run(const std::string& person, std::vector<std::string> arguments) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const std::map<std::string, std::string> variables = {
        {"LUMBUNG_SERVER", server_->address()},
        {"LUMBUNG_TOKEN", tokens_[person]},
        {"XDG_CONFIG_HOME", absl::StrCat(folder_.path(), "/home-", person)}};
    Console console{.in = in,
                    .out = out,
                    .err = err,
                    .variable = [&](const char* name) -> std::optional<std::string> {
                      const auto found = variables.find(name);
                      if (found == variables.end()) return std::nullopt;
                      return found->second;
                    },
                    .now = absl::Now,
                    .sleep = absl::SleepFor};
    Client client{console};
    CLI::App app("Lumbung", "lumbung");
    app.require_subcommand(1);
    AddUserCommands(app, client);
    arguments.insert(arguments.begin(), "lumbung");
    arguments.insert(arguments.end(), {"--lang", "en"});
    std::vector<const char*> words;
    for (const std::string& argument : arguments) words.push_back(argument.c_str());
    const ExitCode code = RunCommandLine(app, static_cast<int>(words.size()), words.data(), client);
    return {static_cast<int>(code), out.str(), err.str()};
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    const Outcome outcome = Run(person, arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  std::string Refused(const std::string& person, const std::vector<std::string>& arguments) {
    const Outcome outcome = Run(person, arguments);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
    return outcome.err;
  }
  // Waits for the sealer, which works about once a second.
  void AwaitProof(const std::string& entry) {
    for (int tries = 0; tries < 300; ++tries) {
      if (Run("agus", {"log", "proof", entry, "--memory", folder_.path() + "/waiting"}).exit_code ==
          0) {
        return;
      }
      absl::SleepFor(absl::Milliseconds(100));
    }
    ADD_FAILURE() << entry << " is not sealed";
  }
  void AwaitCheckpoint() {
    for (int tries = 0; tries < 300; ++tries) {
      if (Run("agus", {"log", "checkpoint"}).exit_code == 0) return;
      absl::SleepFor(absl::Milliseconds(100));
    }
    ADD_FAILURE() << "nothing is sealed";
  }
  void Tamper(const std::string& sql) {
    pqxx::connection connection(database_.superuser_uri());
    pqxx::nontransaction session(connection);
    session.exec0("set session_replication_role = replica");
    session.exec(sql);
  }

  testing::TemporaryFolder folder_;
  testing::TestDatabase database_;
  std::unique_ptr<host::Server> server_;
  OrganizationId organization_{};
  std::map<std::string, std::string> tokens_;
};

TEST_F(LogCommandsTest, AnAuditorFollowsTheLog) {
  AwaitProof("1");
  const Outcome first = Run("agus", {"log", "verify", "--memory", folder_.path() + "/followed"});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("lumbung/"), HasSubstr("Seen before"), HasSubstr("  0\n")));
  EXPECT_THAT(first.err, HasSubstr("first key is trusted from now on"));
  PostEntry();
  AwaitProof("JU-2026-000002");
  const Outcome second = Run("agus", {"log", "verify", "--memory", folder_.path() + "/followed"});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, Not(HasSubstr("Seen before     0\n")));
  EXPECT_THAT(second.err, Not(HasSubstr("trusted from now on")));
  EXPECT_THAT(Do("agus", {"log", "proof", "2"}), HasSubstr("books/main/entries/2"));
  EXPECT_THAT(Refused("agus", {"log", "proof", "3"}), HasSubstr("ENTRY_NOT_FOUND"));
}

TEST_F(LogCommandsTest, AWitnessSigns) {
  AwaitProof("1");
  EXPECT_THAT(Do("agus", {"log", "witness", "--name", "kap.example"}),
              HasSubstr("Key of the witness"));
  // Signing is a change of its own, which is sealed as well: the signature is below the older one.
  const std::string key = folder_.path() + "/home-agus/lumbung/witness.key";
  EXPECT_EQ(std::filesystem::status(key).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_THAT(Refused("sari", {"log", "witness", "--name", "sari.example"}),
              HasSubstr("PERMISSION_DENIED"));
  EXPECT_EQ(Run("agus", {"log", "witness", "--name", "a b"}).exit_code, 2);
  EXPECT_THAT(Do("agus", {"log", "checkpoint"}), HasSubstr("\n\n\xE2\x80\x94 lumbung/"));
}

// The database is set back, or written anew, by somebody with all power over the server.
TEST_F(LogCommandsTest, AHistoryWrittenAnewIsNoticed) {
  AwaitProof("1");
  Do("agus", {"log", "verify", "--memory", folder_.path() + "/followed"});
  server_ = nullptr;
  for (const char* table : {"cosignature", "checkpoint", "subtree", "leaf", "head"}) {
    Tamper(absl::StrCat("delete from log.", table));
  }
  StartServer();
  AwaitCheckpoint();
  EXPECT_THAT(Refused("agus", {"log", "verify", "--memory", folder_.path() + "/followed"}),
              ::testing::ContainsRegex("LOG_FORKED|LOG_ROLLED_BACK|KEY_UNKNOWN"));
}

TEST_F(LogCommandsTest, AnotherKeyIsNotTrusted) {
  AwaitProof("1");
  const std::string other = log::SigningKey::FromSeed(std::string(32, 'x'))
                                ->Verifier("lumbung/x", log::KeyType::kLog)
                                .ToString();
  EXPECT_THAT(
      Refused("agus", {"log", "verify", "--log-key", other, "--memory", folder_.path() + "/other"}),
      HasSubstr("KEY_UNKNOWN"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/other"));
  Do("agus", {"log", "verify"});
  EXPECT_THAT(Refused("agus", {"log", "verify", "--log-key", other}), HasSubstr("KEY_UNKNOWN"));
}

}  // namespace
}  // namespace lumbung::cli
