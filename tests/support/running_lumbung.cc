#include "tests/support/running_lumbung.h"

#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/time/clock.h"

namespace lumbung::testing {
namespace {

// Ours, but for what the tests themselves are told: the binary takes LUMBUNG_... for its settings.
std::vector<char*> EnvironmentOfTheBinary() {
  std::vector<char*> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!absl::StartsWith(*entry, "LUMBUNG_")) entries.push_back(*entry);
  }
  entries.push_back(nullptr);
  return entries;
}

// The pointers that exec wants.
std::vector<char*> PointersTo(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

RunningLumbung::RunningLumbung(std::vector<std::string> words, std::string output)
    : output_(std::move(output)) {
  words.insert(words.begin(), LUMBUNG_BINARY);
  const std::vector<char*> arguments = PointersTo(words);
  const std::vector<char*> environment = EnvironmentOfTheBinary();
  pid_ = fork();
  if (pid_ != 0) return;
  // The test may have other threads: between fork and exec only what is safe in a signal handler.
  const int file = open(output_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0) _exit(126);
  execve(arguments[0], arguments.data(), environment.data());
  _exit(127);
}

RunningLumbung::~RunningLumbung() {
  if (pid_ != 0) Wait(SIGTERM);
}

int RunningLumbung::Wait(int signal) {
  // To kill(), 0 is not nobody but all of us.
  if (pid_ == 0) return -1;
  if (signal != 0) kill(pid_, signal);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string RunningLumbung::Output() const {
  std::ostringstream text;
  text << std::ifstream(output_).rdbuf();
  return text.str();
}

std::string RunningLumbung::WordBehind(const std::string& text) {
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    const std::string output = Output();
    const std::size_t at = output.find(text);
    if (at != std::string::npos && output.find('\n', at) != std::string::npos) {
      std::istringstream rest(output.substr(at + text.size()));
      std::string word;
      rest >> word;
      return word;
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  pid_ = 0;
  ADD_FAILURE() << "ended before it said \"" << text << "\":\n" << Output();
  return "";
}

std::vector<std::string> UpWords(const std::string& data_dir) {
  return {"up",  "--data-dir",     data_dir, "--grpc-port",  "0",    "--metrics-port",
          "0",   "--gateway-port", "0",      "--log-format", "json", "--log-level",
          "info"};
}

}  // namespace lumbung::testing
