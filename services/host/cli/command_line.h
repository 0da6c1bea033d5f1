// How user commands are declared on the command line: one helper gives every command the options
// that all have in common, an example in its help, and one way to fail.
#ifndef LUMBUNG_SERVICES_HOST_CLI_COMMAND_LINE_H_
#define LUMBUNG_SERVICES_HOST_CLI_COMMAND_LINE_H_

#include <functional>
#include <string>
#include <utility>

#include <CLI/App.hpp>
#include <google/protobuf/timestamp.pb.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/host/cli/console.h"
#include "services/host/cli/exit_code.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

// Where a command runs and where its outcome goes; outlives the CLI::App.
struct Client {
  Console& console;
  ExitCode exit_code = ExitCode::kDone;
};

// What a command needs to know before it can ask.
enum class Scope {
  kServer,        // --server
  kOrganization,  // and --organization
  kBook,          // and --book
};

using CommandBody = std::function<absl::Status(Invocation&)>;

struct CommandText {
  std::string name;
  std::string description;
  std::string example;
};

// A group of commands: `lumbung account ...`.
CLI::App* AddGroup(CLI::App& parent, const std::string& name, const std::string& description);

// A command. `body` runs after the whole command line was read; its status becomes the exit code.
CLI::App* AddCommand(CLI::App& parent, Client& client, const CommandText& text, Scope scope,
                     CommandBody body);

// --request-id and --validate-only, straight into the request.
template <typename Request>
void AddWriteOptions(CLI::App* command, Request& request) {
  command
      ->add_option("--request-id", *request.mutable_request_id(),
                   "Repeat a command under the same id to retry it safely (default: a new UUID)")
      ->type_name("ID");
  command->add_flag_callback(
      "--validate-only", [&request] { request.set_validate_only(true); },
      "Check everything, change nothing");
}

// A date flag `YYYY-MM-DD`, checked while the command line is read.
CLI::Option* AddDateOption(CLI::App* command, const std::string& flag, std::string& date,
                           const std::string& description);

// "a=b" of a repeated flag. USAGE naming the flag.
absl::StatusOr<std::pair<std::string, std::string>> SplitPair(absl::string_view flag,
                                                              absl::string_view text);

// An instant for --known-at: RFC 3339 ("2026-01-31T17:00:00Z"), or a date, which means its end in
// the reader's own time zone.
absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view flag,
                                                         absl::string_view text);

// Parses the command line and runs the command in it. Help goes to `out`; a wrong command line is
// reported in the same form as every other failure.
ExitCode RunCommandLine(CLI::App& app, int argc, const char* const* argv, Client& client);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_COMMAND_LINE_H_
