// Waiting for the sealer.
#ifndef LUMBUNG_SERVICES_HOST_CLI_WHEN_SEALED_H_
#define LUMBUNG_SERVICES_HOST_CLI_WHEN_SEALED_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

inline const absl::Status& StatusOf(const absl::Status& result) {
  return result;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// The result of `call_server`, asked again while it is NOT_SEALED: what was posted a moment ago is
// sealed within seconds. The last refusal after ten seconds.
template <typename CallServer>
auto WhenSealed(Invocation& call, const CallServer& call_server) {
  constexpr int kTries = 20;
  constexpr absl::Duration kPause = absl::Milliseconds(500);
  for (int tries = 1;; ++tries) {
    auto result = call_server();
    if (tries == kTries || ReasonOf(StatusOf(result)) != "NOT_SEALED") return result;
    call.console().sleep(kPause);
  }
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_WHEN_SEALED_H_
