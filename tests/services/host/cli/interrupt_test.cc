#include "services/host/cli/interrupt.h"

#include <csignal>

#include <gtest/gtest.h>

#include "absl/synchronization/notification.h"

namespace lumbung::cli {
namespace {

TEST(InterruptWatch, TurnsTheFirstCtrlCIntoACall) {
  absl::Notification interrupted;
  const InterruptWatch watch([&interrupted] { interrupted.Notify(); });
  std::raise(SIGINT);
  EXPECT_TRUE(interrupted.WaitForNotificationWithTimeout(absl::Seconds(30)));
}

TEST(InterruptWatch, CallsNothingWithoutAnInterrupt) {
  bool called = false;
  {
    const InterruptWatch watch([&called] { called = true; });
  }
  EXPECT_FALSE(called);
}

TEST(InterruptWatch, LeavesTheSecondCtrlCToTheSystem) {
  EXPECT_EXIT(
      {
        absl::Notification interrupted;
        const InterruptWatch watch([&interrupted] { interrupted.Notify(); });
        std::raise(SIGINT);
        interrupted.WaitForNotification();
        std::raise(SIGINT);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

TEST(InterruptWatch, GivesTheOldHandlersBack) {
  {
    const InterruptWatch watch([] {});
  }
  EXPECT_EXIT(std::raise(SIGTERM), ::testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace lumbung::cli
