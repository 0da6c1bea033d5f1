// Sealing while everything goes wrong: batches that break off at every step, connections that are
// killed, and writers that never stop. Whatever happened, the log has no gap and no fork, and in
// the end everything committed is in it once.
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "services/log/store/seal_batch.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::testing::Not;

constexpr absl::string_view kSteps[] = {"lock",     "load",    "collect",    "leaves",
                                        "subtrees", "barrier", "checkpoint", "commit"};

class SealFaultTest : public LogTest {
 protected:
  // Everything that was committed, from the tables that it was committed to.
  std::int64_t Committed() {
    return std::stoll(
        Ask("select (select count(*) from ledger.journal_entry) + "
            "(select count(*) from identity.audit_event)"));
  }
  void ExpectAllSealed() {
    SealAll();
    ExpectSound();
    EXPECT_EQ(Ask("select count(*) from log.leaf where kind <> 3"), absl::StrCat(Committed()));
    EXPECT_EQ(Ask("select count(*) from ledger.journal_entry e where not exists ("
                  "select 1 from log.leaf l where l.kind = 1 and l.book_id = e.book_id "
                  "and l.subject_id = e.entry_id and l.leaf_hash = e.leaf_hash)"),
              "0");
    EXPECT_EQ(Ask("select count(*) from identity.audit_event e where not exists ("
                  "select 1 from log.leaf l where l.kind = 2 and l.subject_id = e.event_id)"),
              "0");
  }
};

TEST_F(SealFaultTest, BreakingOffAnywhereLeavesNothing) {
  for (int round = 0; round < 200; ++round) {
    const absl::string_view fatal = kSteps[static_cast<std::size_t>(round) % std::size(kSteps)];
    ASSERT_THAT(Post(book_, 1 + round % 3), IsOk());
    if (round % 2 == 0) RecordEvent(absl::StrCat("event ", round));
    const std::int64_t before = Size();
    SealOptions options = Options();
    options.before_step = [&](absl::string_view step) {
      return step == fatal ? absl::CancelledError("killed") : absl::OkStatus();
    };
    EXPECT_THAT(Seal(options), Not(IsOk())) << fatal;
    EXPECT_EQ(Size(), before) << fatal;
    // Now and then a batch gets through.
    if (round % 5 == 4) SealAll();
    if (round % 20 == 19) ExpectSound();
  }
  ExpectAllSealed();
}

TEST_F(SealFaultTest, AKilledConnectionLeavesNothing) {
  pqxx::connection superuser(database_.superuser_uri());
  for (const absl::string_view fatal : kSteps) {
    ASSERT_THAT(Post(book_, 2), IsOk());
    const std::int64_t before = Size();
    SealOptions options = Options();
    options.before_step = [&](absl::string_view step) {
      if (step == fatal) {
        pqxx::nontransaction session(superuser);
        session.exec(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where usename = 'lumbung_app' and datname = current_database()");
      }
      return absl::OkStatus();
    };
    EXPECT_THAT(Seal(options), Not(IsOk())) << fatal;
    EXPECT_EQ(Size(), before) << fatal;
  }
  ExpectAllSealed();
}

TEST_F(SealFaultTest, ConcurrentWritersAreSealedOnce) {
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  const BookKey second = CreateBook(organization_, "second");
  std::atomic<int> writing{0};
  std::vector<std::thread> threads;
  const auto writer = [&](int number, const auto& write) {
    ++writing;
    threads.emplace_back([&, number, write] {
      std::mt19937 random(seed + static_cast<std::uint32_t>(number));
      for (int i = 0; i < 40; ++i) write(random);
      --writing;
    });
  };
  for (int i = 0; i < 2; ++i) {
    writer(i, [&](std::mt19937& random) {
      ASSERT_THAT(Post(random() % 2 == 0 ? book_ : second, 1 + static_cast<int>(random() % 4)),
                  IsOk());
    });
  }
  // Events whose transactions stay open for a while, in any order; some are rolled back.
  for (int i = 2; i < 5; ++i) {
    writer(i, [&](std::mt19937& random) {
      pqxx::connection connection(database_.app_uri());
      pqxx::work transaction(connection);
      transaction.exec0(
          absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
      for (unsigned event = 0; event <= random() % 3; ++event) {
        transaction.exec0(absl::StrCat(
            "insert into identity.audit_event (organization_id, user_name, display_name, "
            "from_address, method, action, resource, request_id, reason) values (",
            ToInteger(organization_), ", '', '', '', '', '', '', '', '')"));
      }
      transaction.exec(absl::StrCat("select pg_sleep(", random() % 20, " / 1000.0)"));
      if (random() % 4 != 0) transaction.commit();
    });
  }
  // Two sealers that get in each other's way, and break off.
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      std::mt19937 random(seed + 100 + static_cast<std::uint32_t>(i));
      while (writing > 0) {
        SealOptions options = Options();
        options.limit = 1 + static_cast<int>(random() % 20);
        const bool breaks = random() % 3 == 0;
        const absl::string_view fatal = kSteps[random() % std::size(kSteps)];
        options.before_step = [&](absl::string_view step) {
          return breaks && step == fatal ? absl::CancelledError("killed") : absl::OkStatus();
        };
        const auto batch = Seal(options);
        EXPECT_TRUE(batch.ok() || breaks) << batch.status();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ExpectAllSealed();
}

}  // namespace
}  // namespace lumbung::log
