// `lumbung up` as a user runs it: the binary, its output, its signals and its exit codes.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"

namespace lumbung::host {
namespace {

using ::testing::HasSubstr;

// The binary, running with its output in a file.
class RunningLumbung {
 public:
  RunningLumbung(std::vector<std::string> words, std::string output) : output_(std::move(output)) {
    words.insert(words.begin(), LUMBUNG_BINARY);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ != 0) return;
    if (std::freopen(output_.c_str(), "w", stdout) == nullptr ||
        dup2(STDOUT_FILENO, STDERR_FILENO) < 0) {
      _exit(126);
    }
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  ~RunningLumbung() {
    if (pid_ != 0) Wait(SIGTERM);
  }
  RunningLumbung(const RunningLumbung&) = delete;
  RunningLumbung& operator=(const RunningLumbung&) = delete;

  // Sends the signal, if any, and waits for the end. The exit code, or -1 after a signal.
  int Wait(int signal = 0) {
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string Output() const {
    std::ostringstream text;
    text << std::ifstream(output_).rdbuf();
    return text.str();
  }

  // Waits for the text, and returns the word behind it.
  std::string WordBehind(const std::string& text) {
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

 private:
  const std::string output_;
  pid_t pid_ = 0;
};

class UpCommandTest : public ::testing::Test {
 protected:
  UpCommandTest() {
    char pattern[] = "/tmp/lumbung-up-test-XXXXXX";
    if (mkdtemp(pattern) == nullptr || chmod(pattern, 0755) != 0) std::abort();
    folder_ = pattern;
  }
  ~UpCommandTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string Output(const std::string& name) const { return folder_ + "/" + name; }
  std::vector<std::string> Up() const {
    return {
        "up",           "--data-dir", folder_ + "/data", "--grpc-port", "0", "--metrics-port", "0",
        "--log-format", "json",       "--log-level",     "info"};
  }

  std::string folder_;
};

// What curl prints for a page of the operators' port.
std::string Fetch(const std::string& host_and_path) {
  std::string text;
  FILE* const pipe = popen(absl::StrCat("python3 -c 'import sys, urllib.request; "
                                        "sys.stdout.write(urllib.request.urlopen(\"",
                                        host_and_path, "\").read().decode())' 2>&1")
                               .c_str(),
                           "r");
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), count);
  }
  pclose(pipe);
  return text;
}

// Asks grpc.health.v1 for the state of a service: "" for the server as a whole. 1 is SERVING.
int HealthOf(const std::string& address, const std::string& service) {
  grpc::GenericStub stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  const std::string bytes =
      service.empty()
          ? ""
          : absl::StrCat("\x0A", std::string(1, static_cast<char>(service.size())), service);
  grpc::Slice slice(bytes);
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::Status status;
  const auto call =
      stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) return -static_cast<int>(status.error_code());
  grpc::Slice answer;
  response.DumpToSingleSlice(&answer);
  return answer.size() == 2 ? answer.begin()[1] : 0;
}

TEST_F(UpCommandTest, ServesUntilItIsToldToStop) {
  RunningLumbung lumbung(Up(), Output("first"));
  const std::string address = lumbung.WordBehind("API        ");
  const std::string operators = lumbung.WordBehind("operators  ");
  EXPECT_EQ(HealthOf(address, ""), 1);
  EXPECT_EQ(HealthOf(address, "lumbung.ledger.v1.LedgerService"), 1);
  EXPECT_EQ(HealthOf(address, "lumbung.none"), -static_cast<int>(grpc::StatusCode::NOT_FOUND));
  const std::string page = operators.substr(0, operators.rfind('/'));
  EXPECT_EQ(Fetch(page + "/readyz"), "ready\n");
  EXPECT_THAT(Fetch(page + "/metrics"), HasSubstr("lumbung_build_info{"));
  EXPECT_THAT(Fetch(page + "/secret"), HasSubstr("404"));

  RunningLumbung second(Up(), Output("second"));
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.Output(), HasSubstr("DATA_DIR_IN_USE"));

  EXPECT_EQ(lumbung.Wait(SIGTERM), 0);
  EXPECT_THAT(lumbung.Output(), HasSubstr("\"message\":\"stopped\""));
}

TEST_F(UpCommandTest, StartsAgainAfterItWasKilled) {
  {
    RunningLumbung lumbung(Up(), Output("first"));
    lumbung.WordBehind("API        ");
    EXPECT_EQ(lumbung.Wait(SIGKILL), -1);
  }
  RunningLumbung again(Up(), Output("again"));
  EXPECT_EQ(HealthOf(again.WordBehind("API        "), ""), 1);
  EXPECT_EQ(again.Wait(SIGINT), 0);
}

TEST_F(UpCommandTest, TellsWrongUsageByItsExitCode) {
  RunningLumbung lumbung({"up", "--grpc-port", "many"}, Output("wrong"));
  EXPECT_EQ(lumbung.Wait(), 2);
  EXPECT_THAT(lumbung.Output(), HasSubstr("--grpc-port: found \"many\""));
  EXPECT_THAT(lumbung.Output(), HasSubstr("--data-dir: missing"));
}

}  // namespace
}  // namespace lumbung::host
