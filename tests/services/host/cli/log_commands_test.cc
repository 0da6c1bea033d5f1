// The commands of the log against the real server and its sealer: what an auditor and a witness do
// from their own machines.
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/log/signing_key.h"
#include "tests/services/host/cli/command_stage.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class LogCommandsTest : public ::testing::Test {
 protected:
  LogCommandsTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    PostEntry();
  }

  void PostEntry() {
    Do("sari", {"entry", "post", "--date", "2026-03-15", "--description", "Listrik", "--debit",
                "5.3.40=150000", "--credit", "1.1.21=150000"});
  }

  Outcome Run(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Run(person, arguments);
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  std::string Refused(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Refused(person, arguments);
  }
  // Waits for the sealer, which works about once a second.
  void AwaitProof(const std::string& entry) {
    for (int tries = 0; tries < 300; ++tries) {
      if (Run("agus", {"log", "proof", entry, "--memory", stage_.PathOf("waiting")}).exit_code ==
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
    pqxx::connection connection(stage_.database().superuser_uri());
    pqxx::nontransaction session(connection);
    session.exec0("set session_replication_role = replica");
    session.exec(sql);
  }

  CommandStage stage_{
      {{"agus", identity::Role::kAuditor}, {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(LogCommandsTest, AnAuditorFollowsTheLog) {
  AwaitProof("1");
  const Outcome first = Run("agus", {"log", "verify", "--memory", stage_.PathOf("followed")});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("lumbung/"), HasSubstr("Seen before"), HasSubstr("  0\n")));
  EXPECT_THAT(first.err, HasSubstr("first key is trusted from now on"));
  PostEntry();
  AwaitProof("JU-2026-000002");
  const Outcome second = Run("agus", {"log", "verify", "--memory", stage_.PathOf("followed")});
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
  const std::string key = stage_.PathOf("home-agus/lumbung/witness.key");
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
  Do("agus", {"log", "verify", "--memory", stage_.PathOf("followed")});
  stage_.StopServer();
  for (const char* table : {"cosignature", "checkpoint", "subtree", "leaf", "head"}) {
    Tamper(absl::StrCat("delete from log.", table));
  }
  stage_.StartServer();
  AwaitCheckpoint();
  EXPECT_THAT(Refused("agus", {"log", "verify", "--memory", stage_.PathOf("followed")}),
              ::testing::ContainsRegex("LOG_FORKED|LOG_ROLLED_BACK|KEY_UNKNOWN"));
}

TEST_F(LogCommandsTest, AnotherKeyIsNotTrusted) {
  AwaitProof("1");
  const std::string other = log::SigningKey::FromSeed(std::string(32, 'x'))
                                ->Verifier("lumbung/x", log::KeyType::kLog)
                                .ToString();
  EXPECT_THAT(
      Refused("agus", {"log", "verify", "--log-key", other, "--memory", stage_.PathOf("other")}),
      HasSubstr("KEY_UNKNOWN"));
  EXPECT_FALSE(std::filesystem::exists(stage_.PathOf("other")));
  Do("agus", {"log", "verify"});
  EXPECT_THAT(Refused("agus", {"log", "verify", "--log-key", other}), HasSubstr("KEY_UNKNOWN"));
}

}  // namespace
}  // namespace lumbung::cli
