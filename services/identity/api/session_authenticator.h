// SessionAuthenticator: finds out who calls from the sessions, keys and grants in the database, and
// remembers the answer for a moment.
//
// A change made in this process is seen by the next call, for Invalidate forgets everything. One
// made by another process is seen within a second: a thread looks at the epoch that every change
// advances, and while it cannot look, nothing is remembered.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_SESSION_AUTHENTICATOR_H_
#define LUMBUNG_SERVICES_IDENTITY_API_SESSION_AUTHENTICATOR_H_

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/store/connection_pool.h"
#include "services/common/authenticator.h"

namespace lumbung::identity {

class SessionAuthenticator final : public Authenticator {
 public:
  struct Options {
    // Outlives it.
    store::ConnectionPool* pool = nullptr;
    std::function<absl::Time()> now;
    absl::Duration poll_every = absl::Milliseconds(750);
  };

  explicit SessionAuthenticator(Options options);
  ~SessionAuthenticator() override;

  std::optional<AccessContext> Cached(const Credentials& credentials) override;
  absl::StatusOr<AccessContext> Authenticate(const Credentials& credentials,
                                             absl::Time deadline) override;
  std::vector<absl::string_view> RolesWith(absl::string_view permission) const override;
  void RecordRefusal(const AccessContext& access, const RefusedCall& call,
                     absl::Time deadline) override;
  void Invalidate() override;

  // Looks at the epoch now. The thread does it by itself; tests do not wait for it.
  void LookAtEpoch();

 private:
  struct Remembered {
    AccessContext access;
    absl::Time good_until;
  };

  void Poll();

  const Options options_;
  absl::Mutex mutex_;
  // By hash of the token, certificate and organization.
  absl::flat_hash_map<std::string, Remembered> remembered_ ABSL_GUARDED_BY(mutex_);
  // Grows when everything is forgotten: what was read before that is not remembered after it.
  std::int64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
  // 0 while it is not known.
  std::int64_t epoch_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread poller_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_SESSION_AUTHENTICATOR_H_
