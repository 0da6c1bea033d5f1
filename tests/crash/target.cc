#include "tests/crash/target.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/support/sign_in.h"

namespace lumbung::crash {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kRecoveryPatience = absl::Seconds(30);
constexpr absl::Duration kPollInterval = absl::Milliseconds(5);

std::string ReadAll(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// "pid (name) state parent ...".
pid_t ParentOf(const fs::path& process) {
  const std::string facts = ReadAll(process / "stat");
  const std::size_t name_end = facts.rfind(") ");
  if (name_end == std::string::npos) return 0;
  std::istringstream rest(facts.substr(name_end + 2));
  std::string state;
  pid_t parent = 0;
  rest >> state >> parent;
  return parent;
}

// The processes that serve connections of the application.
std::vector<pid_t> BackendsOf(pid_t postmaster) {
  std::vector<pid_t> backends;
  for (const auto& process : fs::directory_iterator("/proc")) {
    int pid = 0;
    if (!absl::SimpleAtoi(process.path().filename().string(), &pid)) continue;
    if (ParentOf(process.path()) != postmaster) continue;
    if (absl::StrContains(ReadAll(process.path() / "cmdline"), ": lumbung_app lumbung ")) {
      backends.push_back(pid);
    }
  }
  return backends;
}

}  // namespace

bool Target::Start() {
  Run();
  address_ = lumbung_->WordBehind("API        ");
  return !address_.empty() && SignIn();
}

void Target::StartAndKillAt(const std::string& message) {
  Run();
  lumbung_->WordBehind(message);
  KillServer();
}

void Target::StartAndKillAfter(absl::Duration time) {
  Run();
  absl::SleepFor(time);
  KillServer();
}

int Target::Stop() {
  return lumbung_->Wait(SIGTERM);
}

void Target::KillServer() {
  lumbung_->Wait(SIGKILL);
}

bool Target::KillPostmaster() {
  const int before = Recoveries();
  return KillNow(Postmaster()) && AwaitRecovery(before);
}

bool Target::KillBackend(const Chooser& choose) {
  const int before = Recoveries();
  const std::vector<pid_t> backends = BackendsOf(Postmaster());
  if (backends.empty()) return false;
  const auto chosen = static_cast<std::size_t>(choose(static_cast<int>(backends.size())));
  return KillNow(backends[chosen]) && AwaitRecovery(before);
}

bool Target::KillServerAndPostmaster() {
  const bool killed = KillNow(Postmaster());
  KillServer();
  return killed;
}

std::shared_ptr<grpc::Channel> Target::Connect() const {
  return testing::ConnectWithToken(address_, token_);
}

bool Target::SignIn() {
  const std::string password =
      has_password_ ? testing::kTestPassword : lumbung_->WordBehind("one-time password  ");
  const absl::StatusOr<std::string> token = testing::SignIn(address_, "admin", password);
  if (!token.ok()) {
    ADD_FAILURE() << token.status();
    return false;
  }
  has_password_ = true;
  token_ = *token;
  return true;
}

void Target::Run() {
  lumbung_ = nullptr;
  const std::string output = absl::StrCat(folder_.path(), "/output-", ++starts_);
  std::vector<std::string> words = testing::UpWords(DataDir());
  // The password that is shown once may have gone down with a server that was killed.
  if (!has_password_) words.push_back("--reset-admin");
  lumbung_ = std::make_unique<testing::RunningLumbung>(std::move(words), output);
}

pid_t Target::Postmaster() const {
  std::istringstream note(ReadAll(DataDir() + "/postgres/postmaster.pid"));
  pid_t pid = 0;
  note >> pid;
  const std::string command_line = ReadAll(absl::StrCat("/proc/", pid, "/cmdline"));
  return absl::StrContains(command_line, DataDir()) ? pid : 0;
}

bool Target::KillNow(pid_t process) {
  // To kill(), 0 and less mean many.
  return process > 1 && kill(process, SIGKILL) == 0;
}

int Target::Recoveries() const {
  const std::string log = ReadAll(DataDir() + "/postgres.log");
  const std::string words = "database system is ready to accept connections";
  int count = 0;
  for (std::size_t at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) {
    ++count;
  }
  return count;
}

bool Target::AwaitRecovery(int recoveries_before) const {
  const absl::Time give_up = absl::Now() + kRecoveryPatience;
  while (Recoveries() <= recoveries_before) {
    if (absl::Now() > give_up) return false;
    absl::SleepFor(kPollInterval);
  }
  return true;
}

}  // namespace lumbung::crash
