#include "tests/differential/peer_program.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace lumbung::import {

PeerAnswer RunPeer(const std::string& command_line) {
  PeerAnswer answer;
  const std::string command = absl::StrCat("LC_ALL=C.UTF-8 ", command_line, " 2>&1");
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return answer;
  char buffer[65536];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
    answer.output.append(buffer, n);
  }
  answer.ok = pclose(pipe) == 0;
  return answer;
}

std::string OutputOfPeer(const std::string& command_line) {
  PeerAnswer answer = RunPeer(command_line);
  EXPECT_TRUE(answer.ok) << command_line << " failed: " << answer.output;
  return std::move(answer.output);
}

void PeerTest::SetUp() {
  for (const char* const program : {"hledger", "ledger", "bean-check"}) {
    ASSERT_TRUE(RunPeer(absl::StrCat(program, " --version")).ok)
        << program << " cannot be run: install hledger, ledger and beancount";
  }
  std::string name = absl::StrCat(::testing::TempDir(), "journal_XXXXXX");
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  folder_ = name;
}

void PeerTest::TearDown() {
  if (!HasFailure()) std::filesystem::remove_all(folder_);
}

std::string PeerTest::Save(const std::string& name, const std::string& text) {
  const std::string path = absl::StrCat(folder_, "/", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace lumbung::import
