// Each test of the journal, on entries an auditor can read.
#include "reports/audit_tests/journal_tests.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/reports/audit_tests/audited_entries.h"

namespace lumbung::reports {
namespace {

using ::lumbung::testing::AuditedJournal;
using ::lumbung::testing::AuditedLine;
using ::lumbung::testing::AuditedSketch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The entries, by number, that the test finds.
std::vector<std::int64_t> Found(JournalTest test, const std::vector<AuditedSketch>& sketches,
                                const AuditTestSettings& settings = {}) {
  AuditedJournal journal;
  std::vector<const PostedEntry*> entries;
  for (const AuditedSketch& sketch : sketches) entries.push_back(&journal.Add(sketch));
  JournalTests tests(settings);
  for (const PostedEntry* const entry : entries) tests.Learn(*entry);
  std::vector<std::int64_t> found;
  for (const PostedEntry* const entry : entries) {
    if (*tests.Finds(test, *entry)) found.push_back(entry->number);
  }
  return found;
}

AuditedSketch Recorded(const std::string& moment, const std::string& date = "2026-03-04") {
  AuditedSketch sketch;
  sketch.recorded = moment;
  sketch.date = date;
  return sketch;
}

AuditedSketch Lines(const std::vector<AuditedLine>& lines) {
  AuditedSketch sketch;
  sketch.lines = lines;
  return sketch;
}

TEST(JournalTestsTest, BackDatedIsCountedInDaysOnTheBooksClock) {
  EXPECT_THAT(Found(JournalTest::kBackDated, {Recorded("2026-03-04T03:00:00Z"),
                                              Recorded("2026-03-04T03:00:00Z", "2026-02-03"),
                                              Recorded("2026-03-04T03:00:00Z", "2026-02-02"),
                                              // Already the fifth of March in Jakarta.
                                              Recorded("2026-03-04T18:00:00Z", "2026-02-03"),
                                              // Dated ahead.
                                              Recorded("2026-03-04T03:00:00Z", "2026-12-31")}),
              ElementsAre(3, 4));
}

TEST(JournalTestsTest, WeekendsBeginOnTheBooksClock) {
  EXPECT_THAT(Found(JournalTest::kWeekend,
                    {Recorded("2026-03-06T03:00:00Z"),    // Friday
                     Recorded("2026-03-06T17:00:00Z"),    // Saturday, 0:00 in Jakarta
                     Recorded("2026-03-08T16:59:59Z"),    // Sunday, 23:59:59
                     Recorded("2026-03-08T17:00:00Z")}),  // Monday
              ElementsAre(2, 3));
}

TEST(JournalTestsTest, WorkingHoursEndBeforeTheLastHour) {
  const std::vector<AuditedSketch> entries = {Recorded("2026-03-03T23:59:59Z"),   // 6:59:59
                                              Recorded("2026-03-04T00:00:00Z"),   // 7:00
                                              Recorded("2026-03-04T10:59:59Z"),   // 17:59:59
                                              Recorded("2026-03-04T11:00:00Z")};  // 18:00
  EXPECT_THAT(Found(JournalTest::kAfterHours, entries), ElementsAre(1, 4));
  // In Jayapura, two hours ahead, until eight.
  AuditTestSettings settings;
  settings.utc_offset_minutes = 540;
  settings.work_ends_hour = 20;
  EXPECT_THAT(Found(JournalTest::kAfterHours, entries, settings), ElementsAre(4));
}

TEST(JournalTestsTest, RoundSumsAreMultiplesOfTheUnit) {
  EXPECT_THAT(Found(JournalTest::kRoundSum,
                    {Lines({{"1.1.21", "3000000"}, {"4.1.10", "-3000000"}}),
                     Lines({{"1.1.21", "3000000.01"}, {"4.1.10", "-3000000.01"}}),
                     Lines({{"1.1.21", "500000"}, {"1.1.22", "500000"}, {"4.1.10", "-1000000"}}),
                     Lines({{"1.1.21", "999999"}, {"4.1.10", "-999999"}})}),
              ElementsAre(1, 3));
}

TEST(JournalTestsTest, ReversalsAndWhatIsPostedAgain) {
  const std::vector<AuditedLine> bus = {{"5.3.40", "70000"}, {"1.1.21", "-70000"}};
  const std::vector<AuditedLine> turned = {{"5.3.40", "-70000"}, {"1.1.21", "70000"}};
  AuditedSketch wrong = Lines(bus);
  wrong.reversed_by = 2;
  AuditedSketch reversal = Lines(turned);
  reversal.kind = EntryKind::kReversal;
  AuditedSketch again = Lines({bus[1], bus[0]});
  again.date = "2026-04-01";
  const std::vector<AuditedSketch> entries = {wrong, reversal, again, Lines({})};
  EXPECT_THAT(Found(JournalTest::kReversed, entries), ElementsAre(1, 2));
  EXPECT_THAT(Found(JournalTest::kReposted, entries), ElementsAre(3));
  // What was there before the one that was reversed is no second attempt.
  EXPECT_THAT(Found(JournalTest::kReposted, {Lines(bus), wrong, reversal}), IsEmpty());
}

TEST(JournalTestsTest, UnusualPairsOfAccounts) {
  const std::vector<AuditedLine> usual = {{"5.3.40", "5"}, {"1.1.21", "-5"}};
  const std::vector<AuditedLine> unusual = {{"1.1.22", "5"}, {"5.3.40", "-5"}};
  EXPECT_THAT(Found(JournalTest::kRarePair, {Lines(usual), Lines(usual), Lines(unusual)}),
              ElementsAre(3));
  AuditTestSettings settings;
  settings.rare_pair_entries = 2;
  EXPECT_THAT(
      Found(JournalTest::kRarePair,
            {Lines(usual), Lines(usual), Lines(usual), Lines(unusual), Lines(unusual)}, settings),
      ElementsAre(4, 5));
}

// Nothing is left out in silence: an entry that is too wide to pair is itself unusual.
TEST(JournalTestsTest, AnEntryWithTooManyPairsIsUnusual) {
  AuditedJournal journal;
  std::vector<AuditedLine> lines;
  for (const Account& account : journal.book().accounts()) {
    if (!account.postable) continue;
    lines.push_back({account.key, lines.size() % 2 == 0 ? "1" : "-1"});
  }
  const PostedEntry& narrow = journal.Add(Lines(lines));
  JournalTests tests({});
  tests.Learn(narrow);
  tests.Learn(narrow);
  EXPECT_FALSE(*tests.Finds(JournalTest::kRarePair, narrow));
  PostedEntry wide = narrow;
  for (int i = 0; i < 300; ++i) {
    for (ValidPosting posting : narrow.content.postings) {
      posting.account = AccountId{10'000 + i};
      wide.content.postings.push_back(posting);
    }
  }
  EXPECT_TRUE(*tests.Finds(JournalTest::kRarePair, wide));
}

TEST(JournalTestsTest, EveryTestHasWordsInBothLanguages) {
  for (const JournalTest test : kJournalTests) {
    const Label label = TestLabel(test, {});
    EXPECT_NE(label.id, "");
    EXPECT_NE(label.en, "");
  }
}

}  // namespace
}  // namespace lumbung::reports
