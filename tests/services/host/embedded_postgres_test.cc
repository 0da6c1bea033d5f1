#include "services/host/embedded_postgres.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/host/cluster_files.h"
#include "services/host/cluster_processes.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::host {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;

using Server = std::unique_ptr<EmbeddedPostgres>;

class EmbeddedPostgresTest : public ::testing::Test {
 protected:
  EmbeddedPostgresTest() {
    char pattern[] = "/tmp/lumbung-host-test-XXXXXX";
    if (mkdtemp(pattern) == nullptr || chmod(pattern, 0755) != 0) std::abort();
    folder_ = pattern;
  }
  ~EmbeddedPostgresTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  EmbeddedPostgres::Options Options() const {
    EmbeddedPostgres::Options options;
    options.data_dir = folder_ + "/data";
    options.durable = false;
    return options;
  }

  Server Start() const {
    absl::StatusOr<Server> server = EmbeddedPostgres::Start(Options());
    EXPECT_THAT(server, IsOk());
    return server.ok() ? *std::move(server) : nullptr;
  }

  // In a process of its own, which the test can kill; says when PostgreSQL is ready.
  pid_t StartInOtherProcess() const {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const pid_t pid = fork();
    if (pid == 0) {
      const absl::StatusOr<Server> server = EmbeddedPostgres::Start(Options());
      const char answer = server.ok() ? 'y' : 'n';
      if (write(ends[1], &answer, 1) != 1) _exit(1);
      while (true) pause();
    }
    close(ends[1]);
    char answer = 'n';
    EXPECT_EQ(read(ends[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    close(ends[0]);
    return pid;
  }

  static void Kill(pid_t pid) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }

  std::string folder_;
};

// The first value that the statement gives.
std::string Ask(const std::string& uri, const std::string& sql) {
  pqxx::connection connection(uri);
  pqxx::nontransaction transaction(connection);
  const pqxx::result rows = transaction.exec(sql);
  return rows.empty() ? "" : rows[0][0].c_str();
}

// Asks until there is an answer, for at most a minute.
std::string AskPatiently(const std::string& uri, const std::string& sql) {
  for (const absl::Time give_up = absl::Now() + absl::Minutes(1);;
       absl::SleepFor(absl::Milliseconds(20))) {
    try {
      return Ask(uri, sql);
    } catch (const std::exception& error) {
      if (absl::Now() > give_up) return error.what();
    }
  }
}

TEST_F(EmbeddedPostgresTest, StartsWithChecksumsAndARoleForEachPurpose) {
  const Server server = Start();
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(Ask(server->AppUri(), "show data_checksums"), "on");
  EXPECT_EQ(Ask(server->AppUri(), "show listen_addresses"), "");
  EXPECT_EQ(Ask(server->AppUri(), "show server_encoding"), "UTF8");
  EXPECT_EQ(Ask(server->AppUri(), "select current_user"), "lumbung_app");
  EXPECT_EQ(Ask(server->OwnerUri(), "select current_user"), "lumbung_owner");
  EXPECT_EQ(Ask(server->AdminUri(),
                "select string_agg(concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreaterole, "
                "rolcreatedb), ', ' order by rolname) from pg_roles where rolname ~ '^lumbung'"),
            "lumbung_app f f f f, lumbung_owner f f f f");
  EXPECT_EQ(Ask(server->AppUri(),
                "select pg_get_userbyid(datdba) from pg_database where datname = 'lumbung'"),
            "lumbung_owner");
}

TEST_F(EmbeddedPostgresTest, IsDurableUnlessATestSaysOtherwise) {
  EmbeddedPostgres::Options options = Options();
  options.durable = true;
  const absl::StatusOr<Server> server = EmbeddedPostgres::Start(options);
  ASSERT_THAT(server, IsOk());
  for (const char* setting : {"fsync", "full_page_writes", "synchronous_commit"}) {
    EXPECT_EQ(Ask((*server)->AppUri(), absl::StrCat("show ", setting)), "on") << setting;
  }
}

TEST_F(EmbeddedPostgresTest, NeverRunsAsRoot) {
  const Server server = Start();
  ASSERT_NE(server, nullptr);
  struct stat process = {};
  ASSERT_EQ(stat(absl::StrCat("/proc/", server->server_pid()).c_str(), &process), 0);
  EXPECT_NE(process.st_uid, 0u);
}

TEST_F(EmbeddedPostgresTest, KeepsTheDataOverAStop) {
  std::string owner;
  {
    const Server server = Start();
    ASSERT_NE(server, nullptr);
    owner = server->OwnerUri();
    Ask(owner, "create table kept as select 42 as number");
  }
  EXPECT_THROW(Ask(owner, "select 1"), std::exception);
  const Server again = Start();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(Ask(again->OwnerUri(), "select number from kept"), "42");
}

TEST_F(EmbeddedPostgresTest, RefusesASecondStartOnTheFolder) {
  const Server server = Start();
  ASSERT_NE(server, nullptr);
  const absl::StatusOr<Server> second = EmbeddedPostgres::Start(Options());
  EXPECT_THAT(second, Refuses("DATA_DIR_IN_USE"));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(absl::StrCat(getpid())));
  EXPECT_EQ(Ask(server->AppUri(), "select 1"), "1");
}

TEST_F(EmbeddedPostgresTest, RecoversWhenLumbungWasKilled) {
  const pid_t lumbung = StartInOtherProcess();
  Kill(lumbung);
  const ClusterFiles files(folder_ + "/data");
  std::int32_t orphan = 0;
  std::ifstream(files.cluster + "/postmaster.pid") >> orphan;
  ASSERT_EQ(kill(orphan, 0), 0) << "PostgreSQL was to live on";

  const Server server = Start();
  ASSERT_NE(server, nullptr);
  EXPECT_NE(server->server_pid(), orphan);
  EXPECT_EQ(Ask(server->AppUri(), "select 1"), "1");
}

TEST_F(EmbeddedPostgresTest, RecoversWhenEverythingWasKilled) {
  const pid_t lumbung = StartInOtherProcess();
  const ClusterFiles files(folder_ + "/data");
  std::int32_t postmaster = 0;
  std::ifstream(files.cluster + "/postmaster.pid") >> postmaster;
  Kill(lumbung);
  kill(postmaster, SIGKILL);

  const Server server = Start();
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(Ask(server->AppUri(), "select 1"), "1");
}

TEST_F(EmbeddedPostgresTest, StartsPostgresAgainWhenItDies) {
  const Server server = Start();
  ASSERT_NE(server, nullptr);
  Ask(server->OwnerUri(), "create table kept as select 42 as number");
  for (int time = 0; time < 2; ++time) {
    const pid_t before = server->server_pid();
    ASSERT_GT(before, 0);
    ASSERT_EQ(kill(before, SIGKILL), 0);
    while (server->server_pid() == before) absl::SleepFor(absl::Milliseconds(5));
    EXPECT_EQ(AskPatiently(server->OwnerUri(), "select number from kept"), "42");
  }
}

TEST_F(EmbeddedPostgresTest, TakesFoldersTooLongForASocket) {
  EmbeddedPostgres::Options options = Options();
  options.data_dir += "/" + std::string(120, 'x') + "/it's, well, \"long\"";
  const absl::StatusOr<Server> server = EmbeddedPostgres::Start(options);
  ASSERT_THAT(server, IsOk());
  EXPECT_EQ(Ask((*server)->AppUri(), "select 1"), "1");
}

TEST_F(EmbeddedPostgresTest, StartsOverWhenItsCreationWasCutShort) {
  const ClusterFiles files(folder_ + "/data");
  fs::create_directories(files.data_dir);
  const auto account = AccountForServer(std::nullopt);
  ASSERT_THAT(account, IsOk());
  ASSERT_THAT(GiveFolder(files.unfinished_cluster, *account), IsOk());
  std::ofstream(files.unfinished_cluster + "/PG_VERSION") << "15\n";
  const Server server = Start();
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(Ask(server->AppUri(), "select 1"), "1");
}

TEST_F(EmbeddedPostgresTest, GivesAwayWhatItHadOnlyMade) {
  const ClusterFiles files(folder_ + "/data");
  fs::create_directories(files.unfinished_cluster);
  fs::create_directories(files.socket_dir);
  ASSERT_NE(Start(), nullptr);
}

TEST_F(EmbeddedPostgresTest, RefusesAFolderWithSomethingElseInIt) {
  fs::create_directories(folder_ + "/data/postgres");
  const auto account = AccountForServer(std::nullopt);
  ASSERT_THAT(account, IsOk());
  ASSERT_EQ(chown((folder_ + "/data/postgres").c_str(), account->uid, account->gid), 0);
  std::ofstream(folder_ + "/data/postgres/PG_VERSION") << "12\n";
  EXPECT_THAT(EmbeddedPostgres::Start(Options()), Refuses("DATA_DIR_UNUSABLE"));
}

TEST_F(EmbeddedPostgresTest, SaysWhichFolderIsClosedToItsAccount) {
  if (geteuid() != 0) GTEST_SKIP() << "only root changes accounts";
  ASSERT_EQ(chmod(folder_.c_str(), 0700), 0);
  const absl::StatusOr<Server> server = EmbeddedPostgres::Start(Options());
  EXPECT_THAT(server, Refuses("DATA_DIR_UNUSABLE"));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("may not enter " + folder_));
  ASSERT_EQ(chmod(folder_.c_str(), 0755), 0);
  EXPECT_THAT(EmbeddedPostgres::Start(Options()), IsOk());
}

}  // namespace
}  // namespace lumbung::host
