// CallScope: what a handler knows of the call it serves, besides its request.
#ifndef LUMBUNG_SERVICES_COMMON_CALL_SCOPE_H_
#define LUMBUNG_SERVICES_COMMON_CALL_SCOPE_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/access.h"

namespace lumbung {

struct CallScope {
  AccessContext access;
  // "lumbung.ledger.v1.LedgerService/CreateJournalEntry"; lives as long as the program.
  absl::string_view method;
  // Never infinite: a call without a deadline gets a default one.
  absl::Time deadline;
  // Unique per call; in every log line of it.
  std::string call_id;
  // W3C traceparent as received and well-formed, or empty. To be sent on with every call made on
  // behalf of this one.
  std::string traceparent;
  // True once the client has given up. Not to be asked after the call was answered.
  std::function<bool()> cancelled;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_CALL_SCOPE_H_
