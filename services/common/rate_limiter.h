// How often somebody may call: so many calls a second, and as many at once as two seconds bring (a
// token bucket for each key). Keys that have not called lately are forgotten, so that inventing
// keys fills no memory.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_RATE_LIMITER_H_
#define LUMBUNG_SERVICES_COMMON_RATE_LIMITER_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace lumbung {

class RateLimiter {
 public:
  using Clock = std::function<absl::Time()>;

  // `per_second` 0: no limit. `whose`, for the message: "this address", "this organization".
  RateLimiter(int per_second, std::string whose, Clock clock = absl::Now);

  // Counts a call. RESOURCE_EXHAUSTED: RATE_LIMITED; refused calls do not count.
  absl::Status Take(absl::string_view key);

  std::size_t size() const;

 private:
  struct Bucket {
    double calls_left;
    absl::Time as_of;
  };

  // The calls that the bucket holds by now.
  double LeftAt(const Bucket& bucket, absl::Time now) const;
  void MakeRoom(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const double per_second_;
  const double at_once_;
  const std::string whose_;
  const Clock clock_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Bucket> buckets_ ABSL_GUARDED_BY(mutex_);
  // When full buckets are looked for again.
  absl::Time look_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_RATE_LIMITER_H_
