// `lumbung up` as a user runs it: the binary, its output, its signals and its exit codes.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "tests/support/running_lumbung.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::host {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RunningLumbung;
using ::testing::StartsWith;

class UpCommandTest : public ::testing::Test {
 protected:
  std::string Output(const std::string& name) const { return folder_.path() + "/" + name; }
  std::vector<std::string> Up() const { return testing::UpWords(folder_.path() + "/data"); }

  const testing::TemporaryFolder folder_;
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

// What a new user does first, typed as they would type it.
TEST_F(UpCommandTest, TheFirstPersonSignsInAndBeginsBooks) {
  setenv("XDG_CONFIG_HOME", (folder_.path() + "/config").c_str(), 1);
  RunningLumbung lumbung(Up(), Output("up"));
  const std::string one_time = lumbung.WordBehind("one-time password  ");
  const std::string address = lumbung.WordBehind("API        ");
  int runs = 0;
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--server", address});
    RunningLumbung command(words, Output(absl::StrCat("command-", ++runs)));
    const int code = command.Wait();
    return absl::StrCat(code, " ", command.Output());
  };
  const auto file = [this](const std::string& name, const std::string& line) {
    std::ofstream(Output(name)) << line << "\n";
    return Output(name);
  };
  EXPECT_THAT(run({"organization", "list"}), HasSubstr("SIGN_IN_REQUIRED"));
  const std::string first = file("first", one_time);
  const std::string chosen = file("chosen", "lesung padi di lumbung");
  EXPECT_THAT(run({"login", "--user", "admin", "--password-file", chosen}),
              HasSubstr("SIGN_IN_FAILED"));
  EXPECT_THAT(run({"login", "--user", "admin", "--password-file", first}),
              AllOf(StartsWith("2 "), HasSubstr("--new-password-file")));
  EXPECT_THAT(
      run({"login", "--user", "admin", "--password-file", first, "--new-password-file", chosen}),
      HasSubstr("as admin"));
  EXPECT_EQ(std::filesystem::status(folder_.path() + "/config/lumbung/session").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_THAT(run({"whoami"}), HasSubstr("platform_operator"));
  EXPECT_THAT(run({"organization", "create", "melati", "--small"}), HasSubstr("0 "));
  EXPECT_THAT(run({"book", "create", "main", "--chart", "isak35-ngo"}), HasSubstr("0 "));
  const std::vector<std::string> post = {"entry",   "post",        "--date",   "2026-01-05",
                                         "--debit", "1.1.11=1000", "--credit", "4.1.10=1000"};
  EXPECT_THAT(run(post), AllOf(StartsWith("1 "), HasSubstr("error: PERMISSION_DENIED")));
  EXPECT_THAT(run({"role", "grant", "admin", "finance_officer"}), HasSubstr("finance_officer"));
  EXPECT_THAT(run(post), HasSubstr("0 "));
  EXPECT_THAT(run({"audit-trail", "list"}), HasSubstr("PERMISSION_DENIED"));
  EXPECT_THAT(run({"audit-trail", "export"}), HasSubstr(",grant_role,people/admin,"));
  EXPECT_THAT(run({"user", "create", "siti"}), HasSubstr("One-time password of siti"));
  EXPECT_THAT(run({"user", "list"}), HasSubstr("siti"));
  EXPECT_THAT(run({"api-key", "create", "--role", "finance_officer"}), HasSubstr("lbk_"));
  EXPECT_THAT(run({"api-key", "list"}), HasSubstr("finance_officer"));
  EXPECT_THAT(run({"logout"}), HasSubstr("Signed out"));
  EXPECT_THAT(run({"book", "list", "--organization", "melati"}), HasSubstr("SIGN_IN_REQUIRED"));
  unsetenv("XDG_CONFIG_HOME");
}

TEST_F(UpCommandTest, ALostFirstPasswordIsReplaced) {
  std::string lost;
  {
    RunningLumbung lumbung(Up(), Output("first"));
    lost = lumbung.WordBehind("one-time password  ");
  }
  std::vector<std::string> words = Up();
  words.push_back("--once");
  RunningLumbung again(words, Output("again"));
  EXPECT_EQ(again.Wait(), 0);
  EXPECT_THAT(again.Output(), Not(HasSubstr("one-time password")));
  words.push_back("--reset-admin");
  RunningLumbung reset(words, Output("reset"));
  EXPECT_EQ(reset.Wait(), 0);
  EXPECT_THAT(reset.Output(), HasSubstr("one-time password"));
  EXPECT_THAT(reset.Output(), Not(HasSubstr(lost)));
}

TEST_F(UpCommandTest, TellsWrongUsageByItsExitCode) {
  RunningLumbung lumbung({"up", "--grpc-port", "many"}, Output("wrong"));
  EXPECT_EQ(lumbung.Wait(), 2);
  EXPECT_THAT(lumbung.Output(), HasSubstr("--grpc-port: found \"many\""));
  EXPECT_THAT(lumbung.Output(), HasSubstr("--data-dir: missing"));
}

}  // namespace
}  // namespace lumbung::host
