#include "services/common/rate_limiter.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::IsOk;
using testing::Refuses;

class RateLimiterTest : public ::testing::Test {
 protected:
  RateLimiter::Clock Clock() {
    return [this] { return now_; };
  }
  static int TakeAll(RateLimiter& limiter, absl::string_view key) {
    int taken = 0;
    while (taken < 1'000 && limiter.Take(key).ok()) ++taken;
    return taken;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
};

TEST_F(RateLimiterTest, AllowsTwoSecondsWorthAtOnceAndThenSoManyASecond) {
  RateLimiter limiter(10, "this address", Clock());
  EXPECT_EQ(TakeAll(limiter, "a"), 20);
  EXPECT_THAT(limiter.Take("a"), Refuses("RATE_LIMITED"));
  now_ += absl::Seconds(1);
  EXPECT_EQ(TakeAll(limiter, "a"), 10);
  now_ += absl::Hours(1);
  EXPECT_EQ(TakeAll(limiter, "a"), 20);
}

TEST_F(RateLimiterTest, CountsEachKeyByItself) {
  RateLimiter limiter(1, "this address", Clock());
  EXPECT_EQ(TakeAll(limiter, "a"), 2);
  EXPECT_EQ(TakeAll(limiter, "b"), 2);
}

TEST_F(RateLimiterTest, ZeroIsNoLimit) {
  RateLimiter limiter(0, "this address", Clock());
  EXPECT_EQ(TakeAll(limiter, "a"), 1'000);
  EXPECT_EQ(limiter.size(), 0u);
}

TEST_F(RateLimiterTest, AClockThatGoesBackGivesNothing) {
  RateLimiter limiter(1, "this address", Clock());
  EXPECT_EQ(TakeAll(limiter, "a"), 2);
  now_ -= absl::Hours(1);
  EXPECT_THAT(limiter.Take("a"), Refuses("RATE_LIMITED"));
}

TEST_F(RateLimiterTest, ForgetsWhoHasNotCalledLately) {
  RateLimiter limiter(1, "this address", Clock());
  for (int i = 0; i < 10'000; ++i) EXPECT_THAT(limiter.Take(absl::StrCat(i)), IsOk());
  now_ += absl::Minutes(1);
  EXPECT_THAT(limiter.Take("new"), IsOk());
  EXPECT_EQ(limiter.size(), 1u);
}

TEST_F(RateLimiterTest, InventedKeysFillNoMemory) {
  RateLimiter limiter(1, "this address", Clock());
  for (int i = 0; i < 250'000; ++i) EXPECT_THAT(limiter.Take(absl::StrCat(i)), IsOk());
  EXPECT_LE(limiter.size(), 100'000u);
}

}  // namespace
}  // namespace lumbung
