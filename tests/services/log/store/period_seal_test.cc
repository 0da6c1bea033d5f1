// Months that are closed for good, and the checkpoint that each close names (INV-029).
#include "services/log/store/period_seal.h"

#include <map>
#include <string>

#include <gmock/gmock.h>

#include "ledger/core/status.h"
#include "ledger/store/period_store.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::RefusesAt;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class PeriodSealTest : public LogTest {
 protected:
  PeriodSealTest() { EXPECT_THAT(Post(book_, 3), IsOk()); }

  absl::Status Close(bool keeps_log, bool seals = true) {
    return store::RunInTransaction(
        database_.pool(), {organization_}, [&](store::TransactionScope& scope) -> absl::Status {
          LUMBUNG_RETURN_IF_ERROR(store::HardClosePeriod(scope, book_, march_, now_).status());
          return seals ? SealPeriod(scope, book_, march_, keeps_log) : absl::OkStatus();
        });
  }
  std::map<Date, std::int64_t> Seals() {
    const auto seals =
        Read([&](store::TransactionScope& scope) { return PeriodSeals(scope, book_); });
    EXPECT_THAT(seals, IsOk());
    return seals.ok() ? *seals : std::map<Date, std::int64_t>();
  }
  std::int64_t Behind(std::int64_t size) {
    return *Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::int64_t> {
      return EntriesBehind(scope, book_, march_.LastOfMonth(), size);
    });
  }
  std::string State() {
    return Ask("select coalesce((select state::text from ledger.period), 'open')");
  }

  const Date march_ = *Date::Parse("2026-03-01");
};

TEST_F(PeriodSealTest, ACloseNamesTheCheckpointThatCoversTheBook) {
  SealAll();
  ASSERT_THAT(Close(true), IsOk());
  // The key's record and three entries.
  EXPECT_THAT(Seals(), ElementsAre(Pair(march_, 4)));
  EXPECT_EQ(Behind(4), 0);
  EXPECT_EQ(Behind(3), 1);
  // The same again names the same, also when the log has grown.
  RecordEvent("books/main");
  SealAll();
  ASSERT_THAT(Close(true), IsOk());
  EXPECT_THAT(Seals(), ElementsAre(Pair(march_, 4)));
}

TEST_F(PeriodSealTest, AMonthStaysOpenWhileTheNewestEntryIsNotSealed) {
  EXPECT_THAT(Close(true), RefusesAt("NOT_SEALED", "name"));
  SealAll();
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_THAT(Close(true), RefusesAt("NOT_SEALED", "name"));
  // Whether this server seals or not: there is a log.
  EXPECT_THAT(Close(false), RefusesAt("NOT_SEALED", "name"));
  EXPECT_EQ(State(), "open");
  EXPECT_THAT(Seals(), IsEmpty());
  SealAll();
  EXPECT_THAT(Close(true), IsOk());
}

TEST_F(PeriodSealTest, TheDatabaseRefusesACloseThatForgetsTheLog) {
  SealAll();
  EXPECT_FALSE(Close(true, /*seals=*/false).ok());
  EXPECT_EQ(State(), "open");
}

TEST_F(PeriodSealTest, WithoutALogThereIsNothingToNameUntilThereIsOne) {
  ASSERT_THAT(Close(false), IsOk());
  EXPECT_THAT(Seals(), IsEmpty());
  SealAll();
  ASSERT_THAT(Close(true), IsOk());
  EXPECT_THAT(Seals(), ElementsAre(Pair(march_, 4)));
}

}  // namespace
}  // namespace lumbung::log
