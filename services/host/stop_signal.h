// Ctrl-C and SIGTERM, received by waiting for them instead of by handlers.
#ifndef LUMBUNG_SERVICES_HOST_STOP_SIGNAL_H_
#define LUMBUNG_SERVICES_HOST_STOP_SIGNAL_H_

#include "absl/time/time.h"

namespace lumbung::host {

// Blocks both signals; to be called before the first thread starts, so that every thread inherits
// it.
void BlockStopSignals();

// Waits for one of them, at most so long. Whether one came.
bool AwaitStopSignal(absl::Duration patience);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_STOP_SIGNAL_H_
