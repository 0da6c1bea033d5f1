#include "services/gateway/json_schema.h"

#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "tests/services/gateway/filled_message.h"
#include "tests/services/gateway/samples.h"
#include "tests/services/gateway/schema_walker.h"

namespace lumbung::gateway {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;

class JsonSchemaTest : public ::testing::Test {
 protected:
  JsonSchemaTest() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
    const auto files = ReadSample("everything");
    pool_.BuildFile(files.file(files.file_size() - 1));
    everything_ = pool_.FindMessageTypeByName("sample.Everything");
    factory_.SetDelegateToGeneratedFactory(true);
    ref_ = Json(schemas_.RefTo(*everything_));
    document_["components"]["schemas"] = Json(schemas_.ToJson());
  }

  // What protobuf makes of a message that is filled in one of the ways.
  Json Filled(int filling, bool with_defaults) {
    const std::unique_ptr<google::protobuf::Message> message(
        factory_.GetPrototype(everything_)->New());
    if (!with_defaults) Fill(filling, message.get());
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = with_defaults;
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(*message, &json, options).ok());
    return Json::parse(json);
  }

  const Json& Schema(const std::string& name) const {
    return document_["components"]["schemas"][name];
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* everything_ = nullptr;
  SchemaCollection schemas_;
  Json ref_;
  Json document_;
};

TEST_F(JsonSchemaTest, FitsWhatProtobufWrites) {
  std::set<std::string> written;
  for (int filling = 0; filling < kFillings; ++filling) {
    const Json value = Filled(filling, /*with_defaults=*/false);
    EXPECT_THAT(Violations(document_, ref_, value), IsEmpty()) << value.dump(1);
    for (const auto& item : value.items()) written.insert(item.key());
  }
  // And describes nothing that protobuf does not write.
  for (const auto& item : Schema("sample.Everything")["properties"].items()) {
    EXPECT_EQ(written.count(item.key()), 1u) << item.key();
  }
}

TEST_F(JsonSchemaTest, FitsDefaultsToo) {
  EXPECT_THAT(Violations(document_, ref_, Filled(0, /*with_defaults=*/true)), IsEmpty());
}

TEST_F(JsonSchemaTest, FitsNothingElse) {
  for (const char* json : {R"([])",
                           R"({"anInt64": 1})",
                           R"({"anInt32": "1"})",
                           R"({"aUint64": "-1"})",
                           R"({"aUint32": -1})",
                           R"({"aBool": "true"})",
                           R"({"an_int64": "1"})",
                           R"({"way": "UP"})",
                           R"({"someBytes": "?"})",
                           R"({"numbers": "1"})",
                           R"({"numbers": [1]})",
                           R"({"dates": [{"yeer": 1}]})",
                           R"({"texts": {"a": 1}})",
                           R"({"datesByNumber": {"a": {}}})",
                           R"({"waysByTruth": {"yes": "WAY_UP"}})",
                           R"({"time": "yesterday"})",
                           R"({"empty": {"a": 1}})",
                           R"({"duration": "1h"})",
                           R"({"any": {}})",
                           R"({"aDouble": "much"})",
                           R"({"object": []})",
                           R"({"maybeInt64": 1})",
                           R"({"inner": {"inner": {"aString": 5}}})"}) {
    EXPECT_THAT(Violations(document_, ref_, Json::parse(json)), Not(IsEmpty())) << json;
  }
}

TEST_F(JsonSchemaTest, CollectsWhatAMessageRefersTo) {
  EXPECT_TRUE(schemas_.Contains("sample.Everything"));
  EXPECT_TRUE(schemas_.Contains("sample.Date"));
  EXPECT_TRUE(schemas_.Contains("sample.Way"));
  EXPECT_TRUE(schemas_.Contains("google.protobuf.Timestamp"));
  EXPECT_FALSE(schemas_.Contains("sample.Everything.TextsEntry"));
  EXPECT_FALSE(schemas_.Contains("lumbung.common.v1.ErrorInfo"));
}

// The underlying pool keeps no comments, so this one is built from the files alone.
TEST(JsonSchemaCommentsTest, BecomeDescriptions) {
  google::protobuf::DescriptorPool pool;
  const auto files = ReadSample("everything");
  for (const auto& file : files.file()) pool.BuildFile(file);
  SchemaCollection collection;
  collection.RefTo(*pool.FindMessageTypeByName("sample.Everything"));
  const Json schemas(collection.ToJson());
  EXPECT_EQ(schemas["sample.Date"]["description"], "As google.type.Date.");
  EXPECT_EQ(schemas["sample.Way"]["description"], "Which way.\n\n* `WAY_UP`: Up the hill.");
  const Json& everything = schemas["sample.Everything"];
  EXPECT_EQ(everything["description"],
            "One of: `cashBox`, `onCreditUntil`, `chequeNumber`. How it is paid.");
  EXPECT_EQ(everything["properties"]["old"],
            Json::parse(R"({"type": "string", "description": "No longer read.",
                            "deprecated": true})"));
  EXPECT_FALSE(everything["properties"].at("another-name").contains("description"));
}

}  // namespace
}  // namespace lumbung::gateway
