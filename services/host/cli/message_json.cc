#include "services/host/cli/message_json.h"

#include <google/protobuf/util/json_util.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::cli {
namespace {

std::string Print(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = indented;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  // Only an Any of an unknown type or a Timestamp out of range cannot be printed.
  return status.ok() ? json : absl::StrCat("{\"error\":", JsonString(status.ToString()), "}");
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  return Print(message, false);
}

std::string ToIndentedJson(const google::protobuf::Message& message) {
  return Print(message, true);
}

absl::Status FromJson(absl::string_view json, google::protobuf::Message* message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), message);
  if (status.ok()) return absl::OkStatus();
  const auto text = status.message();
  return InvalidArgument("INVALID_JSON", "",
                         absl::StrCat("the JSON is not a ", message->GetDescriptor()->name(), ": ",
                                      absl::string_view(text.data(), text.size())));
}

JsonListWriter::JsonListWriter(std::ostream& out, absl::string_view key) : out_(out), key_(key) {}

void JsonListWriter::WriteHead() {
  if (!started_) out_ << "{" << JsonString(key_) << ": [";
  started_ = true;
}

void JsonListWriter::AddText(absl::string_view json) {
  WriteHead();
  out_ << (empty_ ? "\n" : ",\n") << json;
  empty_ = false;
}

void JsonListWriter::Finish() {
  WriteHead();
  out_ << (empty_ ? "]}\n" : "\n]}\n");
  out_.flush();
}

std::string JsonString(absl::string_view text) {
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace lumbung::cli
