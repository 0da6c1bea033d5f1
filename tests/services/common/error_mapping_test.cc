#include "services/common/error_mapping.h"

#include <string>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "lumbung/common/v1/errors.pb.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RefusesAt;

TEST(ErrorMappingTest, CarriesCodeReasonFieldAndMessageToTheClient) {
  const absl::Status sent = FailedPrecondition("PERIOD_HARD_CLOSED", "journal_entry.effective_date",
                                               "2026-01-31 lies in a closed month");
  const absl::Status received = FromGrpcStatus(ToGrpcStatus(sent));
  EXPECT_EQ(received.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(received, RefusesAt("PERIOD_HARD_CLOSED", "journal_entry.effective_date"));
  EXPECT_EQ(received.message(), sent.message());
}

TEST(ErrorMappingTest, UsesTheStandardDetailTypes) {
  const grpc::Status status =
      ToGrpcStatus(InvalidArgument("INVALID_AMOUNT", "postings[1].amount", "1,5 is no amount"));
  common::v1::RpcStatus details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), grpc::StatusCode::INVALID_ARGUMENT);
  ASSERT_EQ(details.details_size(), 2);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(details.details(1).type_url(), "type.googleapis.com/google.rpc.BadRequest");
  common::v1::ErrorInfo info;
  ASSERT_TRUE(info.ParseFromString(details.details(0).value()));
  EXPECT_EQ(info.domain(), "lumbung");
}

TEST(ErrorMappingTest, KeepsFaultsOfTheServerToItself) {
  for (const absl::StatusCode code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown, absl::StatusCode::kDataLoss}) {
    const grpc::Status status = ToGrpcStatus(absl::Status(code, "relation \"secret\""), "5f-12");
    EXPECT_EQ(static_cast<int>(status.error_code()), static_cast<int>(code));
    EXPECT_THAT(status.error_message(), Not(HasSubstr("secret")));
    EXPECT_THAT(status.error_details(), Not(HasSubstr("secret")));
    EXPECT_THAT(status.error_message(), HasSubstr("5f-12"));
  }
}

TEST(ErrorMappingTest, CutsLongMessagesAfterAWholeCharacter) {
  std::string text = "x";
  while (text.size() < 5'000) text += "é";
  const grpc::Status status = ToGrpcStatus(InvalidArgument("PARSE_ERROR", "file", text));
  // 1 + 599 whole characters of two bytes.
  EXPECT_EQ(status.error_message(), text.substr(0, 1'199) + " ...");
}

TEST(ErrorMappingTest, ReadsStatusesOfOtherServers) {
  const absl::Status status = FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  EXPECT_EQ(status, absl::UnavailableError("down"));
  EXPECT_EQ(FromGrpcStatus(grpc::Status(grpc::StatusCode::ABORTED, "", "\xFF no message")).code(),
            absl::StatusCode::kAborted);
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

}  // namespace
}  // namespace lumbung
