#include "services/log/sealer/sealer.h"

#include <functional>
#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/common/random_bytes.h"
#include "tests/services/log/store/log_fixture.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

class SealerTest : public LogTest {
 protected:
  Sealer::Options InFolder() {
    Sealer::Options options;
    options.pool = &database_.pool();
    options.keys_dir = folder_.path() + "/keys";
    options.random_bytes = SecureRandomBytes;
    options.interval = absl::Milliseconds(10);
    return options;
  }
  // Another thread is waited for, which no fake clock can hurry.
  static bool Eventually(const std::function<bool()>& holds) {
    const absl::Time end = absl::Now() + absl::Seconds(60);
    while (!holds()) {
      if (absl::Now() > end) return false;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return true;
  }
  std::string Unsealed() {
    return Ask(
        "select (select count(*) from ledger.journal_entry) + "
        "(select count(*) from identity.audit_event) - "
        "(select count(*) from log.leaf where kind <> 3)");
  }

  testing::TemporaryFolder folder_;
};

TEST_F(SealerTest, SealsEveryOrganization) {
  ASSERT_THAT(Post(book_, 3), IsOk());
  RecordEvent("one");
  const auto sealer = Sealer::Start(InFolder());
  ASSERT_THAT(sealer, IsOk());
  // The neighbour has three entries of its own, and each log begins with the key.
  EXPECT_TRUE(Eventually([&] { return (*sealer)->sealed() == 9; }));
  EXPECT_EQ(Unsealed(), "0");
  EXPECT_EQ(Size(), 5);
  ASSERT_THAT(Post(book_, 2), IsOk());
  EXPECT_TRUE(Eventually([&] { return (*sealer)->sealed() == 11; }));
  EXPECT_EQ((*sealer)->failures(), 0);
  ExpectSound();
}

TEST_F(SealerTest, GoesOnAfterEveryStart) {
  for (int round = 0; round < 5; ++round) {
    ASSERT_THAT(Post(book_, 700), IsOk());
    const auto sealer = Sealer::Start(InFolder());
    ASSERT_THAT(sealer, IsOk());
    // Stopped wherever it is.
    EXPECT_TRUE(round % 2 == 1 || Eventually([&] { return (*sealer)->sealed() > 0; }));
  }
  const auto sealer = Sealer::Start(InFolder());
  EXPECT_TRUE(Eventually([&] { return Unsealed() == "0"; }));
  ExpectSound();
}

TEST_F(SealerTest, TakesOverANewKeyWhileItRuns) {
  const auto sealer = Sealer::Start(InFolder());
  EXPECT_TRUE(Eventually([&] { return Size() == 1; }));
  ASSERT_THAT(RotateKey(InFolder().keys_dir, SecureRandomBytes), IsOk());
  EXPECT_TRUE(Eventually([&] { return Size() == 2; }));
  EXPECT_EQ((*sealer)->failures(), 0);
  ExpectSound();
}

// What is wrong with one organization holds no other up.
TEST_F(SealerTest, OneDamagedLogStopsNoOther) {
  ASSERT_THAT(Post(book_, 1), IsOk());
  Tamper(absl::StrCat("update ledger.journal_entry set canonical = 'x' where organization_id = ",
                      ToInteger(organization_) - 1));
  const auto sealer = Sealer::Start(InFolder());
  EXPECT_TRUE(Eventually([&] { return Size() == 2 && (*sealer)->failures() > 0; }));
  ExpectSound();
}

TEST_F(SealerTest, DoesNotStartWithoutItsKey) {
  Sealer::Options options = InFolder();
  options.keys_dir = "/proc/nowhere";
  EXPECT_THAT(Sealer::Start(options), Refuses("KEY_FILE_UNREADABLE"));
}

}  // namespace
}  // namespace lumbung::log
