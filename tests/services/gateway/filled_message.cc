#include "tests/services/gateway/filled_message.h"

#include <cstdint>
#include <limits>
#include <string>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include "absl/strings/str_cat.h"
#include "lumbung/common/v1/errors.pb.h"

namespace lumbung::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Messages contain themselves.
constexpr int kMaxDepth = 4;

google::protobuf::Value ExampleValue(int filling) {
  google::protobuf::Value value;
  if (filling == 0) value.set_null_value(google::protobuf::NULL_VALUE);
  if (filling == 1) value.set_number_value(1.5);
  if (filling == 2) value.mutable_list_value()->add_values()->set_bool_value(true);
  if (filling == 3) (*value.mutable_struct_value()->mutable_fields())["a"].set_string_value("b");
  return value;
}

// The bytes of messages whose fields are not free; false for all others.
bool FillWellKnown(int filling, Message* message) {
  const std::string& name = message->GetDescriptor()->full_name();
  std::string bytes;
  if (name == "google.protobuf.Any") {
    common::v1::ErrorInfo info;
    info.set_reason("UNBALANCED");
    google::protobuf::Any any;
    any.PackFrom(info);
    bytes = any.SerializeAsString();
  } else if (name == "google.protobuf.Duration") {
    google::protobuf::Duration duration;
    duration.set_seconds(filling % 2 == 0 ? 90 : -90);
    duration.set_nanos(filling == 0 ? 0 : filling % 2 == 0 ? 1 : -500'000'000);
    bytes = duration.SerializeAsString();
  } else if (name == "google.protobuf.FieldMask") {
    google::protobuf::FieldMask mask;
    mask.add_paths("display_name");
    mask.add_paths("parent.name");
    bytes = mask.SerializeAsString();
  } else if (name == "google.protobuf.Timestamp") {
    google::protobuf::Timestamp timestamp;
    timestamp.set_seconds(filling % 2 == 0 ? 1'700'000'000 : -62'135'596'800);
    timestamp.set_nanos(filling < 2 ? 0 : filling);
    bytes = timestamp.SerializeAsString();
  } else if (name == "google.protobuf.Value") {
    bytes = ExampleValue(filling).SerializeAsString();
  } else if (name == "google.protobuf.ListValue") {
    google::protobuf::ListValue list;
    *list.add_values() = ExampleValue(filling);
    bytes = list.SerializeAsString();
  } else if (name == "google.protobuf.Struct") {
    google::protobuf::Struct object;
    (*object.mutable_fields())["key"] = ExampleValue(filling);
    bytes = object.SerializeAsString();
  } else {
    return false;
  }
  message->ParseFromString(bytes);
  return true;
}

template <typename Number>
Number Example(int filling) {
  using Limits = std::numeric_limits<Number>;
  const Number examples[kFillings] = {Limits::max(), Limits::lowest(), 1, Limits::max() / 2};
  // The lowest of unsigned numbers is the default.
  return examples[filling] == 0 ? 7 : examples[filling];
}

double ExampleDouble(int filling) {
  using Limits = std::numeric_limits<double>;
  const double examples[kFillings] = {1.5, Limits::infinity(), -Limits::infinity(),
                                      Limits::quiet_NaN()};
  return examples[filling];
}

std::string ExampleString(const FieldDescriptor& field, int filling) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    // Each length has its own padding, and the bytes need all 64 digits.
    return std::string("\xfb\xff\x00\xfe", 4).substr(0, 1 + static_cast<std::size_t>(filling));
  }
  return absl::StrCat("\"desa\" é ", filling);
}

class Filler {
 public:
  explicit Filler(int filling) : filling_(filling) {}

  void Fill(int depth, Message* message) const {
    if (FillWellKnown(filling_, message)) return;
    const auto& descriptor = *message->GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
      const FieldDescriptor& field = *descriptor.field(i);
      const auto* const oneof = field.real_containing_oneof();
      if (oneof != nullptr && field.index_in_oneof() != filling_ % oneof->field_count()) continue;
      FillField(depth, field, message);
    }
  }

 private:
  void FillField(int depth, const FieldDescriptor& field, Message* message) const {
    const Reflection& reflection = *message->GetReflection();
    const auto set = [&](auto setter, auto adder, const auto& value) {
      (reflection.*(field.is_repeated() ? adder : setter))(message, &field, value);
    };
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return set(&Reflection::SetInt32, &Reflection::AddInt32, Example<std::int32_t>(filling_));
      case FieldDescriptor::CPPTYPE_INT64:
        return set(&Reflection::SetInt64, &Reflection::AddInt64, Example<std::int64_t>(filling_));
      case FieldDescriptor::CPPTYPE_UINT32:
        return set(&Reflection::SetUInt32, &Reflection::AddUInt32,
                   Example<std::uint32_t>(filling_));
      case FieldDescriptor::CPPTYPE_UINT64:
        return set(&Reflection::SetUInt64, &Reflection::AddUInt64,
                   Example<std::uint64_t>(filling_));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return set(&Reflection::SetDouble, &Reflection::AddDouble, ExampleDouble(filling_));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return set(&Reflection::SetFloat, &Reflection::AddFloat,
                   static_cast<float>(ExampleDouble(filling_)));
      case FieldDescriptor::CPPTYPE_BOOL:
        return set(&Reflection::SetBool, &Reflection::AddBool, true);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto& enumeration = *field.enum_type();
        return set(&Reflection::SetEnum, &Reflection::AddEnum,
                   enumeration.value(enumeration.value_count() - 1));
      }
      case FieldDescriptor::CPPTYPE_STRING:
        return set(&Reflection::SetString, &Reflection::AddString, ExampleString(field, filling_));
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        if (depth == kMaxDepth) return;
        Message* const part = field.is_repeated() ? reflection.AddMessage(message, &field)
                                                  : reflection.MutableMessage(message, &field);
        return Fill(depth + 1, part);
      }
    }
  }

  const int filling_;
};

}  // namespace

void Fill(int filling, Message* message) {
  Filler(filling).Fill(0, message);
}

}  // namespace lumbung::gateway
