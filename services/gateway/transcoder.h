// JSON to protobuf's binary form and back, by the descriptors that are compiled in. Sizes and depth
// are checked before the parser sees a byte; fields that the message does not have are refused, for
// a misspelt field that is silently dropped is an entry that says something else.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_GATEWAY_TRANSCODER_H_
#define LUMBUNG_SERVICES_GATEWAY_TRANSCODER_H_

#include <cstddef>
#include <memory>
#include <string>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/type_resolver.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::gateway {

class Transcoder {
 public:
  struct Limits {
    std::size_t max_json_bytes = 8 << 20;
    // No message of the API is nested half as deep.
    int max_depth = 32;
  };

  Transcoder() : Transcoder(Limits{}) {}
  explicit Transcoder(Limits limits);

  // MESSAGE_TOO_LARGE, NESTED_TOO_DEEP, MALFORMED_JSON.
  absl::StatusOr<std::string> JsonToBinary(const google::protobuf::Descriptor& message,
                                           absl::string_view json) const;
  // Fields in lowerCamelCase, 64-bit numbers as strings, defaults left out: as protobuf's JSON
  // mapping has it. `binary` is a service's answer and trusted to be such a message.
  absl::StatusOr<std::string> BinaryToJson(const google::protobuf::Descriptor& message,
                                           const std::string& binary) const;

 private:
  const Limits limits_;
  const std::unique_ptr<google::protobuf::util::TypeResolver> types_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_TRANSCODER_H_
