// HashingGate: how many passwords are hashed at the same time. Hashing takes memory and time on
// purpose; without a bound, guessing passwords would stop the server for everybody else.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_HASHING_GATE_H_
#define LUMBUNG_SERVICES_IDENTITY_API_HASHING_GATE_H_

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"

namespace lumbung::identity {

class HashingGate {
 public:
  // A place at the work; gives itself back.
  class Pass {
   public:
    explicit Pass(HashingGate* gate) : gate_(gate) {}
    Pass(Pass&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ == nullptr) return;
      absl::MutexLock lock(&gate_->mutex_);
      --gate_->inside_;
    }

   private:
    HashingGate* gate_;
  };

  // RESOURCE_EXHAUSTED (OVERLOADED) when too many wait already, or until the deadline.
  absl::StatusOr<Pass> Enter(absl::Time deadline) {
    absl::MutexLock lock(&mutex_);
    if (waiting_ < kMaxWaiting) {
      ++waiting_;
      const bool entered =
          mutex_.AwaitWithDeadline(absl::Condition(this, &HashingGate::HasRoom), deadline);
      --waiting_;
      if (entered) {
        ++inside_;
        return Pass(this);
      }
    }
    return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                   "too many people sign in at this moment; try again shortly");
  }

 private:
  static constexpr int kMaxInside = 2;
  static constexpr int kMaxWaiting = 4;

  bool HasRoom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return inside_ < kMaxInside; }

  absl::Mutex mutex_;
  int inside_ ABSL_GUARDED_BY(mutex_) = 0;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_HASHING_GATE_H_
