// The sample against a model that counts every unit of money one by one.
#include "reports/audit_tests/monetary_unit_sample.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using ::lumbung::testing::RefusesAt;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

Decimal Cents(std::int64_t units) {
  return *Decimal::FromUnits(units, 2);
}

std::vector<int> HitsOf(MonetaryUnitSample sample, const std::vector<std::int64_t>& items) {
  std::vector<int> hits;
  for (const std::int64_t item : items) hits.push_back(sample.Take(Cents(item)));
  return hits;
}

// SHA-256("kap-2026") begins with b44a32c53a01bf198af010aaf38aeaed (by sha256sum), which is 2
// modulo 25 (by Python): units 2, 27, 52 and 77 are drawn.
TEST(MonetaryUnitSampleTest, IsDrawnFromTheSeedAlone) {
  const auto sample = MonetaryUnitSample::Draw(Cents(100), 4, "kap-2026");
  ASSERT_TRUE(sample.ok());
  EXPECT_EQ(sample->interval(), Cents(25));
  EXPECT_EQ(sample->start(), Cents(2));
  EXPECT_THAT(HitsOf(*sample, {10, 20, 0, 50, 20}), ElementsAre(1, 1, 0, 2, 0));
}

TEST(MonetaryUnitSampleTest, RefusesASampleLargerThanWhatThereIs) {
  EXPECT_THAT(MonetaryUnitSample::Draw(Cents(3), 4, "x").status(),
              RefusesAt("INVALID_SETTING", "size"));
  EXPECT_TRUE(MonetaryUnitSample::Draw(Cents(4), 4, "x").ok());
}

TEST(MonetaryUnitSampleTest, DrawsWhatTheModelDraws) {
  const std::uint64_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int64_t> items;
    std::int64_t population = 0;
    for (std::uint64_t i = 0; i < 1 + random() % 40; ++i) {
      items.push_back(static_cast<std::int64_t>(random() % (random() % 10 == 0 ? 5'000 : 50)));
      population += items.back();
    }
    const int size = static_cast<int>(1 + random() % 30);
    if (population < size) continue;
    const auto sample =
        MonetaryUnitSample::Draw(Cents(population), size, absl::StrCat("seed ", round));
    ASSERT_TRUE(sample.ok());
    const auto start = static_cast<std::int64_t>(sample->start().units());
    const std::int64_t interval = population / size;
    ASSERT_LT(start, interval);

    std::vector<int> expected(items.size());
    std::int64_t unit = 0;
    int drawn = 0;
    for (std::size_t item = 0; item < items.size(); ++item) {
      for (std::int64_t i = 0; i < items[item]; ++i, ++unit) {
        if (unit < start || (unit - start) % interval != 0 || drawn == size) continue;
        ++expected[item];
        ++drawn;
      }
    }
    ASSERT_THAT(HitsOf(*sample, items), ElementsAreArray(expected));
    ASSERT_EQ(drawn, size);
  }
}

}  // namespace
}  // namespace lumbung::reports
