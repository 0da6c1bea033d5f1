// Runs hledger, ledger and beancount, the programs whose books we read and write.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_PEER_PROGRAM_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_PEER_PROGRAM_H_

#include <string>

#include <gtest/gtest.h>

#include "absl/strings/string_view.h"

namespace lumbung::import {

struct PeerAnswer {
  bool ok = false;     // Whether it ended without an error.
  std::string output;  // With what it said of errors.
};

// The command line goes through the shell.
PeerAnswer RunPeer(const std::string& command_line);
// What it prints; a test failure when it does not succeed.
std::string OutputOfPeer(const std::string& command_line);

// A test with a folder for the journals that both read. The folder is kept when the test fails.
class PeerTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
  // Writes a file into the folder and returns its path.
  std::string Save(const std::string& name, const std::string& text);
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

// A small journal, and the rule it is about.
struct JournalCase {
  const char* rule;
  const char* journal;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_PEER_PROGRAM_H_
