// JSON Schema (2020-12, the dialect of OpenAPI 3.1) of protobuf messages, as protobuf's own JSON
// mapping writes them: fields in lowerCamelCase, 64-bit numbers as strings, bytes in base64. A
// schema names no required fields, because what has its default value is left out.
//
// The mapping also reads other spellings (snake_case names, numbers for enum values); they are not
// described, so that there is one way to write a message.
#ifndef LUMBUNG_SERVICES_GATEWAY_JSON_SCHEMA_H_
#define LUMBUNG_SERVICES_GATEWAY_JSON_SCHEMA_H_

#include <map>
#include <string>

#include <google/protobuf/descriptor.h>
#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"

namespace lumbung::gateway {

// {"$ref": "#/components/schemas/name"}.
nlohmann::ordered_json SchemaRef(absl::string_view name);

// Collects the schemas of the messages that are asked for, and of all that these refer to.
class SchemaCollection {
 public:
  // A reference to the message's schema, which is in the collection from then on. It goes by its
  // full name.
  nlohmann::ordered_json RefTo(const google::protobuf::Descriptor& message);

  // Puts in a schema that no proto declares.
  void Add(const std::string& name, nlohmann::ordered_json schema);

  bool Contains(const std::string& name) const { return schemas_.count(name) > 0; }
  // By name.
  nlohmann::ordered_json ToJson() const;

 private:
  nlohmann::ordered_json RefTo(const google::protobuf::EnumDescriptor& enumeration);
  nlohmann::ordered_json OfMessage(const google::protobuf::Descriptor& message);
  nlohmann::ordered_json OfField(const google::protobuf::FieldDescriptor& field);
  nlohmann::ordered_json OfMap(const google::protobuf::FieldDescriptor& field);
  nlohmann::ordered_json OfValue(const google::protobuf::FieldDescriptor& field);

  std::map<std::string, nlohmann::ordered_json> schemas_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_JSON_SCHEMA_H_
