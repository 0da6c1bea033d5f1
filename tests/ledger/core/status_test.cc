#include "ledger/core/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Refuses;
using testing::RefusesAt;

TEST(RefusalTest, CarriesCodeReasonFieldAndMessage) {
  const absl::Status status =
      InvalidArgument("UNBALANCED", "postings", "debits are 5 and credits are 4");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "UNBALANCED");
  EXPECT_EQ(FieldOf(status), "postings");
  EXPECT_EQ(status.message(), "debits are 5 and credits are 4");
  EXPECT_EQ(FailedPrecondition("PERIOD_CLOSED", "", "").code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(NotFound("UNKNOWN_ACCOUNT", "", "").code(), absl::StatusCode::kNotFound);
}

TEST(RefusalTest, OtherStatusesCarryNoReason) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(FieldOf(absl::InternalError("broken")), "");
  EXPECT_EQ(PrefixField(absl::InternalError("broken"), "entry."), absl::InternalError("broken"));
  EXPECT_EQ(PrefixField(absl::OkStatus(), "entry."), absl::OkStatus());
}

TEST(RefusalTest, FieldPathGrowsOutwards) {
  const absl::Status inner = InvalidArgument("INVALID_AMOUNT", "", "not a number");
  const absl::Status amount = PrefixField(inner, "amount");
  EXPECT_THAT(PrefixField(PrefixField(amount, "postings[1]."), "journal_entry."),
              RefusesAt("INVALID_AMOUNT", "journal_entry.postings[1].amount"));
  // A refusal of the whole is a refusal of the field that holds it.
  EXPECT_THAT(PrefixField(inner, "journal_entry."), RefusesAt("INVALID_AMOUNT", "journal_entry"));
  EXPECT_EQ(PrefixField(inner, "amount").message(), "not a number");
}

absl::StatusOr<int> Twice(absl::StatusOr<int> n) {
  LUMBUNG_ASSIGN_OR_RETURN(const int value, n);
  LUMBUNG_RETURN_IF_ERROR(value < 0 ? InvalidArgument("NEGATIVE", "", "") : absl::OkStatus());
  return 2 * value;
}

TEST(MacroTest, FirstErrorEndsTheFunction) {
  EXPECT_EQ(*Twice(21), 42);
  EXPECT_THAT(Twice(-1), Refuses("NEGATIVE"));
  EXPECT_THAT(Twice(NotFound("MISSING", "", "")), Refuses("MISSING"));
}

}  // namespace
}  // namespace lumbung
