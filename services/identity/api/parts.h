// What the handlers of identity share.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_PARTS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_PARTS_H_

#include <functional>
#include <type_traits>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"
#include "services/identity/domain/secrets.h"
#include "services/identity/store/people_store.h"

namespace lumbung::identity {

struct Parts {
  // Outlives the handlers.
  store::ConnectionPool* pool = nullptr;
  std::function<absl::Time()> now;
  RandomBytes random;
  // Told after a change of who may do what is committed.
  std::function<void()> on_access_changed;

  // By the calendar of UTC.
  Date Today() const {
    return Date::FromDays(static_cast<std::int32_t>(absl::ToUnixSeconds(now()) / 86'400));
  }
};

// Runs `body(TransactionScope&)`, which returns a StatusOr, in a database transaction that works
// for the call's organization and sees people.
template <typename Body>
auto WithPeople(const Parts& parts, const CallScope& call, store::Access access, const Body& body)
    -> std::invoke_result_t<Body, store::TransactionScope&> {
  return store::InTransaction(*parts.pool, {call.access.organization_id, access, call.deadline},
                              [&](store::TransactionScope& scope) {
                                OpenPeople(scope);
                                return body(scope);
                              });
}

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_PARTS_H_
