#include "services/gateway/connect_error.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/errors.pb.h"
#include "services/common/error_mapping.h"
#include "services/gateway/envelope.h"

namespace lumbung::gateway {
namespace {

using Json = nlohmann::json;

TEST(ConnectErrorTest, GivesEachCodeItsNameAndHttpStatus) {
  const struct {
    grpc::StatusCode code;
    const char* name;
    int http;
  } kRows[] = {{grpc::StatusCode::CANCELLED, "canceled", 499},
               {grpc::StatusCode::UNKNOWN, "unknown", 500},
               {grpc::StatusCode::INVALID_ARGUMENT, "invalid_argument", 400},
               {grpc::StatusCode::DEADLINE_EXCEEDED, "deadline_exceeded", 504},
               {grpc::StatusCode::NOT_FOUND, "not_found", 404},
               {grpc::StatusCode::ALREADY_EXISTS, "already_exists", 409},
               {grpc::StatusCode::PERMISSION_DENIED, "permission_denied", 403},
               {grpc::StatusCode::RESOURCE_EXHAUSTED, "resource_exhausted", 429},
               {grpc::StatusCode::FAILED_PRECONDITION, "failed_precondition", 400},
               {grpc::StatusCode::ABORTED, "aborted", 409},
               {grpc::StatusCode::OUT_OF_RANGE, "out_of_range", 400},
               {grpc::StatusCode::UNIMPLEMENTED, "unimplemented", 501},
               {grpc::StatusCode::INTERNAL, "internal", 500},
               {grpc::StatusCode::UNAVAILABLE, "unavailable", 503},
               {grpc::StatusCode::DATA_LOSS, "data_loss", 500},
               {grpc::StatusCode::UNAUTHENTICATED, "unauthenticated", 401},
               {grpc::StatusCode::DO_NOT_USE, "unknown", 500}};
  for (const auto& row : kRows) {
    EXPECT_EQ(ConnectCodeName(row.code), row.name);
    EXPECT_EQ(HttpStatusOf(row.code), row.http) << row.name;
  }
}

TEST(ConnectErrorTest, CarriesTheDetailsAsBytesAndReadable) {
  const HttpResponse response =
      ErrorResponse(InvalidArgument("UNBALANCED", "journal_entry", "debits differ by 1"));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(FindHeader(response.headers, "Content-Type"), "application/json");
  const Json error = Json::parse(response.body);
  EXPECT_EQ(error["code"], "invalid_argument");
  EXPECT_EQ(error["message"], "debits differ by 1");
  ASSERT_EQ(error["details"].size(), 2u);
  const Json& info = error["details"][0];
  EXPECT_EQ(info["type"], "google.rpc.ErrorInfo");
  EXPECT_EQ(info["debug"]["reason"], "UNBALANCED");
  const std::string value = info["value"];
  EXPECT_EQ(value.find('='), std::string::npos);
  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(value, &bytes));
  common::v1::ErrorInfo decoded;
  ASSERT_TRUE(decoded.ParseFromString(bytes));
  EXPECT_EQ(decoded.reason(), "UNBALANCED");
  EXPECT_EQ(error["details"][1]["type"], "google.rpc.BadRequest");
  EXPECT_EQ(error["details"][1]["debug"]["fieldViolations"][0]["field"], "journal_entry");
}

TEST(ConnectErrorTest, PassesOnDetailsThatItDoesNotKnow) {
  common::v1::RpcStatus details;
  details.add_details()->set_type_url("type.example.com/other.Type");
  details.mutable_details(0)->set_value("\x01\x02");
  const Json error = Json::parse(
      ErrorJson(grpc::Status(grpc::StatusCode::ABORTED, "again", details.SerializeAsString())));
  EXPECT_EQ(error["details"], Json::parse(R"([{"type": "other.Type", "value": "AQI"}])"));
}

TEST(ConnectErrorTest, SurvivesMessagesAndDetailsThatAreNoText) {
  const Json error = Json::parse(
      ErrorJson(grpc::Status(grpc::StatusCode::UNKNOWN, "bad \xff byte", "\xff\xff no status")));
  EXPECT_EQ(error["message"], "bad \xef\xbf\xbd byte");
  EXPECT_FALSE(error.contains("details"));
}

TEST(ConnectErrorTest, EndsStreams) {
  EXPECT_EQ(EndOfStream(grpc::Status::OK), Envelope(kEndOfStreamFlag, "{}"));
  const std::string end = EndOfStream(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such book"));
  ASSERT_EQ(end[0], kEndOfStreamFlag);
  const Json body = Json::parse(end.substr(5));
  EXPECT_EQ(body["error"]["code"], "not_found");
  EXPECT_EQ(body["error"]["message"], "no such book");
}

}  // namespace
}  // namespace lumbung::gateway
