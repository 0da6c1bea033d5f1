#include "services/host/child_process.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace lumbung::host {
namespace {

constexpr std::size_t kMaxOutput = 64 * 1024;

// Only async-signal-safe calls: the parent has threads.
[[noreturn]] void BecomeProgram(char* const* arguments, char* const* environment, int output_fd,
                                uid_t uid, gid_t gid) {
  // In its own session, so that a Ctrl-C meant for us does not reach PostgreSQL behind our back.
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int null_fd = open("/dev/null", O_RDONLY);
  dup2(null_fd, STDIN_FILENO);
  dup2(output_fd, STDOUT_FILENO);
  dup2(output_fd, STDERR_FILENO);
  if (geteuid() == 0 && uid != 0) {
    if (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0) _exit(126);
  }
  if (chdir("/") != 0) _exit(126);
  execve(arguments[0], arguments, environment);
  _exit(127);
}

}  // namespace

absl::StatusOr<ChildProcess::Result> ChildProcess::Run(const Options& options) {
  std::vector<std::string> texts = options.command;
  std::vector<std::string> variables = {"HOME=" + options.home, "PATH=/usr/bin:/bin",
                                        "LC_ALL=C.UTF-8", "PGCONNECT_TIMEOUT=10"};
  std::vector<char*> arguments;
  for (std::string& text : texts) arguments.push_back(text.data());
  arguments.push_back(nullptr);
  std::vector<char*> environment;
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);

  int pipe_fds[2];
  if (pipe2(pipe_fds, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("pipe: ", std::strerror(errno)));
  }
  const pid_t pid = fork();
  if (pid < 0) {
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    return absl::InternalError(absl::StrCat("fork: ", std::strerror(errno)));
  }
  if (pid == 0) {
    BecomeProgram(arguments.data(), environment.data(), pipe_fds[1], options.uid, options.gid);
  }
  close(pipe_fds[1]);
  fcntl(pipe_fds[0], F_SETFL, O_NONBLOCK);

  Result result;
  int status = 0;
  char buffer[4096];
  // A server that pg_ctl starts keeps the pipe open, so the program's end counts, not the pipe's.
  bool ended = false;
  while (true) {
    const ssize_t count = read(pipe_fds[0], buffer, sizeof buffer);
    if (count > 0) {
      if (result.output.size() < kMaxOutput) {
        result.output.append(buffer, static_cast<std::size_t>(count));
      }
      continue;
    }
    if (ended || count == 0) break;
    const pid_t waited = waitpid(pid, &status, WNOHANG);
    ended = waited == pid;
    if (!ended) usleep(5'000);
  }
  if (!ended) waitpid(pid, &status, 0);
  close(pipe_fds[0]);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace lumbung::host
