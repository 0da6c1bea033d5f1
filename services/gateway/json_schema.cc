#include "services/gateway/json_schema.h"

#include <utility>
#include <vector>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/gateway/proto_comments.h"

namespace lumbung::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;
using Json = nlohmann::ordered_json;

// The messages that the mapping does not write field by field.
struct WellKnown {
  const char* name;
  const char* schema;
};

constexpr WellKnown kWellKnown[] = {
    {"Any", R"({"type": "object",
        "description": "A message of any type, which `@type` names; its fields stand beside it.",
        "properties": {"@type": {"type": "string"}},
        "required": ["@type"],
        "additionalProperties": true})"},
    {"Duration", R"({"type": "string", "description": "Seconds, with at most nine decimals.",
        "pattern": "^-?[0-9]+(\\.[0-9]{1,9})?s$"})"},
    {"FieldMask", R"({"type": "string",
        "description": "Paths of fields in lowerCamelCase, separated by commas."})"},
    {"ListValue", R"({"type": "array", "description": "Any JSON array.", "items": {}})"},
    {"NullValue", R"({"type": "null"})"},
    {"Struct", R"({"type": "object", "description": "Any JSON object.",
        "additionalProperties": true})"},
    {"Timestamp", R"({"type": "string", "format": "date-time",
        "description": "An instant: RFC 3339, in answers always UTC with a `Z`."})"},
    {"Value", R"({"description": "Any JSON value."})"},
};

constexpr char kWellKnownPackage[] = "google.protobuf";

const char* WellKnownSchema(absl::string_view full_name) {
  for (const WellKnown& row : kWellKnown) {
    if (full_name == absl::StrCat(kWellKnownPackage, ".", row.name)) return row.schema;
  }
  return nullptr;
}

// google.protobuf.Int64Value and its kind: a message around one value, written as the value.
bool IsWrapper(const Descriptor& message) {
  return message.file()->name() == "google/protobuf/wrappers.proto";
}

Json Integer(const char* format) {
  return {{"type", "integer"}, {"format", format}};
}

// Most readers of JSON keep 53 bits of a number.
Json LongInteger(const char* format, const char* pattern) {
  return {{"type", "string"}, {"format", format}, {"pattern", pattern}};
}

Json FloatingPoint(const char* format) {
  return {{"oneOf",
           {{{"type", "number"}, {"format", format}},
            {{"type", "string"}, {"enum", {"NaN", "Infinity", "-Infinity"}}}}}};
}

constexpr char kSigned[] = "^-?[0-9]+$";
constexpr char kUnsigned[] = "^[0-9]+$";

// Empty for messages and enums.
Json OfScalar(FieldDescriptor::Type type) {
  switch (type) {
    case FieldDescriptor::TYPE_DOUBLE:
      return FloatingPoint("double");
    case FieldDescriptor::TYPE_FLOAT:
      return FloatingPoint("float");
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
    case FieldDescriptor::TYPE_SINT64:
      return LongInteger("int64", kSigned);
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
      return LongInteger("uint64", kUnsigned);
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
    case FieldDescriptor::TYPE_SINT32:
      return Integer("int32");
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32: {
      Json schema = Integer("uint32");
      schema["minimum"] = 0;
      return schema;
    }
    case FieldDescriptor::TYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::TYPE_STRING:
      return {{"type", "string"}};
    case FieldDescriptor::TYPE_BYTES:
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    case FieldDescriptor::TYPE_MESSAGE:
    case FieldDescriptor::TYPE_GROUP:
    case FieldDescriptor::TYPE_ENUM:
      return Json::object();
  }
  return Json::object();
}

// The keys of a JSON object are strings, whatever those of the map are.
Json OfKey(const FieldDescriptor& key) {
  switch (key.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"enum", {"true", "false"}}};
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return {{"pattern", kSigned}};
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return {{"pattern", kUnsigned}};
    default:
      return Json::object();
  }
}

void AddDescription(const std::string& description, Json* schema) {
  if (!description.empty()) (*schema)["description"] = description;
}

// JSON Schema could say that only one of them is there, but no reader would find it.
std::string DescriptionOf(const OneofDescriptor& oneof) {
  std::vector<std::string> names;
  for (int i = 0; i < oneof.field_count(); ++i) {
    names.push_back(absl::StrCat("`", oneof.field(i)->json_name(), "`"));
  }
  const std::string comment = CommentOf(oneof);
  return absl::StrCat("One of: ", absl::StrJoin(names, ", "), ".", comment.empty() ? "" : " ",
                      comment);
}

std::string DescriptionOf(const Descriptor& message) {
  std::vector<std::string> paragraphs;
  if (std::string comment = CommentOf(message); !comment.empty()) {
    paragraphs.push_back(std::move(comment));
  }
  for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
    paragraphs.push_back(DescriptionOf(*message.oneof_decl(i)));
  }
  return absl::StrJoin(paragraphs, "\n\n");
}

// With a list of the values that have comments.
std::string DescriptionOf(const EnumDescriptor& enumeration) {
  std::string description = CommentOf(enumeration);
  std::vector<std::string> lines;
  for (int i = 0; i < enumeration.value_count(); ++i) {
    const EnumValueDescriptor& value = *enumeration.value(i);
    const std::string comment = CommentOf(value);
    if (!comment.empty()) lines.push_back(absl::StrCat("* `", value.name(), "`: ", comment));
  }
  if (!description.empty() && !lines.empty()) description += "\n\n";
  return absl::StrCat(description, absl::StrJoin(lines, "\n"));
}

Json OfEnum(const EnumDescriptor& enumeration) {
  Json schema = {{"type", "string"}};
  AddDescription(DescriptionOf(enumeration), &schema);
  for (int i = 0; i < enumeration.value_count(); ++i) {
    schema["enum"].push_back(enumeration.value(i)->name());
  }
  return schema;
}

}  // namespace

Json SchemaRef(absl::string_view name) {
  return {{"$ref", absl::StrCat("#/components/schemas/", name)}};
}

Json SchemaCollection::RefTo(const Descriptor& message) {
  const std::string& name = message.full_name();
  // The name is taken before the fields are looked at: messages contain themselves.
  const auto [found, is_new] = schemas_.try_emplace(name);
  if (is_new) found->second = OfMessage(message);
  return SchemaRef(name);
}

Json SchemaCollection::RefTo(const EnumDescriptor& enumeration) {
  const std::string& name = enumeration.full_name();
  const char* const well_known = WellKnownSchema(name);
  Add(name, well_known != nullptr ? Json::parse(well_known) : OfEnum(enumeration));
  return SchemaRef(name);
}

void SchemaCollection::Add(const std::string& name, Json schema) {
  schemas_.insert_or_assign(name, std::move(schema));
}

Json SchemaCollection::ToJson() const {
  Json schemas = Json::object();
  for (const auto& [name, schema] : schemas_) schemas[name] = schema;
  return schemas;
}

Json SchemaCollection::OfMessage(const Descriptor& message) {
  if (const char* const schema = WellKnownSchema(message.full_name())) return Json::parse(schema);
  if (IsWrapper(message)) {
    Json value = OfScalar(message.field(0)->type());
    Json schema = {{"description", "A value that may be missing."}};
    schema["oneOf"] = Json::array({std::move(value), Json{{"type", "null"}}});
    return schema;
  }
  Json schema = {{"type", "object"}};
  AddDescription(DescriptionOf(message), &schema);
  if (message.options().deprecated()) schema["deprecated"] = true;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    schema["properties"][field.json_name()] = OfField(field);
  }
  schema["additionalProperties"] = false;
  return schema;
}

Json SchemaCollection::OfField(const FieldDescriptor& field) {
  Json schema;
  if (field.is_map()) {
    schema = OfMap(field);
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", OfValue(field)}};
  } else {
    schema = OfValue(field);
  }
  AddDescription(CommentOf(field), &schema);
  if (field.options().deprecated()) schema["deprecated"] = true;
  return schema;
}

Json SchemaCollection::OfMap(const FieldDescriptor& field) {
  const Descriptor& entry = *field.message_type();
  Json schema = {{"type", "object"}};
  Json keys = OfKey(*entry.map_key());
  if (!keys.empty()) schema["propertyNames"] = std::move(keys);
  schema["additionalProperties"] = OfValue(*entry.map_value());
  return schema;
}

Json SchemaCollection::OfValue(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) return RefTo(*field.message_type());
  if (field.enum_type() != nullptr) return RefTo(*field.enum_type());
  return OfScalar(field.type());
}

}  // namespace lumbung::gateway
