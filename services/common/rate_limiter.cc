#include "services/common/rate_limiter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

constexpr double kSecondsAtOnce = 2;
// Past this many, keys whose buckets are full again are dropped; they say nothing.
constexpr std::size_t kManyKeys = 10'000;
// Past this many, everybody begins anew: whoever calls from so many places is not held by a count.
constexpr std::size_t kTooManyKeys = 100'000;
constexpr absl::Duration kBetweenLooks = absl::Seconds(1);

}  // namespace

RateLimiter::RateLimiter(int per_second, std::string whose, Clock clock)
    : per_second_(per_second),
      at_once_(std::max(1.0, per_second * kSecondsAtOnce)),
      whose_(std::move(whose)),
      clock_(std::move(clock)) {}

absl::Status RateLimiter::Take(absl::string_view key) {
  if (per_second_ == 0) return absl::OkStatus();
  const absl::Time now = clock_();
  const absl::MutexLock lock(&mutex_);
  if (buckets_.size() >= kManyKeys) MakeRoom(now);
  Bucket& bucket = buckets_.try_emplace(key, Bucket{at_once_, now}).first->second;
  bucket = {LeftAt(bucket, now), now};
  if (bucket.calls_left < 1) {
    return Refusal(
        absl::StatusCode::kResourceExhausted, "RATE_LIMITED", "",
        absl::StrCat(whose_, " may make ", per_second_, " calls a second; try again in a second"));
  }
  bucket.calls_left -= 1;
  return absl::OkStatus();
}

std::size_t RateLimiter::size() const {
  const absl::MutexLock lock(&mutex_);
  return buckets_.size();
}

double RateLimiter::LeftAt(const Bucket& bucket, absl::Time now) const {
  const double gained = std::max(0.0, absl::ToDoubleSeconds(now - bucket.as_of)) * per_second_;
  return std::min(at_once_, bucket.calls_left + gained);
}

void RateLimiter::MakeRoom(absl::Time now) {
  if (buckets_.size() >= kTooManyKeys) buckets_.clear();
  // Looking through all of them at every call would be the work that this is to prevent.
  if (now < look_at_) return;
  look_at_ = now + kBetweenLooks;
  absl::erase_if(buckets_,
                 [this, now](const auto& entry) { return LeftAt(entry.second, now) >= at_once_; });
}

}  // namespace lumbung
