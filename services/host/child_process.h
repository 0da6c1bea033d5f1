// Runs one program, as another account when asked, and collects what it prints. No shell is
// involved.
#ifndef LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_
#define LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lumbung::host {

class ChildProcess {
 public:
  struct Options {
    // Program by absolute path, and its arguments.
    std::vector<std::string> command;
    // The account to become; its groups are dropped. Ignored unless we are root.
    uid_t uid = 0;
    gid_t gid = 0;
    // HOME of the program.
    std::string home;
  };
  struct Result {
    int exit_code = 0;
    // Both outputs together, at most 64 KiB.
    std::string output;
  };

  // Waits for the program to end. INTERNAL when it cannot be started at all.
  static absl::StatusOr<Result> Run(const Options& options);
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_CHILD_PROCESS_H_
