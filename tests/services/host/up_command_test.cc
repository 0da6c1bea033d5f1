// `lumbung up` as a user runs it: the binary, its output, its signals and its exit codes.
#include <array>
#include <cstdio>
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

using ::testing::HasSubstr;
using testing::RunningLumbung;

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

TEST_F(UpCommandTest, TellsWrongUsageByItsExitCode) {
  RunningLumbung lumbung({"up", "--grpc-port", "many"}, Output("wrong"));
  EXPECT_EQ(lumbung.Wait(), 2);
  EXPECT_THAT(lumbung.Output(), HasSubstr("--grpc-port: found \"many\""));
  EXPECT_THAT(lumbung.Output(), HasSubstr("--data-dir: missing"));
}

}  // namespace
}  // namespace lumbung::host
