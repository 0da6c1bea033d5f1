// What the process tells the shell. Scripts rely on these numbers; they never change meaning.
#ifndef LUMBUNG_SERVICES_HOST_CLI_EXIT_CODE_H_
#define LUMBUNG_SERVICES_HOST_CLI_EXIT_CODE_H_

namespace lumbung::cli {

enum class ExitCode : int {
  kDone = 0,
  // The server understood and said no: a rule of the ledger, a missing thing, a cancelled run.
  kRefused = 1,
  // The command line cannot mean anything: the message names the flag.
  kUsage = 2,
  // No answer: the server is down, unreachable, overloaded or too slow.
  kUnreachable = 3,
  // A fault of ours, on either side.
  kInternal = 4,
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_EXIT_CODE_H_
