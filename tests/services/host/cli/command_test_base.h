// What tests of whole commands share: a fake server with a small book in it, and a console made of
// strings.
#ifndef LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_TEST_BASE_H_
#define LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_TEST_BASE_H_

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/services/host/cli/fake_server.h"

namespace lumbung::cli {

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class CommandTest : public ::testing::Test {
 protected:
  CommandTest();

  // Runs `lumbung ARGUMENTS...` against the fake server.
  Outcome Run(std::vector<std::string> arguments);

  FakeServer server_;
  // The environment and the console of the next run.
  std::map<std::string, std::string> variables_;
  std::string input_;
  bool terminal_ = false;
  int width_ = 0;
  // How long the commands waited between attempts.
  std::vector<absl::Duration> waits_;
};

// Builders of API messages from texts an accountant can read.
v1::Account MakeAccount(absl::string_view id, absl::string_view name, absl::string_view parent,
                        v1::AccountType type, bool postable);
// "1.1.01 IDR 10.00 4.00": account, currency, debit, credit; valued at the same amounts.
v1::AccountBalance MakeBalance(absl::string_view account, absl::string_view currency,
                               absl::string_view debit, absl::string_view credit,
                               absl::string_view balance);
v1::Posting MakePosting(absl::string_view account, absl::string_view amount,
                        absl::string_view currency);

}  // namespace lumbung::cli

#endif  // LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_TEST_BASE_H_
