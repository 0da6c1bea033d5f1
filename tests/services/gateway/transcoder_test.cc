#include "services/gateway/transcoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::gateway {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;
namespace v1 = ::lumbung::ledger::v1;

const google::protobuf::Descriptor& Request() {
  return *v1::QueryPostingsRequest::descriptor();
}

TEST(TranscoderTest, ReadsJsonAsTheMessage) {
  const auto binary = Transcoder().JsonToBinary(
      Request(), R"({"parent": "books/main", "includeDescendants": true, "from_date": "2026-01-01",
                     "limit": "9007199254740993", "dimensions": {"desa": "Cibuluh"}})");
  ASSERT_THAT(binary, IsOk());
  v1::QueryPostingsRequest request;
  ASSERT_TRUE(request.ParseFromString(*binary));
  EXPECT_EQ(request.parent(), "books/main");
  EXPECT_TRUE(request.include_descendants());
  EXPECT_EQ(request.from_date(), "2026-01-01");
  EXPECT_EQ(request.limit(), 9'007'199'254'740'993);
  EXPECT_EQ(request.dimensions().at("desa"), "Cibuluh");
}

TEST(TranscoderTest, WritesTheMessageAsJson) {
  v1::QueryPostingsRequest request;
  request.set_parent("books/\"utama\"");
  request.set_include_descendants(true);
  request.set_limit(9'007'199'254'740'993);
  EXPECT_EQ(*Transcoder().BinaryToJson(Request(), request.SerializeAsString()),
            R"({"parent":"books/\"utama\"","includeDescendants":true,"limit":"9007199254740993"})");
  EXPECT_EQ(*Transcoder().BinaryToJson(Request(), ""), "{}");
}

TEST(TranscoderTest, RefusesFieldsThatTheMessageDoesNotHave) {
  const auto binary = Transcoder().JsonToBinary(Request(), R"({"parrent": "books/main"})");
  EXPECT_THAT(binary, Refuses("MALFORMED_JSON"));
  EXPECT_THAT(std::string(binary.status().message()), HasSubstr("parrent"));
}

TEST(TranscoderTest, RefusesWhatIsNoJsonOfTheMessage) {
  for (const char* json : {"", "null x", "[]", "{", R"({"parent": 1}})", R"({"limit": "many"})",
                           R"({"limit": 1.5})", R"({"includeDescendants": "yes please"})",
                           "{\"parent\": \"\xff\"}", R"({"limit": 99999999999999999999})"}) {
    EXPECT_THAT(Transcoder().JsonToBinary(Request(), json), Refuses("MALFORMED_JSON")) << json;
  }
}

TEST(TranscoderTest, MeasuresBeforeItParses) {
  const Transcoder transcoder({.max_json_bytes = 200, .max_depth = 3});
  const auto refuse = [&](const std::string& json) {
    return transcoder.JsonToBinary(Request(), json);
  };
  EXPECT_THAT(refuse(std::string(201, ' ')), Refuses("MESSAGE_TOO_LARGE"));
  EXPECT_THAT(refuse("[[[["), Refuses("NESTED_TOO_DEEP"));
  EXPECT_THAT(refuse(R"({"a": [{"b": {)"), Refuses("NESTED_TOO_DEEP"));
  // Brackets in strings are text, also after escaped quotes.
  EXPECT_THAT(refuse(R"({"parent": "[[[[\"[[{{\\"})"), IsOk());
  EXPECT_THAT(refuse(R"({"parent": "\\", "account": [[[[)"), Refuses("NESTED_TOO_DEEP"));
}

TEST(TranscoderTest, SurvivesTheDeepestBodyThatIsRead) {
  EXPECT_THAT(Transcoder().JsonToBinary(Request(), std::string(8 << 20, '[')),
              Refuses("NESTED_TOO_DEEP"));
}

}  // namespace
}  // namespace lumbung::gateway
