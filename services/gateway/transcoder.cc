#include "services/gateway/transcoder.h"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::gateway {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com";
constexpr std::size_t kMaxProblemBytes = 400;

std::string TypeUrl(const google::protobuf::Descriptor& message) {
  return absl::StrCat(kTypePrefix, "/", message.full_name());
}

// How deep brackets are nested outside of strings. Whether they match is left to the parser.
int DepthOf(absl::string_view json) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) deepest = depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

// What the parser says. It quotes the input, and may cut a character in two when it does.
std::string ProblemOf(google::protobuf::stringpiece_internal::StringPiece message) {
  const absl::string_view problem(message.data(), message.size());
  return IsValidUtf8(problem) ? absl::StrCat(": ", Beginning(problem, kMaxProblemBytes)) : "";
}

}  // namespace

Transcoder::Transcoder(Limits limits)
    : limits_(limits),
      types_(google::protobuf::util::NewTypeResolverForDescriptorPool(
          kTypePrefix, google::protobuf::DescriptorPool::generated_pool())) {}

absl::StatusOr<std::string> Transcoder::JsonToBinary(const google::protobuf::Descriptor& message,
                                                     absl::string_view json) const {
  if (json.size() > limits_.max_json_bytes) {
    return Refusal(absl::StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE", "",
                   absl::StrCat("the message has ", json.size(), " bytes; at most ",
                                limits_.max_json_bytes, " are read"));
  }
  if (!IsValidUtf8(json)) return InvalidArgument("MALFORMED_JSON", "", "the JSON is no UTF-8");
  const int depth = DepthOf(json);
  if (depth > limits_.max_depth) {
    return InvalidArgument("NESTED_TOO_DEEP", "",
                           absl::StrCat("the JSON is nested ", depth, " deep; at most ",
                                        limits_.max_depth, " levels are read"));
  }
  google::protobuf::io::ArrayInputStream in(json.data(), static_cast<int>(json.size()));
  std::string binary;
  google::protobuf::io::StringOutputStream out(&binary);
  const auto status =
      google::protobuf::util::JsonToBinaryStream(types_.get(), TypeUrl(message), &in, &out);
  if (!status.ok()) {
    return InvalidArgument(
        "MALFORMED_JSON", "",
        absl::StrCat("this is no JSON of ", message.full_name(), ProblemOf(status.message())));
  }
  return binary;
}

absl::StatusOr<std::string> Transcoder::BinaryToJson(const google::protobuf::Descriptor& message,
                                                     const std::string& binary) const {
  std::string json;
  const auto status =
      google::protobuf::util::BinaryToJsonString(types_.get(), TypeUrl(message), binary, &json);
  if (!status.ok()) return absl::InternalError("the service's answer cannot be said in JSON");
  return json;
}

}  // namespace lumbung::gateway
