// Reports while they are made: kept, failed, cancelled, interrupted.
#include "services/reporting/jobs/report_runner.h"

#include <functional>
#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::reporting {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

class ReportRunnerTest : public log::LogTest {
 protected:
  ReportRunnerTest() : runner_({&database_.pool(), 1, absl::Milliseconds(20)}) {}

  ReportId Start(ReportRunner::Work work) {
    const auto added = store::InTransaction(
        database_.pool(), {organization_}, [&](store::TransactionScope& scope) {
          return AddReport(scope, book_, {"x", absl::StrCat("key ", ++keys_given_), "siti"});
        });
    EXPECT_THAT(added, IsOk());
    EXPECT_THAT(runner_.Add(book_, added->report.id, std::move(work)), IsOk());
    return added->report.id;
  }
  StoredReport Find(ReportId id) {
    return *Read([&](store::TransactionScope& scope) { return FindReport(scope, book_, id); });
  }
  // Once it has ended.
  StoredReport Ended(ReportId id) {
    while (true) {
      const StoredReport report = Find(id);
      if (report.HasEnded()) return report;
    }
  }
  std::string ContentOf(ReportId id) {
    return *Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::string> {
      std::string content;
      for (int piece = 0;; ++piece) {
        const auto data = ReadReportPiece(scope, book_, id, piece);
        if (!data.has_value()) return content;
        content += *data;
      }
    });
  }
  // Works until it is told to stop.
  static absl::Status Endless(ReportWatch& watch) {
    absl::Status status;
    while (status.ok()) status = watch.OnRow();
    return status;
  }

  ReportRunner runner_;
  int keys_given_ = 0;
};

TEST_F(ReportRunnerTest, KeepsEveryByte) {
  std::string content;
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&content, i, ";");
  const ReportId id = Start([&content](ReportWatch& watch, reports::ByteSink& sink) {
    for (std::size_t at = 0; at < content.size(); at += 999) {
      const absl::Status status = watch.OnRow();
      if (!status.ok()) return status;
      const absl::Status written = sink.Write(content.substr(at, 999));
      if (!written.ok()) return written;
    }
    return absl::OkStatus();
  });
  const StoredReport report = Ended(id);
  EXPECT_EQ(report.state, ReportState::kDone);
  EXPECT_EQ(ContentOf(id), content);
  EXPECT_EQ(report.bytes, static_cast<std::int64_t>(content.size()));
  EXPECT_EQ(report.sha256, log::Sha256(content));
  EXPECT_EQ(report.rows, static_cast<std::int64_t>((content.size() + 998) / 999));
}

TEST_F(ReportRunnerTest, ARefusalIsTheReason) {
  const ReportId id = Start([](ReportWatch&, reports::ByteSink& sink) {
    EXPECT_THAT(sink.Write("half"), IsOk());
    return InvalidArgument("UNKNOWN_FUND", "fund", "there is no such fund");
  });
  EXPECT_EQ(Ended(id).state, ReportState::kFailed);
  EXPECT_EQ(Find(id).reason, "UNKNOWN_FUND");
  EXPECT_EQ(Find(id).message, "there is no such fund");
  EXPECT_EQ(ContentOf(id), "");
}

TEST_F(ReportRunnerTest, EndsSoonAfterItIsCancelledHereOrElsewhere) {
  for (const bool here : {true, false}) {
    absl::Notification begun;
    const ReportId id = Start([&begun](ReportWatch& watch, reports::ByteSink&) {
      begun.Notify();
      return Endless(watch);
    });
    begun.WaitForNotification();
    if (here) {
      runner_.Cancel(book_, id);
    } else {
      // As another server would.
      EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                          [&](store::TransactionScope& scope) {
                                            AskReportToEnd(scope, book_, id);
                                            return absl::OkStatus();
                                          }),
                  IsOk());
    }
    EXPECT_EQ(Ended(id).state, ReportState::kCancelled);
  }
}

TEST_F(ReportRunnerTest, AServerThatStopsInterruptsThem) {
  absl::Notification begun;
  const ReportId running = Start([&begun](ReportWatch& watch, reports::ByteSink&) {
    begun.Notify();
    return Endless(watch);
  });
  const ReportId waiting =
      Start([](ReportWatch& watch, reports::ByteSink&) { return Endless(watch); });
  begun.WaitForNotification();
  runner_.Drain();
  for (const ReportId id : {running, waiting}) {
    EXPECT_EQ(Find(id).state, ReportState::kFailed);
    EXPECT_EQ(Find(id).reason, "INTERRUPTED");
  }
  EXPECT_THAT(runner_.Add(book_, running, nullptr), Refuses("SHUTTING_DOWN"));
}

TEST_F(ReportRunnerTest, SaysThatItIsAtWork) {
  absl::Notification begun;
  absl::Notification enough;
  const ReportId id = Start([&](ReportWatch& watch, reports::ByteSink&) {
    begun.Notify();
    const absl::Status status = watch.OnRow();
    enough.WaitForNotification();
    return status;
  });
  begun.WaitForNotification();
  // The pulse tells of the row, and of a report that was thought lost.
  Tamper("update reporting.report set alive_at = alive_at - interval '1 hour'");
  while (Find(id).rows != 1 || Find(id).state != ReportState::kRunning) {
  }
  enough.Notify();
  EXPECT_EQ(Ended(id).state, ReportState::kDone);
}

}  // namespace
}  // namespace lumbung::reporting
