// Target: `lumbung up` on a folder of its own, and the ways to kill it.
#ifndef LUMBUNG_TESTS_CRASH_TARGET_H_
#define LUMBUNG_TESTS_CRASH_TARGET_H_

#include <functional>
#include <memory>
#include <string>

#include <grpcpp/channel.h>
#include <sys/types.h>

#include "absl/time/time.h"
#include "tests/support/running_lumbung.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::crash {

class Target {
 public:
  // Chooses one of so many, from 0.
  using Chooser = std::function<int(int count)>;

  // Starts the binary and waits until it serves. False, and a test failure, when it does not.
  bool Start();
  // Starts the binary and kills it once it has said `message`, or after some time, whatever it does
  // then.
  void StartAndKillAt(const std::string& message);
  void StartAndKillAfter(absl::Duration time);
  // Ends it in good order, and says how: an exit code.
  int Stop();

  // kill -9 of the binary, of PostgreSQL's first process, and of one that serves a connection. The
  // last two return when PostgreSQL takes connections again: false when it does not, or was not
  // there to be killed.
  void KillServer();
  bool KillPostmaster();
  bool KillBackend(const Chooser& choose);
  // kill -9 of the binary and of PostgreSQL's first process, as close together as can be: its note
  // of itself (postmaster.pid) stays behind.
  bool KillServerAndPostmaster();

  // To the server that was started last.
  std::shared_ptr<grpc::Channel> Connect() const;
  // What the server has said since it was started last.
  std::string Output() const { return lumbung_->Output(); }

 private:
  std::string DataDir() const { return folder_.path() + "/data"; }
  void Run();
  // A new session: those of earlier servers may have ended.
  bool SignIn();
  // 0 when it is not running.
  pid_t Postmaster() const;
  static bool KillNow(pid_t process);
  // How often PostgreSQL has said that it takes connections.
  int Recoveries() const;
  bool AwaitRecovery(int recoveries_before) const;

  const testing::TemporaryFolder folder_;
  int starts_ = 0;
  std::string address_;
  std::string token_;
  bool has_password_ = false;
  std::unique_ptr<testing::RunningLumbung> lumbung_;
};

}  // namespace lumbung::crash

#endif  // LUMBUNG_TESTS_CRASH_TARGET_H_
