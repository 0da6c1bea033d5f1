#include "services/identity/domain/sign_in_throttle.h"

#include <gtest/gtest.h>

namespace lumbung::identity {
namespace {

const absl::Time kLast = absl::FromUnixSeconds(1'000'000);

TEST(SignInThrottleTest, TheWaitGrowsWithTheFailuresOfAnAccount) {
  const std::pair<int, absl::Duration> waits[] = {{3, absl::Seconds(5)},
                                                  {4, absl::Seconds(30)},
                                                  {5, absl::Minutes(15)},
                                                  {50, absl::Minutes(15)}};
  for (const auto& [failures, wait] : waits) {
    EXPECT_EQ(NextAttemptAt({.of_account = failures, .last_of_account = kLast}), kLast + wait)
        << failures;
  }
}

TEST(SignInThrottleTest, ASlipCostsNothing) {
  for (const int failures : {0, 1, 2}) {
    EXPECT_EQ(NextAttemptAt({.of_account = failures, .last_of_account = kLast}),
              absl::InfinitePast());
  }
}

TEST(SignInThrottleTest, AnAddressGetsFiftyFailures) {
  EXPECT_EQ(NextAttemptAt({.of_address = 49, .last_of_address = kLast}), absl::InfinitePast());
  EXPECT_EQ(NextAttemptAt({.of_address = 50, .last_of_address = kLast}), kLast + absl::Minutes(15));
}

TEST(SignInThrottleTest, TheLongerWaitCounts) {
  EXPECT_EQ(
      NextAttemptAt(
          {.of_account = 3, .last_of_account = kLast, .of_address = 50, .last_of_address = kLast}),
      kLast + absl::Minutes(15));
}

}  // namespace
}  // namespace lumbung::identity
