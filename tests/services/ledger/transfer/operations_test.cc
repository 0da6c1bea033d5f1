#include "services/ledger/transfer/operations.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::transfer {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;

constexpr OrganizationId kOurs{1};
constexpr OrganizationId kTheirs{2};
constexpr std::int64_t kNewest = 1'000'000;

class OperationsTest : public ::testing::Test {
 protected:
  static Operations::Options TestOptions() {
    Operations::Options options;
    options.threads = 1;
    options.max_active = 3;
    options.max_finished = 2;
    options.now = [] { return absl::FromUnixSeconds(1'790'000'000); };
    options.random_bytes = [id = 0](char* bytes, std::size_t count) mutable {
      std::fill(bytes, bytes + count, static_cast<char>(++id));
    };
    return options;
  }
  static absl::StatusOr<ImportReport> ReportOf(std::int64_t entries) {
    ImportReport report;
    report.entry_count = entries;
    return report;
  }
  std::string Start(OrganizationId organization, Operations::Work work) {
    const auto state = operations_.Start(organization, false, std::move(work));
    EXPECT_THAT(state, IsOk());
    return state.ok() ? state->id : "";
  }
  // Waits for the end, as a watcher does.
  OperationState End(OrganizationId organization, const std::string& id) {
    OperationState state = *operations_.Get(organization, id);
    while (!state.done) {
      state = *operations_.AwaitChange(organization, id, state.version, absl::InfiniteFuture());
    }
    return state;
  }

  Operations operations_{TestOptions()};
};

TEST_F(OperationsTest, KeepsWhatBecameOfTheWork) {
  const std::string good = Start(kOurs, [](ImportProgress&) { return ReportOf(7); });
  const std::string bad = Start(kOurs, [](ImportProgress&) -> absl::StatusOr<ImportReport> {
    return InvalidArgument("PARSE_ERROR", "", "a:1: what");
  });
  EXPECT_THAT(End(kOurs, good).status, IsOk());
  EXPECT_EQ(End(kOurs, good).report->entry_count, 7);
  EXPECT_EQ(End(kOurs, good).stage, "done");
  EXPECT_THAT(End(kOurs, bad).status, Refuses("PARSE_ERROR"));
  EXPECT_EQ(End(kOurs, bad).report, nullptr);
}

TEST_F(OperationsTest, TellsOfEachStep) {
  absl::Notification begun, go_on;
  const std::string id = Start(kOurs, [&](ImportProgress& progress) {
    progress.OnStage("posting", 10);
    progress.OnProgress(4);
    begun.Notify();
    go_on.WaitForNotification();
    return ReportOf(10);
  });
  begun.WaitForNotification();
  const OperationState state = *operations_.Get(kOurs, id);
  EXPECT_EQ(state.stage, "posting");
  EXPECT_EQ(state.progress, 4);
  EXPECT_EQ(state.total, 10);
  EXPECT_FALSE(state.done);
  // Nothing changes, so that the wait ends at its deadline.
  EXPECT_EQ(operations_.AwaitChange(kOurs, id, state.version, absl::Now())->version, state.version);
  go_on.Notify();
  EXPECT_TRUE(End(kOurs, id).done);
}

TEST_F(OperationsTest, AreNotFoundByOthers) {
  const std::string id = Start(kOurs, [](ImportProgress&) { return ReportOf(1); });
  End(kOurs, id);
  EXPECT_THAT(operations_.Get(kTheirs, id), Refuses("OPERATION_NOT_FOUND"));
  EXPECT_THAT(operations_.Cancel(kTheirs, id), Refuses("OPERATION_NOT_FOUND"));
  EXPECT_THAT(operations_.AwaitChange(kTheirs, id, 0, absl::Now()), Refuses("OPERATION_NOT_FOUND"));
  EXPECT_TRUE(operations_.List(kTheirs, kNewest, 10).empty());
  EXPECT_THAT(operations_.Get(kOurs, "nothing"), Refuses("OPERATION_NOT_FOUND"));
}

TEST_F(OperationsTest, CancelWhatRunsAndWhatWaits) {
  absl::Notification begun, cancelled;
  const std::string running =
      Start(kOurs, [&](ImportProgress& progress) -> absl::StatusOr<ImportReport> {
        begun.Notify();
        cancelled.WaitForNotification();
        EXPECT_TRUE(progress.cancelled());
        return absl::CancelledError("as asked");
      });
  bool ran = false;
  const std::string waiting = Start(kOurs, [&ran](ImportProgress&) {
    ran = true;
    return ReportOf(1);
  });
  begun.WaitForNotification();
  EXPECT_EQ(operations_.Cancel(kOurs, running)->stage, "cancelling");
  EXPECT_THAT(operations_.Cancel(kOurs, waiting), IsOk());
  cancelled.Notify();
  EXPECT_TRUE(absl::IsCancelled(End(kOurs, running).status));
  EXPECT_THAT(End(kOurs, waiting).status, Refuses("CANCELLED"));
  EXPECT_FALSE(ran);
  EXPECT_THAT(operations_.Cancel(kOurs, running), Refuses("OPERATION_DONE"));
}

TEST_F(OperationsTest, AreBoundedForEachOrganization) {
  absl::Notification go_on;
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(Start(kOurs, [&](ImportProgress&) {
      go_on.WaitForNotification();
      return ReportOf(1);
    }));
  }
  EXPECT_THAT(operations_.Start(kOurs, false, [](ImportProgress&) { return ReportOf(1); }),
              Refuses("OVERLOADED"));
  const std::string theirs = Start(kTheirs, [](ImportProgress&) { return ReportOf(1); });
  go_on.Notify();
  EXPECT_TRUE(End(kTheirs, theirs).done);
  // Only the last two that ended are remembered.
  EXPECT_THAT(operations_.Get(kOurs, ids[0]), Refuses("OPERATION_NOT_FOUND"));
  std::vector<std::string> listed;
  for (const OperationState& state : operations_.List(kOurs, kNewest, 10)) {
    listed.push_back(state.id);
  }
  EXPECT_THAT(listed, ElementsAre(ids[2], ids[1]));
}

TEST_F(OperationsTest, AreListedNewestFirstPageByPage) {
  const std::string first = Start(kOurs, [](ImportProgress&) { return ReportOf(1); });
  const std::string second = Start(kOurs, [](ImportProgress&) { return ReportOf(2); });
  const auto page = operations_.List(kOurs, kNewest, 1);
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].id, second);
  const auto next = operations_.List(kOurs, page[0].sequence, 1);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].id, first);
  EXPECT_TRUE(operations_.List(kOurs, next[0].sequence, 1).empty());
}

TEST_F(OperationsTest, CancelsEverythingWhenTheServerStops) {
  absl::Notification begun;
  const std::string id =
      Start(kOurs, [&](ImportProgress& progress) -> absl::StatusOr<ImportReport> {
        begun.Notify();
        while (!progress.cancelled()) absl::SleepFor(absl::Milliseconds(1));
        return absl::CancelledError("as asked");
      });
  begun.WaitForNotification();
  operations_.Drain();
  EXPECT_TRUE(End(kOurs, id).done);
  EXPECT_THAT(operations_.Start(kOurs, false, [](ImportProgress&) { return ReportOf(1); }),
              Refuses("SHUTTING_DOWN"));
}

}  // namespace
}  // namespace lumbung::transfer
