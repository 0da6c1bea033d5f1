// Each check of the crash test finds what it is there to find.
#include "tests/crash/audit.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace lumbung::crash {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kDay[] = "2026-03-17";

BookedEntry Booked(int sequence, const std::string& description) {
  BookedEntry entry;
  entry.sequence = sequence;
  entry.number = absl::StrCat("JU-2026-00000", sequence);
  entry.content = {description, kDay, {{"2", 500}, {"1", -500}}};
  entry.leaf_hash = absl::StrCat("hash of ", description);
  entry.recorded_at = absl::FromUnixSeconds(1'800'000'000);
  return entry;
}

Call CallFor(const std::vector<BookedEntry>& entries, const std::string& request_id) {
  Call call;
  call.request_id = request_id;
  call.book = "books/utara";
  call.batch = entries.size() > 1;
  for (const BookedEntry& entry : entries) call.entries.push_back(entry.content);
  return call;
}

// A book of four entries: one alone, a batch of two, and one whose call was never answered.
class AuditTest : public ::testing::Test {
 protected:
  AuditTest() {
    acknowledged_.push_back({CallFor({entries_[0]}, "a"), {entries_[0]}});
    acknowledged_.push_back({CallFor({entries_[1], entries_[2]}, "b"), {entries_[1], entries_[2]}});
    in_doubt_.push_back(CallFor({entries_[3]}, "c"));
  }

  Claims AllClaims() const {
    Claims claims;
    for (const AcknowledgedCall& call : acknowledged_) claims.acknowledged.push_back(&call);
    for (const Call& call : in_doubt_) claims.in_doubt.push_back(&call);
    return claims;
  }
  std::vector<std::string> Faults() const { return FindFaults(AllClaims(), entries_); }

  std::vector<BookedEntry> entries_ = {Booked(1, "a"), Booked(2, "b#0"), Booked(3, "b#1"),
                                       Booked(4, "c")};
  std::vector<AcknowledgedCall> acknowledged_;
  std::vector<Call> in_doubt_;
};

TEST_F(AuditTest, FindsNothingWhenTheBookHoldsWhatTheClientsWereTold) {
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(AuditTest, ACallInDoubtMayAlsoNotHaveBeenDone) {
  entries_.pop_back();
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(AuditTest, FindsALostEntry) {
  entries_ = {Booked(1, "b#0"), Booked(2, "b#1")};
  acknowledged_[1].entries = entries_;
  EXPECT_THAT(Faults(), ElementsAre("a was acknowledged and is lost"));
}

TEST_F(AuditTest, FindsAnEntryThatIsThereTwice) {
  entries_.push_back(Booked(5, "a"));
  EXPECT_THAT(Faults(), ElementsAre("a is in the book twice"));
}

TEST_F(AuditTest, FindsACallInDoubtThatWasDoneTwice) {
  entries_.push_back(Booked(5, "c"));
  EXPECT_THAT(Faults(), ElementsAre("c is in the book twice"));
}

TEST_F(AuditTest, FindsAnEntryThatNobodyAskedFor) {
  acknowledged_.erase(acknowledged_.begin());
  EXPECT_THAT(Faults(), ElementsAre("a is in the book, but nobody asked for it"));
}

TEST_F(AuditTest, FindsHalfABatch) {
  in_doubt_.push_back(CallFor({Booked(5, "d#0"), Booked(6, "d#1"), Booked(7, "d#2")}, "d"));
  entries_.push_back(Booked(5, "d#0"));
  EXPECT_THAT(Faults(), ElementsAre("d is in the book by 1 of its 3 entries"));
}

TEST_F(AuditTest, FindsABatchThatWasRecordedInTwoGoes) {
  acknowledged_[1].entries[1].recorded_at += absl::Seconds(1);
  EXPECT_THAT(Faults(), ElementsAre("b was not recorded in one go"));
}

TEST_F(AuditTest, FindsGapsInSequencesAndNumbers) {
  entries_.push_back(Booked(6, "d"));
  in_doubt_.push_back(CallFor({entries_.back()}, "d"));
  EXPECT_THAT(Faults(), ElementsAre("sequence 6 stands where 5 belongs",
                                    "JU-2026-000006 follows number 4 of its series"));
}

TEST_F(AuditTest, FindsAnEntryThatIsNotTheOneAskedFor) {
  entries_[3].content.lines = {{"2", 500}};
  EXPECT_THAT(Faults(), ElementsAre("c is in the book otherwise than it was asked for"));
}

TEST_F(AuditTest, FindsAnEntryThatChangedAfterItWasAcknowledged) {
  entries_[0].leaf_hash = "another";
  EXPECT_THAT(Faults(), ElementsAre("a was acknowledged as JU-2026-000001 and is JU-2026-000001 "
                                    "now, or has changed"));
}

TEST_F(AuditTest, SumsWhatWasAcknowledgedUpToADay) {
  acknowledged_[0].call.entries[0].date = "2026-03-18";
  EXPECT_EQ(SumOfAcknowledged(AllClaims(), ""), (TrialBalance{{"1", {0, 1500}}, {"2", {1500, 0}}}));
  EXPECT_EQ(SumOfAcknowledged(AllClaims(), kDay),
            (TrialBalance{{"1", {0, 1000}}, {"2", {1000, 0}}}));
}

}  // namespace
}  // namespace lumbung::crash
