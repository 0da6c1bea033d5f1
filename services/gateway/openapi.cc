#include "services/gateway/openapi.h"

#include <map>
#include <utility>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "lumbung/common/v1/access.pb.h"
#include "services/gateway/connect_codes.h"
#include "services/gateway/json_schema.h"
#include "services/gateway/proto_comments.h"

namespace lumbung::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using google::protobuf::ServiceDescriptor;
using Json = nlohmann::ordered_json;

constexpr char kError[] = "connect.Error";
constexpr char kErrorDetail[] = "connect.ErrorDetail";
constexpr char kEndOfStream[] = "connect.EndOfStream";
constexpr char kPublic[] = "PUBLIC";

constexpr char kIntroduction[] =
    R"(The API of Lumbung as its gateway serves it: the [Connect protocol](https://connectrpc.com/docs/protocol)
with JSON. A call is a POST of the request message; a call that changes nothing may be a GET as
well. Fields that have their default value (empty, zero, false) are left out of answers and may be
left out of requests; fields that a message does not have are refused.

A server stream is a POST whose content type is `application/connect+json`. The request is one
envelope, the answer a row of them: a byte of flags, the length in four bytes (the highest first),
and the JSON. The last envelope has the flag 2 and says how the stream ended; the HTTP status is 200
even when it ended with an error.

Requests that are no HTTP/1.1 as it is spoken here are refused in plain text.)";

// What is said of requests in general; the operations refer to it by these names.
constexpr char kParameters[] = R"json({
  "Lumbung-Organization": {
    "name": "Lumbung-Organization", "in": "header",
    "description": "The id of the organization that the call is about.",
    "schema": {"type": "string"}},
  "Connect-Protocol-Version": {
    "name": "Connect-Protocol-Version", "in": "header",
    "schema": {"type": "string", "enum": ["1"]}},
  "Connect-Timeout-Ms": {
    "name": "Connect-Timeout-Ms", "in": "header",
    "description": "How long the client waits, in milliseconds: at most ten digits.",
    "schema": {"type": "string", "pattern": "^[0-9]{1,10}$"}},
  "connect": {
    "name": "connect", "in": "query",
    "description": "The version of the protocol.",
    "schema": {"type": "string", "enum": ["v1"]}},
  "encoding": {
    "name": "encoding", "in": "query", "required": true,
    "description": "How the message is written.",
    "schema": {"type": "string", "enum": ["json"]}},
  "base64": {
    "name": "base64", "in": "query",
    "description": "With 1 the message is URL-safe base64 of its JSON.",
    "schema": {"type": "string", "enum": ["0", "1"], "default": "0"}},
  "compression": {
    "name": "compression", "in": "query",
    "description": "How the message is packed; with gzip, base64 is 1.",
    "schema": {"type": "string", "enum": ["identity", "gzip"], "default": "identity"}}
})json";

constexpr char kSecuritySchemes[] = R"json({
  "bearer": {
    "type": "http", "scheme": "bearer",
    "description": "The token of a session, as SignIn gives it, or an API key."},
  "cookie": {
    "type": "apiKey", "in": "cookie", "name": "lumbung_session",
    "description": "The session of a browser."},
  "certificate": {
    "type": "mutualTLS",
    "description": "A client certificate that an API key is bound to."}
})json";

Json ParameterRef(absl::string_view name) {
  return {{"$ref", absl::StrCat("#/components/parameters/", name)}};
}

std::string ResponseName(int http_status) {
  return absl::StrCat("Error", http_status);
}

// The codes of refusals, by the HTTP status that they come with.
std::map<int, std::vector<std::string>> RefusalsByStatus() {
  std::map<int, std::vector<std::string>> refusals;
  for (const ConnectCode& code : absl::MakeConstSpan(kConnectCodes).subspan(1)) {
    refusals[code.http_status].emplace_back(code.name);
  }
  return refusals;
}

Json Content(absl::string_view type, Json schema) {
  Json content;
  content[std::string(type)]["schema"] = std::move(schema);
  return content;
}

// ---- Refusals ----

void AddErrorSchemas(const DescriptorPool& pool, SchemaCollection* schemas) {
  Json codes = Json::array();
  for (const ConnectCode& code : absl::MakeConstSpan(kConnectCodes).subspan(1)) {
    codes.push_back(code.name);
  }
  Json error = {{"type", "object"}, {"description", "Why a call was refused."}};
  error["properties"]["code"] = {{"type", "string"}, {"enum", std::move(codes)}};
  error["properties"]["message"] = {
      {"type", "string"}, {"description", "For people: what was found and what is allowed."}};
  error["properties"]["details"] = {{"type", "array"}, {"items", SchemaRef(kErrorDetail)}};
  error["required"] = Json::array({"code"});
  error["additionalProperties"] = false;
  schemas->Add(kError, std::move(error));

  Json detail = {{"type", "object"}};
  detail["properties"]["type"] = {
      {"type", "string"},
      {"description", "The full name of a message, such as `google.rpc.ErrorInfo`."}};
  detail["properties"]["value"] = {{"type", "string"},
                                   {"contentEncoding", "base64"},
                                   {"description", "Its bytes, in base64 without padding."}};
  Json readable = {{"type", "object"}, {"description", "The same as JSON, for known types."}};
  for (const char* name : {"lumbung.common.v1.ErrorInfo", "lumbung.common.v1.BadRequest"}) {
    if (const auto* const message = pool.FindMessageTypeByName(name)) {
      readable["anyOf"].push_back(schemas->RefTo(*message));
    }
  }
  detail["properties"]["debug"] = std::move(readable);
  detail["required"] = Json::array({"type", "value"});
  detail["additionalProperties"] = false;
  schemas->Add(kErrorDetail, std::move(detail));
}

void AddEndOfStreamSchema(SchemaCollection* schemas) {
  Json end = {{"type", "object"}, {"description", "The last message of a stream."}};
  end["properties"]["error"] = SchemaRef(kError);
  end["properties"]["error"]["description"] = "Missing when the stream is complete.";
  end["additionalProperties"] = false;
  schemas->Add(kEndOfStream, std::move(end));
}

Json ErrorResponses() {
  Json responses;
  for (const auto& [http_status, codes] : RefusalsByStatus()) {
    Json response = {{"description", absl::StrCat("`", absl::StrJoin(codes, "`, `"), "`")}};
    response["content"] = Content("application/json", SchemaRef(kError));
    responses[ResponseName(http_status)] = std::move(response);
  }
  return responses;
}

// ---- Operations ----

// What a POST and a GET of a method have in common.
Json Operation(const MethodDescriptor& method) {
  Json operation = {{"operationId", method.full_name()},
                    {"tags", {method.service()->full_name()}},
                    {"summary", SummaryOf(method)}};
  const std::string comment = CommentOf(method);
  if (!comment.empty()) operation["description"] = comment;
  if (method.options().deprecated()) operation["deprecated"] = true;
  const std::string& permission = method.options().GetExtension(common::v1::permission);
  if (!permission.empty()) operation["x-lumbung-permission"] = permission;
  operation["parameters"] = Json::array();
  if (permission == kPublic) {
    operation["security"] = Json::array();
  } else {
    operation["parameters"].push_back(ParameterRef("Lumbung-Organization"));
  }
  operation["parameters"].push_back(ParameterRef("Connect-Timeout-Ms"));
  return operation;
}

Json UnaryResponses(const MethodDescriptor& method, SchemaCollection* schemas) {
  Json responses;
  responses["200"]["description"] = "The answer.";
  responses["200"]["content"] = Content("application/json", schemas->RefTo(*method.output_type()));
  for (const auto& [http_status, codes] : RefusalsByStatus()) {
    responses[absl::StrCat(http_status)]["$ref"] =
        absl::StrCat("#/components/responses/", ResponseName(http_status));
  }
  return responses;
}

Json StreamResponses(const MethodDescriptor& method, SchemaCollection* schemas) {
  Json message;
  message["anyOf"] = {schemas->RefTo(*method.output_type()), SchemaRef(kEndOfStream)};
  Json responses;
  responses["200"]["description"] =
      "Enveloped messages; the last one, with the flag 2, is a `connect.EndOfStream`.";
  responses["200"]["content"] = Content("application/connect+json", std::move(message));
  return responses;
}

Json PostOperation(const MethodDescriptor& method, SchemaCollection* schemas) {
  const bool is_stream = method.server_streaming();
  Json operation = Operation(method);
  operation["parameters"].push_back(ParameterRef("Connect-Protocol-Version"));
  if (is_stream) operation["requestBody"]["description"] = "One envelope with the message.";
  operation["requestBody"]["required"] = true;
  operation["requestBody"]["content"] =
      Content(is_stream ? "application/connect+json" : "application/json",
              schemas->RefTo(*method.input_type()));
  operation["responses"] =
      is_stream ? StreamResponses(method, schemas) : UnaryResponses(method, schemas);
  return operation;
}

Json GetOperation(const MethodDescriptor& method, SchemaCollection* schemas) {
  Json operation = Operation(method);
  // No two operations have the same id.
  operation["operationId"] = absl::StrCat(method.full_name(), ".get");
  for (const char* name : {"connect", "encoding", "base64", "compression"}) {
    operation["parameters"].push_back(ParameterRef(name));
  }
  Json message = {{"name", "message"}, {"in", "query"}, {"required", true}};
  message["content"] = Content("application/json", schemas->RefTo(*method.input_type()));
  operation["parameters"].push_back(std::move(message));
  operation["responses"] = UnaryResponses(method, schemas);
  return operation;
}

Json PathItem(const MethodDescriptor& method, SchemaCollection* schemas) {
  Json item;
  const bool may_get = !method.server_streaming() &&
                       method.options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS;
  if (may_get) item["get"] = GetOperation(method, schemas);
  item["post"] = PostOperation(method, schemas);
  return item;
}

// ---- The document ----

std::string Paragraphs(const std::vector<std::string>& texts) {
  std::vector<absl::string_view> paragraphs;
  for (const std::string& text : texts) {
    if (!text.empty()) paragraphs.push_back(text);
  }
  return absl::StrJoin(paragraphs, "\n\n");
}

// Whether it declares a message that the document describes.
bool IsDescribed(const FileDescriptor& file, const SchemaCollection& schemas) {
  for (int i = 0; i < file.message_type_count(); ++i) {
    if (schemas.Contains(file.message_type(i)->full_name())) return true;
  }
  return false;
}

// With what the files of resources say at their top, which holds for all services.
std::string InfoDescription(const std::vector<const FileDescriptor*>& files,
                            const std::vector<std::string>& client_streams,
                            const SchemaCollection& schemas) {
  std::vector<std::string> texts = {kIntroduction};
  if (!client_streams.empty()) {
    texts.push_back(absl::StrCat("Streams of requests are answered over gRPC only: `",
                                 absl::StrJoin(client_streams, "`, `"), "`."));
  }
  for (const FileDescriptor* const file : files) {
    if (file->service_count() > 0 || !IsDescribed(*file, schemas)) continue;
    const std::string comment = FileComment(*file);
    if (!comment.empty()) texts.push_back(absl::StrCat("### ", file->package(), "\n\n", comment));
  }
  return Paragraphs(texts);
}

Json Tag(const ServiceDescriptor& service) {
  Json tag = {{"name", service.full_name()}};
  const std::string description = Paragraphs({FileComment(*service.file()), CommentOf(service)});
  if (!description.empty()) tag["description"] = description;
  return tag;
}

std::string Write(const std::vector<const FileDescriptor*>& files, const DescriptorPool& pool,
                  absl::string_view version) {
  SchemaCollection schemas;
  std::vector<std::string> client_streams;
  Json tags = Json::array();
  Json paths = Json::object();
  for (const FileDescriptor* const file : files) {
    for (int i = 0; i < file->service_count(); ++i) {
      const ServiceDescriptor& service = *file->service(i);
      tags.push_back(Tag(service));
      for (int j = 0; j < service.method_count(); ++j) {
        const MethodDescriptor& method = *service.method(j);
        if (method.client_streaming()) {
          client_streams.push_back(method.full_name());
          continue;
        }
        if (method.server_streaming()) AddEndOfStreamSchema(&schemas);
        paths[absl::StrCat("/", service.full_name(), "/", method.name())] =
            PathItem(method, &schemas);
      }
    }
  }
  Json document = {{"openapi", "3.1.0"}};
  document["info"] = {{"title", "Lumbung"},
                      {"version", std::string(version)},
                      {"description", InfoDescription(files, client_streams, schemas)}};
  // After the introduction, which does not dwell on how refusals travel.
  AddErrorSchemas(pool, &schemas);
  document["servers"] = Json::array({Json{{"url", "http://127.0.0.1:8080"}}});
  document["security"] = Json::parse(R"([{"bearer": []}, {"cookie": []}, {"certificate": []}])");
  document["tags"] = std::move(tags);
  document["paths"] = std::move(paths);
  document["components"] = {{"schemas", schemas.ToJson()},
                            {"responses", ErrorResponses()},
                            {"parameters", Json::parse(kParameters)},
                            {"securitySchemes", Json::parse(kSecuritySchemes)}};
  return absl::StrCat(document.dump(2), "\n");
}

}  // namespace

absl::StatusOr<std::string> OpenApiDocument(const google::protobuf::FileDescriptorSet& files,
                                            absl::string_view version) {
  DescriptorPool pool;
  std::vector<const FileDescriptor*> built;
  for (const google::protobuf::FileDescriptorProto& file : files.file()) {
    built.push_back(pool.BuildFile(file));
    if (built.back() == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat(file.name(), " does not fit to the files before it"));
    }
  }
  return Write(built, pool, version);
}

}  // namespace lumbung::gateway
