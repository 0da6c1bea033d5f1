#include "services/gateway/openapi.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/access.pb.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "lumbung/ledger/v1/transfer_service.pb.h"
#include "lumbung/log/v1/log_service.pb.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/error_mapping.h"
#include "services/gateway/connect_error.h"
#include "services/gateway/embedded_openapi.h"
#include "services/gateway/envelope.h"
#include "tests/services/gateway/filled_message.h"
#include "tests/services/gateway/samples.h"
#include "tests/services/gateway/schema_walker.h"

namespace lumbung::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;

std::vector<const MethodDescriptor*> MethodsOfTheApi() {
  std::vector<const MethodDescriptor*> methods;
  for (const Descriptor* const message :
       {identity::v1::GetMeRequest::descriptor(), ledger::v1::GetBookRequest::descriptor(),
        ledger::v1::GetBalanceRequest::descriptor(), ledger::v1::GetOperationRequest::descriptor(),
        log::v1::ListLeavesRequest::descriptor(),
        reporting::v1::GetStatementRequest::descriptor(),
        vouchers::v1::GetVoucherRequest::descriptor()}) {
    const auto& service = *message->file()->service(0);
    for (int i = 0; i < service.method_count(); ++i) methods.push_back(service.method(i));
  }
  return methods;
}

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

// Calls `visit` with every object in a document, from the outside in.
void ForEachObject(const Json& json, const std::function<void(const Json&)>& visit) {
  if (json.is_object()) visit(json);
  if (!json.is_structured()) return;
  for (const Json& part : json) ForEachObject(part, visit);
}

// Adds what a part of the document refers to, and what that refers to.
void FollowReferences(const Json& document, const Json& part, std::set<std::string>* reached) {
  ForEachObject(part, [&](const Json& object) {
    if (!object.contains("$ref")) return;
    const std::string target = std::string(object["$ref"]).substr(1);
    if (!reached->insert(target).second) return;
    FollowReferences(document, document.at(Json::json_pointer(target)), reached);
  });
}

// The document of the API itself.
class EmbeddedOpenApiTest : public ::testing::Test {
 protected:
  EmbeddedOpenApiTest() : document_(Json::parse(OpenApiJson(), nullptr, false)) {}

  const Json document_;
};

TEST_F(EmbeddedOpenApiTest, IsJson) {
  ASSERT_TRUE(document_.is_object());
  EXPECT_EQ(document_["openapi"], "3.1.0");
  EXPECT_EQ(document_["info"]["title"], "Lumbung");
  EXPECT_THAT(std::string(document_["info"]["version"]), Not(IsEmpty()));
  EXPECT_EQ(document_["servers"][0]["url"], "http://127.0.0.1:8080");
}

TEST_F(EmbeddedOpenApiTest, HasEveryMethodThatTheGatewayAnswers) {
  std::size_t count = 0;
  for (const MethodDescriptor* const method : MethodsOfTheApi()) {
    if (method->client_streaming()) {
      EXPECT_FALSE(document_["paths"].contains(PathOf(*method))) << method->full_name();
      continue;
    }
    ++count;
    ASSERT_TRUE(document_["paths"].contains(PathOf(*method))) << method->full_name();
    const Json& item = document_["paths"][PathOf(*method)];
    const bool may_get =
        !method->server_streaming() &&
        method->options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
    EXPECT_TRUE(item.contains("post"));
    EXPECT_EQ(item.contains("get"), may_get) << method->full_name();
    for (const Json& operation : item) {
      EXPECT_EQ(operation["x-lumbung-permission"],
                method->options().GetExtension(common::v1::permission));
      EXPECT_EQ(operation["tags"], Json::array({method->service()->full_name()}));
    }
  }
  EXPECT_EQ(document_["paths"].size(), count);
}

TEST_F(EmbeddedOpenApiTest, NamesEachOperationOnce) {
  std::set<std::string> ids;
  for (const Json& item : document_["paths"]) {
    for (const Json& operation : item) {
      EXPECT_TRUE(ids.insert(operation["operationId"]).second) << operation["operationId"];
      EXPECT_THAT(std::string(operation["summary"]), Not(IsEmpty()));
    }
  }
}

TEST_F(EmbeddedOpenApiTest, RefersOnlyToWhatIsThere) {
  int references = 0;
  ForEachObject(document_, [&](const Json& object) {
    if (!object.contains("$ref")) return;
    const std::string reference = object["$ref"];
    ++references;
    ASSERT_TRUE(absl::StartsWith(reference, "#/components/")) << reference;
    EXPECT_TRUE(document_.contains(Json::json_pointer(reference.substr(1)))) << reference;
  });
  EXPECT_GT(references, 100);
}

TEST_F(EmbeddedOpenApiTest, HasNothingThatNobodyRefersTo) {
  std::set<std::string> reached;
  FollowReferences(document_, document_["paths"], &reached);
  for (const char* kind : {"schemas", "responses", "parameters"}) {
    for (const auto& item : document_["components"][kind].items()) {
      EXPECT_EQ(reached.count(absl::StrCat("/components/", kind, "/", item.key())), 1u)
          << item.key();
    }
  }
}

TEST_F(EmbeddedOpenApiTest, DescribesTheMessagesAsProtobufWritesThem) {
  std::set<const Descriptor*> messages;
  for (const MethodDescriptor* const method : MethodsOfTheApi()) {
    if (!method->client_streaming()) messages.insert({method->input_type(), method->output_type()});
  }
  for (const Descriptor* const descriptor : messages) {
    const Json& schema = document_["components"]["schemas"][descriptor->full_name()];
    std::set<std::string> written;
    for (int filling = 0; filling < kFillings; ++filling) {
      const std::unique_ptr<google::protobuf::Message> message(
          google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
      Fill(filling, message.get());
      std::string json;
      ASSERT_TRUE(google::protobuf::util::MessageToJsonString(*message, &json).ok());
      const Json value = Json::parse(json);
      EXPECT_THAT(Violations(document_, schema, value), IsEmpty()) << descriptor->full_name();
      for (const auto& item : value.items()) written.insert(item.key());
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& item : properties.items()) {
      EXPECT_EQ(written.count(item.key()), 1u) << descriptor->full_name() << " " << item.key();
    }
  }
}

TEST_F(EmbeddedOpenApiTest, DescribesRefusalsAsTheyAreWritten) {
  const Json error = Json::parse(
      ErrorJson(ToGrpcStatus(InvalidArgument("UNBALANCED", "journal_entry", "differ by 1"), "")));
  ASSERT_EQ(error["details"].size(), 2u);
  const Json& schemas = document_["components"]["schemas"];
  EXPECT_THAT(Violations(document_, schemas["connect.Error"], error), IsEmpty());
  for (const auto& status : {grpc::Status(grpc::StatusCode::ABORTED, ""), grpc::Status()}) {
    const std::string end = EndOfStream(status).substr(5);
    EXPECT_THAT(Violations(document_, schemas["connect.EndOfStream"], Json::parse(end)), IsEmpty())
        << end;
  }
}

TEST_F(EmbeddedOpenApiTest, HasTheHttpStatusesOfRefusals) {
  std::set<std::string> expected = {"200"};
  for (int code = 1; code <= static_cast<int>(grpc::StatusCode::UNAUTHENTICATED); ++code) {
    const auto grpc_code = static_cast<grpc::StatusCode>(code);
    expected.insert(absl::StrCat(HttpStatusOf(grpc_code)));
    const std::string response = absl::StrCat("Error", HttpStatusOf(grpc_code));
    EXPECT_THAT(std::string(document_["components"]["responses"][response]["description"]),
                HasSubstr(absl::StrCat("`", ConnectCodeName(grpc_code), "`")));
  }
  std::set<std::string> found;
  const Json& operation =
      document_["paths"]["/lumbung.ledger.v1.LedgerService/CreateJournalEntry"]["post"];
  for (const auto& item : operation["responses"].items()) found.insert(item.key());
  EXPECT_EQ(found, expected);
}

class OpenApiTest : public ::testing::Test {
 protected:
  OpenApiTest() : document_(Json::parse(*OpenApiDocument(ReadSample("shop"), "1.2.3"))) {}

  const Json& Operation(const char* method, const char* verb) const {
    return document_["paths"][absl::StrCat("/shop.Shop/", method)][verb];
  }

  // The parameters, by what the references end in or by name.
  static std::vector<std::string> Parameters(const Json& operation) {
    std::vector<std::string> names;
    for (const Json& parameter : operation["parameters"]) {
      const std::string name = parameter.contains("$ref") ? parameter["$ref"] : parameter["name"];
      names.push_back(name.substr(name.rfind('/') + 1));
    }
    return names;
  }

  const Json document_;
};

TEST_F(OpenApiTest, HasTheVersionAndTheWordsOfTheFiles) {
  EXPECT_EQ(document_["info"]["version"], "1.2.3");
  EXPECT_THAT(std::string(document_["info"]["description"]), HasSubstr("only: `shop.Shop.Chat`."));
  EXPECT_EQ(document_["tags"], Json::parse(R"([{"name": "shop.Shop",
      "description": "A shop.\n\n * It sells.\n\nOpen all day."}])"));
}

TEST_F(OpenApiTest, AsksNobodyWhoTheyAreForPublicMethods) {
  EXPECT_EQ(document_["security"],
            Json::parse(R"([{"bearer": []}, {"cookie": []}, {"certificate": []}])"));
  const Json& schemes = document_["components"]["securitySchemes"];
  EXPECT_EQ(schemes["bearer"]["scheme"], "bearer");
  EXPECT_EQ(schemes["cookie"]["name"], "lumbung_session");
  EXPECT_EQ(Operation("Enter", "post")["security"], Json::array());
  EXPECT_EQ(Operation("Enter", "post")["x-lumbung-permission"], "PUBLIC");
  EXPECT_FALSE(Operation("Look", "post").contains("security"));
  EXPECT_EQ(Operation("Look", "post")["x-lumbung-permission"], "shop.look");
}

TEST_F(OpenApiTest, SaysWhatTheCommentsSay) {
  EXPECT_EQ(Operation("Enter", "post")["summary"], "Lets you in");
  EXPECT_EQ(Operation("Enter", "post")["description"], "Lets you in. SHOP_FULL.");
  EXPECT_EQ(Operation("Look", "post")["summary"], "Look");
  EXPECT_FALSE(Operation("Look", "post").contains("description"));
  EXPECT_EQ(Operation("Watch", "post")["deprecated"], true);
}

TEST_F(OpenApiTest, PostsTheMessage) {
  const Json& post = Operation("Look", "post");
  EXPECT_THAT(Parameters(post), ElementsAre("Lumbung-Organization", "Connect-Timeout-Ms",
                                            "Connect-Protocol-Version"));
  const Json question = Json::parse(R"({"$ref": "#/components/schemas/shop.Question"})");
  const Json answer = Json::parse(R"({"$ref": "#/components/schemas/shop.Answer"})");
  EXPECT_EQ(post["operationId"], "shop.Shop.Look");
  EXPECT_EQ(post["requestBody"]["content"]["application/json"]["schema"], question);
  EXPECT_EQ(post["responses"]["200"]["content"]["application/json"]["schema"], answer);
}

TEST_F(OpenApiTest, GetsWithTheMessageInTheQuery) {
  const Json& get = Operation("Look", "get");
  EXPECT_THAT(Parameters(get), ElementsAre("Lumbung-Organization", "Connect-Timeout-Ms", "connect",
                                           "encoding", "base64", "compression", "message"));
  EXPECT_EQ(get["operationId"], "shop.Shop.Look.get");
  EXPECT_FALSE(get.contains("requestBody"));
  EXPECT_EQ(get["parameters"].back()["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/shop.Question");
}

TEST_F(OpenApiTest, StreamsEnvelopes) {
  EXPECT_FALSE(document_["paths"]["/shop.Shop/Watch"].contains("get"));
  const Json& post = Operation("Watch", "post");
  EXPECT_TRUE(post["requestBody"]["content"].contains("application/connect+json"));
  const Json& answer = post["responses"]["200"]["content"]["application/connect+json"]["schema"];
  EXPECT_EQ(answer, Json::parse(R"({"anyOf": [{"$ref": "#/components/schemas/shop.Answer"},
                                    {"$ref": "#/components/schemas/connect.EndOfStream"}]})"));
  EXPECT_FALSE(document_["paths"].contains("/shop.Shop/Chat"));
}

TEST(OpenApiDocumentTest, RefusesFilesWithoutWhatTheyImport) {
  auto files = ReadSample("shop");
  files.mutable_file()->DeleteSubrange(0, files.file_size() - 1);
  EXPECT_EQ(OpenApiDocument(files, "1").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace lumbung::gateway
