// INV-026, INV-027: a sealer may be killed at any moment, as often as it happens; the log has
// neither a gap nor a fork, and nothing is sealed twice or forgotten.
#include <csignal>
#include <random>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/common/random_bytes.h"
#include "services/log/sealer/sealer.h"
#include "tests/services/log/store/log_fixture.h"
#include "tests/support/temporary_folder.h"

extern char** environ;

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;

constexpr int kKills = 200;
// Connecting and a first batch take a part of it, so that a kill strikes before, in or after one.
constexpr int kLongestLifeMicros = 100'000;

class KilledSealerTest : public LogTest {
 protected:
  // Returns when it seals.
  pid_t StartProcess() {
    std::string program = LUMBUNG_SEALER_PROCESS;
    std::string database = database_.app_uri();
    std::string keys = folder_.path() + "/keys";
    char* arguments[] = {program.data(), database.data(), keys.data(), nullptr};
    int ready[2];
    EXPECT_EQ(pipe2(ready, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ready[1], STDOUT_FILENO);
    pid_t process = 0;
    EXPECT_EQ(posix_spawn(&process, program.c_str(), &actions, nullptr, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ready[1]);
    char byte = 0;
    EXPECT_EQ(read(ready[0], &byte, 1), 1) << "the sealer did not start";
    close(ready[0]);
    return process;
  }
  // Whether it was still alive, as it has to be.
  static void Kill(pid_t process) {
    kill(process, SIGKILL);
    int status = 0;
    waitpid(process, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the sealer ended by itself: " << status;
  }
  std::string Unsealed() {
    return Ask(
        "select (select count(*) from ledger.journal_entry) + "
        "(select count(*) from identity.audit_event) - "
        "(select count(*) from log.leaf where kind <> 3)");
  }

  testing::TemporaryFolder folder_;
};

TEST_F(KilledSealerTest, LeavesNoGapAndNoFork) {
  const auto seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  int struck = 0;
  for (int round = 1; round <= kKills; ++round) {
    ASSERT_THAT(Post(book_, 1 + static_cast<int>(random() % 60)), IsOk());
    if (round % 3 == 0) RecordEvent(absl::StrCat("round ", round));
    const pid_t sealer = StartProcess();
    absl::SleepFor(absl::Microseconds(random() % kLongestLifeMicros));
    Kill(sealer);
    if (Unsealed() != "0") ++struck;
    if (round % 25 == 0) ExpectSound();
  }
  // Neither always too early nor always too late.
  EXPECT_GT(struck, kKills / 20);
  EXPECT_GT(Size(), 0);

  Sealer::Options options;
  options.pool = &database_.pool();
  options.keys_dir = folder_.path() + "/keys";
  options.random_bytes = SecureRandomBytes;
  options.interval = absl::Milliseconds(1);
  const auto last = Sealer::Start(std::move(options));
  ASSERT_THAT(last, IsOk());
  const absl::Time end = absl::Now() + absl::Seconds(60);
  while (Unsealed() != "0" && absl::Now() < end) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(Unsealed(), "0");
  ExpectSound();
}

}  // namespace
}  // namespace lumbung::log
