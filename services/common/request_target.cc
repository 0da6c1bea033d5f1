#include "services/common/request_target.h"

#include <vector>

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace lumbung {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* TextField(const Message& message, const char* name) {
  const FieldDescriptor* const field = message.GetDescriptor()->FindFieldByName(name);
  const bool is_text = field != nullptr && !field->is_repeated() &&
                       field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return is_text ? field : nullptr;
}

std::string TextOf(const Message& message, const FieldDescriptor* field) {
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

// The `name` of the first message in the request that has such a field: `book` of UpdateBook.
std::string NameInside(const Message& request) {
  for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = request.GetDescriptor()->field(i);
    if (field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const Message& inside = request.GetReflection()->GetMessage(request, field);
    const FieldDescriptor* const name = TextField(inside, "name");
    if (name != nullptr) return TextOf(inside, name);
  }
  return "";
}

std::string ResourceOf(const Message& request) {
  const FieldDescriptor* const parent = TextField(request, "parent");
  if (parent != nullptr) return TextOf(request, parent);
  const FieldDescriptor* const name = TextField(request, "name");
  return name != nullptr ? TextOf(request, name) : NameInside(request);
}

std::string Decoded(absl::string_view id) {
  return absl::StrReplaceAll(id, {{"%2F", "/"}, {"%25", "%"}});
}

}  // namespace

RequestTarget TargetOf(const Message& request) {
  RequestTarget target;
  target.resource = ResourceOf(request);
  const std::vector<absl::string_view> parts = absl::StrSplit(target.resource, '/');
  if (parts.size() >= 2 && parts[0] == "books") target.book = Decoded(parts[1]);
  if (parts.size() >= 2 && parts[0] == "organizations") target.organization = Decoded(parts[1]);
  if (parts.size() == 4 && parts[0] == "books" && parts[2] == "funds") {
    target.fund = Decoded(parts[3]);
  } else {
    target.fund = TextOf(request, TextField(request, "fund"));
  }
  return target;
}

}  // namespace lumbung
