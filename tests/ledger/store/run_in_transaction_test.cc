#include "ledger/store/run_in_transaction.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::testing {
namespace {

using store::Access;
using store::Statement;
using store::TransactionOptions;
using store::TransactionScope;

class RunInTransactionTest : public StoreTest {
 protected:
  auto Run(const TransactionOptions& options,
           const std::function<absl::Status(TransactionScope&)>& body) {
    return store::RunInTransaction(database_.pool(), options, body);
  }
  absl::Status RunSql(const TransactionOptions& options, const char* name, const char* sql) {
    return Run(options, [&](TransactionScope& scope) {
      scope.Execute(Statement{name, sql});
      return absl::OkStatus();
    });
  }
};

TEST_F(RunInTransactionTest, RollsBackWhatItsBodyRefuses) {
  const absl::Status status = Run({organization_}, [&](TransactionScope& scope) {
    EXPECT_THAT(store::CreateFunds(scope, book_, {{"hibah", ""}}), IsOk());
    return FailedPrecondition("CHANGED_MY_MIND", "", "no");
  });
  EXPECT_THAT(status, Refuses("CHANGED_MY_MIND"));
  EXPECT_EQ(Contents().funds.size(), 1u);
}

TEST_F(RunInTransactionTest, AReadOnlyTransactionWritesNothing) {
  const absl::Status status = RunSql({organization_, Access::kReadOnly}, "write",
                                     "update ledger.book set display_name = ''");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
}

TEST_F(RunInTransactionTest, AReadOnlyTransactionKeepsOneView) {
  const absl::Status status =
      Run({organization_, Access::kReadOnly}, [&](TransactionScope& scope) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const BookContents before, store::LoadBookContents(scope, book_));
        EXPECT_THAT(CreateAccounts({NewTestAccount("1", AccountType::kAsset)}), IsOk());
        LUMBUNG_ASSIGN_OR_RETURN(const BookContents after, store::LoadBookContents(scope, book_));
        EXPECT_EQ(after.metadata_version, before.metadata_version);
        EXPECT_TRUE(after.accounts.empty());
        return absl::OkStatus();
      });
  EXPECT_THAT(status, IsOk());
}

TEST_F(RunInTransactionTest, TheDeadlineReachesTheDatabase) {
  const absl::Status status =
      RunSql({organization_, Access::kReadWrite, absl::Now() + absl::Milliseconds(300)}, "slow",
             "select pg_sleep(30)");
  EXPECT_THAT(status, Refuses("DEADLINE_EXCEEDED"));
}

TEST_F(RunInTransactionTest, WaitingForALockEndsAtTheDeadline) {
  const absl::Status status = Run({organization_}, [&](TransactionScope& holder) -> absl::Status {
    LUMBUNG_RETURN_IF_ERROR(store::ChangeBook(holder, book_, 1).status());
    EXPECT_THAT(
        Run({organization_, Access::kReadWrite, absl::Now() + absl::Milliseconds(300)},
            [&](TransactionScope& scope) { return store::ChangeBook(scope, book_, 1).status(); }),
        Refuses("DEADLINE_EXCEEDED"));
    return absl::OkStatus();
  });
  EXPECT_THAT(status, IsOk());
}

// Two transactions lock two books in opposite order. PostgreSQL ends one of them; it is run again,
// and both succeed.
TEST_F(RunInTransactionTest, RunsAgainAfterADeadlock) {
  const BookKey other = CreateBook("other");
  absl::Notification first_holds;
  absl::Notification second_holds;
  std::atomic<int> runs{0};
  const auto lock_both = [&](BookKey one, BookKey two, absl::Notification* mine,
                             absl::Notification* theirs) {
    return Run({organization_}, [&, one, two](TransactionScope& scope) -> absl::Status {
      ++runs;
      LUMBUNG_RETURN_IF_ERROR(store::ChangeBook(scope, one, 1).status());
      if (!mine->HasBeenNotified()) mine->Notify();
      theirs->WaitForNotification();
      return store::ChangeBook(scope, two, 1).status();
    });
  };
  absl::Status first;
  std::thread thread([&] { first = lock_both(book_, other, &first_holds, &second_holds); });
  const absl::Status second = lock_both(other, book_, &second_holds, &first_holds);
  thread.join();
  EXPECT_THAT(first, IsOk());
  EXPECT_THAT(second, IsOk());
  EXPECT_EQ(runs, 3);
}

TEST_F(RunInTransactionTest, AMissingPrivilegeIsOurFaultAndKeepsTheConnection) {
  const absl::Status status =
      RunSql({organization_}, "forbidden", "update ledger.posting set memo = ''");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(RunSql({organization_}, "fine", "select 1"), IsOk());
}

TEST_F(RunInTransactionTest, ALostConnectionIsReplaced) {
  EXPECT_THAT(RunSql({organization_}, "suicide", "select pg_terminate_backend(pg_backend_pid())"),
              Refuses("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(RunSql({organization_}, "fine", "select 1"), IsOk());
}

TEST_F(RunInTransactionTest, WaitsForAConnectionUntilTheDeadline) {
  store::ConnectionPool small({database_.app_uri(), 1});
  const absl::Status status =
      store::RunInTransaction(small, {organization_}, [&](TransactionScope&) {
        const auto lease = small.Acquire(absl::Now() + absl::Milliseconds(50));
        EXPECT_THAT(lease, Refuses("OVERLOADED"));
        EXPECT_EQ(small.usage().in_use, 1);
        return absl::OkStatus();
      });
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(small.usage().in_use, 0);
}

}  // namespace
}  // namespace lumbung::testing
