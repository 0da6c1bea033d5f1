#include "services/host/child_process.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::host {
namespace {

constexpr std::size_t kMaxOutput = 64 * 1024;
// What a shell answers for a program that it may not run, and for one that is not there.
constexpr int kNotPermitted = 126;
constexpr int kNotFound = 127;

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Only async-signal-safe calls: the parent has threads.
[[noreturn]] void BecomeProgram(char* const* arguments, char* const* environment, int output_fd,
                                const OsAccount& account) {
  // In a session of its own, so that a Ctrl-C meant for us does not reach it behind our back.
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  umask(077);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(output_fd, STDOUT_FILENO);
  dup2(output_fd, STDERR_FILENO);
  if (!BecomeAccount(account)) _exit(kNotPermitted);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (chdir("/") != 0) _exit(kNotPermitted);
  execve(arguments[0], arguments, environment);
  _exit(errno == ENOENT ? kNotFound : kNotPermitted);
}

}  // namespace

absl::StatusOr<pid_t> StartProgram(const Program& program, int output_fd) {
  std::vector<std::string> command = program.command;
  std::vector<std::string> variables = {"HOME=/", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  const std::vector<char*> arguments = Pointers(command);
  const std::vector<char*> environment = Pointers(variables);
  const pid_t pid = fork();
  if (pid == 0) BecomeProgram(arguments.data(), environment.data(), output_fd, program.account);
  if (pid < 0) {
    return absl::InternalError(
        absl::StrCat("cannot start ", command.front(), ": ", std::strerror(errno)));
  }
  return pid;
}

absl::StatusOr<ProgramResult> RunProgram(const Program& program) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("pipe: ", std::strerror(errno)));
  }
  const absl::StatusOr<pid_t> pid = StartProgram(program, ends[1]);
  close(ends[1]);
  ProgramResult result;
  char buffer[4096];
  while (pid.ok()) {
    const ssize_t count = read(ends[0], buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    if (result.output.size() < kMaxOutput) {
      result.output.append(buffer, static_cast<std::size_t>(count));
    }
  }
  close(ends[0]);
  LUMBUNG_RETURN_IF_ERROR(pid.status());
  int status = 0;
  while (waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace lumbung::host
