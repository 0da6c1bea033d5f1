// Where a command takes a password from: a file, the environment, or the terminal without echo;
// never from the command line, which others can see.
#ifndef LUMBUNG_SERVICES_HOST_CLI_SECRET_INPUT_H_
#define LUMBUNG_SERVICES_HOST_CLI_SECRET_INPUT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/host/cli/console.h"

namespace lumbung::cli {

struct SecretSource {
  // Its first line, when a file is named.
  std::string file;
  // "--password-file", for messages.
  const char* flag = "";
  // "LUMBUNG_PASSWORD".
  const char* variable = "";
  // "Password: ".
  const char* question = "";
  // Asked a second time, for what is about to be set.
  bool twice = false;
};

// USAGE when the file cannot be read, when the two answers differ, or when there is nobody to ask.
absl::StatusOr<std::string> ReadSecret(const Console& console, const SecretSource& source);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_SECRET_INPUT_H_
