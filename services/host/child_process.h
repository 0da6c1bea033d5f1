// Runs programs, as another account when we are root. No shell is involved, no descriptor of ours
// leaks, and the environment is our own choice.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_
#define LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_

#include <string>
#include <vector>

#include <sys/types.h>

#include "absl/status/statusor.h"
#include "services/host/os_account.h"

namespace lumbung::host {

struct Program {
  // By absolute path, and its arguments.
  std::vector<std::string> command;
  OsAccount account;
};

struct ProgramResult {
  // As a shell reports it: 128 + signal when a signal ended it.
  int exit_code = 0;
  // Both outputs together, at most 64 KiB.
  std::string output;
};

// Waits for the program to end. INTERNAL when it cannot be started at all.
absl::StatusOr<ProgramResult> RunProgram(const Program& program);

// Starts the program with its outputs going to `output_fd`; the caller waits for the process.
absl::StatusOr<pid_t> StartProgram(const Program& program, int output_fd);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_
