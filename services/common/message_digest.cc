#include "services/common/message_digest.h"

#include <algorithm>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <openssl/sha.h>

#include "absl/strings/str_cat.h"

namespace lumbung {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string MessageText(const Message& message, std::initializer_list<absl::string_view> without);

std::string WithLength(absl::string_view text) {
  return absl::StrCat(text.size(), ":", text);
}

// One value of a field; of element `i` when the field is repeated.
std::string ValueText(const Message& message, const FieldDescriptor* field, int i) {
  const Reflection* reflection = message.GetReflection();
  const bool many = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(many ? reflection->GetRepeatedInt32(message, field, i)
                               : reflection->GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(many ? reflection->GetRepeatedInt64(message, field, i)
                               : reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(many ? reflection->GetRepeatedUInt32(message, field, i)
                               : reflection->GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(many ? reflection->GetRepeatedUInt64(message, field, i)
                               : reflection->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return absl::StrCat(many ? reflection->GetRepeatedBool(message, field, i)
                               : reflection->GetBool(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat(many ? reflection->GetRepeatedEnumValue(message, field, i)
                               : reflection->GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_STRING:
      return WithLength(many ? reflection->GetRepeatedString(message, field, i)
                             : reflection->GetString(message, field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WithLength(MessageText(many ? reflection->GetRepeatedMessage(message, field, i)
                                         : reflection->GetMessage(message, field),
                                    {}));
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  // The API has no binary floating point: amounts are decimal strings.
  return "";
}

std::string MessageText(const Message& message, std::initializer_list<absl::string_view> without) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string text;
  for (const FieldDescriptor* field : fields) {
    if (std::find(without.begin(), without.end(), field->name()) != without.end()) continue;
    std::vector<std::string> values;
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) values.push_back(ValueText(message, field, i));
    if (field->is_map()) std::sort(values.begin(), values.end());
    absl::StrAppend(&text, field->number(), "=");
    for (const std::string& value : values) absl::StrAppend(&text, value, ",");
    text += ';';
  }
  return text;
}

}  // namespace

std::string MessageDigest(const Message& message,
                          std::initializer_list<absl::string_view> without) {
  const std::string text =
      absl::StrCat(message.GetDescriptor()->full_name(), "{", MessageText(message, without), "}");
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace lumbung
