// GoogleTest matchers for absl::Status and absl::StatusOr, and for the reasons refusals carry.
//
//   EXPECT_THAT(book.Close(period), IsOk());
//   EXPECT_THAT(Decimal::Parse("1,5"), Refuses("INVALID_AMOUNT"));
//   EXPECT_THAT(Validate(entry), RefusesAt("UNBALANCED", "postings"));
#ifndef LUMBUNG_TESTS_SUPPORT_REFUSAL_MATCHERS_H_
#define LUMBUNG_TESTS_SUPPORT_REFUSAL_MATCHERS_H_

#include <gmock/gmock.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/status.h"

namespace lumbung::testing {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, negation ? "is a refusal" : "is OK") {
  *result_listener << "which is " << StatusOf(arg);
  return StatusOf(arg).ok();
}

MATCHER_P(Refuses, reason, std::string("is refused with ") + reason) {
  *result_listener << "which is " << StatusOf(arg);
  return !StatusOf(arg).ok() && ReasonOf(StatusOf(arg)) == reason;
}

MATCHER_P2(RefusesAt, reason, field, std::string("is refused with ") + reason + " at " + field) {
  *result_listener << "which is " << StatusOf(arg);
  return !StatusOf(arg).ok() && ReasonOf(StatusOf(arg)) == reason &&
         FieldOf(StatusOf(arg)) == field;
}

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_REFUSAL_MATCHERS_H_
