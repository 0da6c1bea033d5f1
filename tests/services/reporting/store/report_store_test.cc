// Reports as they are kept.
#include "services/reporting/store/report_store.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::reporting {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using ::lumbung::testing::RefusesAt;

class ReportStoreTest : public log::LogTest {
 protected:
  absl::StatusOr<AddedReport> Add(const std::string& key, const std::string& request = "journal") {
    return store::InTransaction(database_.pool(), {organization_},
                                [&](store::TransactionScope& scope) {
                                  return AddReport(scope, book_, {request, key, "siti"});
                                });
  }
  template <typename Body>
  void Do(const Body& body) {
    EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                        [&](store::TransactionScope& scope) {
                                          body(scope);
                                          return absl::OkStatus();
                                        }),
                IsOk());
  }
  void End(ReportId id, ReportState state = ReportState::kDone) {
    ReportEnd end;
    end.state = state;
    end.bytes = 3;
    end.sha256 = std::string(32, 's');
    Do([&](store::TransactionScope& scope) {
      BeginReport(scope, book_, id);
      AddReportPiece(scope, book_, id, 0, "abc");
      EndReport(scope, book_, id, end);
    });
  }
  absl::StatusOr<StoredReport> Find(std::int64_t id) {
    return Read(
        [&](store::TransactionScope& scope) { return FindReport(scope, book_, ReportId{id}); });
  }
};

TEST_F(ReportStoreTest, AskingTwiceMakesOneReport) {
  const auto first = Add("a");
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->is_new);
  EXPECT_EQ(first->report.id, ReportId{1});
  EXPECT_EQ(first->report.state, ReportState::kWaiting);
  const auto again = Add("a");
  ASSERT_THAT(again, IsOk());
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->report.id, ReportId{1});
  EXPECT_THAT(Add("a", "ledger").status(), RefusesAt("REQUEST_ID_REUSED", "request_id"));
  EXPECT_EQ(Add("b")->report.id, ReportId{2});
}

TEST_F(ReportStoreTest, KnowsWhereBookAndLogWereWhenItBegan) {
  ASSERT_THAT(Post(book_, 3), IsOk());
  SealAll();
  ASSERT_THAT(Add("a"), IsOk());
  Do([&](store::TransactionScope& scope) { EXPECT_TRUE(BeginReport(scope, book_, ReportId{1})); });
  EXPECT_EQ(Find(1)->last_sequence, 3);
  EXPECT_EQ(Find(1)->checkpoint_size, 4);
  EXPECT_TRUE(Find(1)->started_at.has_value());
  // Nobody begins it twice.
  Do([&](store::TransactionScope& scope) { EXPECT_FALSE(BeginReport(scope, book_, ReportId{1})); });
}

TEST_F(ReportStoreTest, OneThatWasCancelledBeforeDoesNotBegin) {
  ASSERT_THAT(Add("a"), IsOk());
  Do([&](store::TransactionScope& scope) {
    AskReportToEnd(scope, book_, ReportId{1});
    EXPECT_TRUE(KeepReportAlive(scope, book_, ReportId{1}, 0));
    EXPECT_FALSE(BeginReport(scope, book_, ReportId{1}));
  });
}

TEST_F(ReportStoreTest, OneWhoseServerIsSilentHasFailed) {
  ASSERT_THAT(Add("a"), IsOk());
  Tamper("update reporting.report set alive_at = alive_at - interval '61 seconds'");
  EXPECT_EQ(Find(1)->state, ReportState::kFailed);
  EXPECT_EQ(Find(1)->reason, "INTERRUPTED");
  EXPECT_TRUE(Find(1)->ended_at.has_value());
}

TEST_F(ReportStoreTest, PiecesStayOnlyOfWhatIsDone) {
  ASSERT_THAT(Add("a"), IsOk());
  ASSERT_THAT(Add("b"), IsOk());
  End(ReportId{1});
  End(ReportId{2}, ReportState::kCancelled);
  const auto piece = [&](std::int64_t report, int number) {
    return *Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::string> {
      return ReadReportPiece(scope, book_, ReportId{report}, number).value_or("nothing");
    });
  };
  EXPECT_EQ(piece(1, 0), "abc");
  EXPECT_EQ(piece(1, 1), "nothing");
  EXPECT_EQ(piece(2, 0), "nothing");
  EXPECT_EQ(Find(2)->state, ReportState::kCancelled);
  EXPECT_EQ(Find(1)->bytes, 3);
}

TEST_F(ReportStoreTest, WhatHasEndedNeverChanges) {
  ASSERT_THAT(Add("a"), IsOk());
  End(ReportId{1});
  const absl::Status changed = store::RunInTransaction(
      database_.pool(), {organization_}, [&](store::TransactionScope& scope) {
        scope.transaction().exec("update reporting.report set message = 'x'");
        return absl::OkStatus();
      });
  EXPECT_THAT(changed, Refuses("IMMUTABLE"));
  Do([&](store::TransactionScope& scope) {
    ReportEnd failed;
    failed.state = ReportState::kFailed;
    EndReport(scope, book_, ReportId{1}, failed);
    EXPECT_EQ(ReadReportPiece(scope, book_, ReportId{1}, 0), "abc");
  });
  EXPECT_EQ(Find(1)->state, ReportState::kDone);
}

TEST_F(ReportStoreTest, TheNewestHundredAreKept) {
  for (int i = 1; i <= kReportsKept + 2; ++i) {
    ASSERT_THAT(Add(absl::StrCat("key ", i)), IsOk());
    End(ReportId{i});
  }
  EXPECT_THAT(Find(2).status(), RefusesAt("REPORT_NOT_FOUND", "name"));
  EXPECT_THAT(Find(3), IsOk());
  const auto reports =
      Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredReport>> {
        return ListReports(scope, book_);
      });
  ASSERT_EQ(reports->size(), static_cast<std::size_t>(kReportsKept));
  EXPECT_EQ(reports->front().id, ReportId{kReportsKept + 2});
}

TEST_F(ReportStoreTest, TenWaitAtOnce) {
  for (int i = 0; i < kReportsAtOnce; ++i) ASSERT_THAT(Add(absl::StrCat(i)), IsOk());
  EXPECT_THAT(Add("one more").status(), Refuses("OVERLOADED"));
  EXPECT_THAT(Add("3"), IsOk());
}

TEST_F(ReportStoreTest, AnotherOrganizationSeesNothing) {
  ASSERT_THAT(Add("a"), IsOk());
  EXPECT_EQ(Ask("select count(*) from reporting.report"), "1");
  organization_ = OrganizationId{ToInteger(organization_) - 1};
  EXPECT_EQ(Ask("select count(*) from reporting.report"), "0");
}

}  // namespace
}  // namespace lumbung::reporting
