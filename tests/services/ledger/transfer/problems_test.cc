#include "services/ledger/transfer/problems.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::transfer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;
using ::testing::SizeIs;

TEST(ProblemListTest, IsOkWhenThereAreNone) {
  EXPECT_THAT(ProblemList().ToStatus(), IsOk());
  EXPECT_THAT(ProblemsOf(absl::OkStatus()), IsEmpty());
}

TEST(ProblemListTest, TakesReasonFromTheFirstAndCarriesAll) {
  ProblemList problems;
  problems.Add(FailedPrecondition("RATE_MISSING", "", "a.journal:1: no rate"));
  problems.Add(InvalidArgument("UNBALANCED", "", "a.journal:9: off\nby one"));
  const absl::Status status = problems.ToStatus();
  EXPECT_THAT(status, Refuses("RATE_MISSING"));
  EXPECT_EQ(status.message(), "a.journal:1: no rate (and 1 more)");
  EXPECT_THAT(ProblemsOf(status), ElementsAre("a.journal:1: no rate", "a.journal:9: off by one"));
}

TEST(ProblemListTest, KeepsAHundredAndCountsTheOthers) {
  ProblemList problems;
  for (int i = 0; i < 250; ++i) {
    EXPECT_EQ(problems.full(), i >= 100);
    problems.Add(InvalidArgument("UNBALANCED", "", absl::StrCat("a.journal:", i, ": off")));
  }
  EXPECT_THAT(ProblemsOf(problems.ToStatus()), SizeIs(kMaxProblems));
  EXPECT_EQ(problems.ToStatus().message(), "a.journal:0: off (and 249 more)");
  problems.CountMore(50);
  EXPECT_EQ(problems.ToStatus().message(), "a.journal:0: off (and 299 more)");
}

TEST(ProblemsOfTest, IsTheMessageOfAnOrdinaryRefusal) {
  EXPECT_THAT(ProblemsOf(InvalidArgument("PARSE_ERROR", "", "a:1: what")),
              ElementsAre("a:1: what"));
}

TEST(PlaceOfTest, FindsFileAndLineAtTheStart) {
  EXPECT_EQ(PlaceOf("a.journal:12: found x"), "a.journal:12");
  EXPECT_EQ(PlaceOf("2026: a/b c.journal:12: found x: 3"), "2026: a/b c.journal:12");
  EXPECT_EQ(PlaceOf("no place: here"), "");
  EXPECT_EQ(PlaceOf(""), "");
}

}  // namespace
}  // namespace lumbung::transfer
