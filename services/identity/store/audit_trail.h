// The audit trail: who did what, when, from where, and what was refused. An event is written in the
// database transaction of what it tells, so that there is never one without the other; it is never
// changed and never removed.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_AUDIT_TRAIL_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_AUDIT_TRAIL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"

namespace lumbung::audit {

struct Event {
  // 0 and empty when nobody was signed in; user_name is then the name that was tried, if any.
  std::int64_t person = 0;
  std::string user_name;
  std::string display_name;
  std::string from_address;
  // "lumbung.identity.v1.IdentityService/GrantRole".
  std::string method;
  // `grant_role`.
  std::string action;
  // What it was done to: `people/siti`.
  std::string resource;
  // JSON objects, or empty. No secrets.
  std::string before;
  std::string after;
  std::string request_id;
  // The reason of the refusal, or empty.
  std::string reason;
};

// An event of this call: who, from where, and the method, whose name also gives the action.
Event EventOf(const CallScope& call, absl::string_view resource);

// Writes the event to the trail of the transaction's organization; in a transaction of organization
// 0, which needs OpenPeople, to that of the platform.
void Record(store::TransactionScope& scope, const Event& event);

struct StoredEvent {
  std::int64_t event_id = 0;
  absl::Time recorded_at;
  Event event;
};

struct Filter {
  absl::Time from = absl::InfinitePast();
  absl::Time to = absl::InfiniteFuture();
  // Empty: any.
  std::string user_name = "";
  std::string action = "";
  // The whole name, or what stands behind its '/'.
  std::string method = "";
  // The beginning of it.
  std::string resource = "";
  std::string request_id = "";
  bool only_refused = false;
};

// Newest first: those before the event `before`, or from the newest on when that is 0; at most
// `limit`. Of the same trail that Record writes to.
std::vector<StoredEvent> List(store::TransactionScope& scope, const Filter& filter,
                              std::int64_t before, int limit);

}  // namespace lumbung::audit

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_AUDIT_TRAIL_H_
