#include "services/common/worker_pool.h"

#include <atomic>

#include <gtest/gtest.h>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"

namespace lumbung {
namespace {

TEST(WorkerPoolTest, RunsAsManyAtOnceAsItHasThreads) {
  WorkerPool pool(3, 10);
  // Each waits for the others: two threads would never get past this.
  absl::Barrier* const all_here = new absl::Barrier(3);
  absl::BlockingCounter gone(3);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool.TryRun([&gone, all_here] {
      if (all_here->Block()) delete all_here;
      gone.DecrementCount();
    }));
  }
  gone.Wait();
}

TEST(WorkerPoolTest, RefusesAtOnceWhenTheQueueIsFull) {
  absl::Notification started;
  absl::Notification release;
  WorkerPool pool(1, 2);
  ASSERT_TRUE(pool.TryRun([&] {
    started.Notify();
    release.WaitForNotification();
  }));
  started.WaitForNotification();
  EXPECT_EQ(pool.busy(), 1);
  EXPECT_TRUE(pool.TryRun([] {}));
  EXPECT_TRUE(pool.TryRun([] {}));
  EXPECT_FALSE(pool.TryRun([] { FAIL() << "was refused"; }));
  EXPECT_EQ(pool.waiting(), 2u);
  release.Notify();
}

TEST(WorkerPoolTest, RunsWhatItAcceptedBeforeItEnds) {
  std::atomic<int> done{0};
  {
    WorkerPool pool(2, 1'000);
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(pool.TryRun([&done] { ++done; }));
  }
  EXPECT_EQ(done, 500);
}

}  // namespace
}  // namespace lumbung
