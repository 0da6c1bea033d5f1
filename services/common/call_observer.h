// What the adapter tells about every call when it ends: the log line and the metrics come from it.
#ifndef LUMBUNG_SERVICES_COMMON_CALL_OBSERVER_H_
#define LUMBUNG_SERVICES_COMMON_CALL_OBSERVER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace lumbung {

struct CallEnd {
  // "lumbung.ledger.v1.LedgerService/CreateJournalEntry".
  absl::string_view method;
  absl::Status status;
  absl::Duration latency;
  std::string call_id;
  // W3C traceparent as received, or empty.
  std::string traceparent;
};

class CallObserver {
 public:
  virtual ~CallObserver() = default;
  // From any thread; must not block.
  virtual void OnCallEnd(const CallEnd& end) = 0;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_CALL_OBSERVER_H_
