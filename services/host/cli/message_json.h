// JSON of API messages, with one fixed set of options: field names as in the .proto files, fields
// at their default value included, 64-bit integers as strings (as protobuf's own mapping has it).
#ifndef LUMBUNG_SERVICES_HOST_CLI_MESSAGE_JSON_H_
#define LUMBUNG_SERVICES_HOST_CLI_MESSAGE_JSON_H_

#include <ostream>
#include <string>

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung::cli {

// On one line.
std::string ToJson(const google::protobuf::Message& message);
// Indented, with a newline at the end.
std::string ToIndentedJson(const google::protobuf::Message& message);

// Reads JSON strictly: an unknown field is an error. INVALID_JSON.
absl::Status FromJson(absl::string_view json, google::protobuf::Message* message);

// Writes {"key": [ ... ]} with one message a line, as they come; nothing before the first of them.
class JsonListWriter {
 public:
  JsonListWriter(std::ostream& out, absl::string_view key);
  JsonListWriter(const JsonListWriter&) = delete;
  JsonListWriter& operator=(const JsonListWriter&) = delete;

  void Add(const google::protobuf::Message& message) { AddText(ToJson(message)); }
  // A JSON value made elsewhere.
  void AddText(absl::string_view json);
  void Finish();

 private:
  void WriteHead();

  std::ostream& out_;
  std::string key_;
  bool started_ = false;
  bool empty_ = true;
};

// A JSON string literal, quotes included.
std::string JsonString(absl::string_view text);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_MESSAGE_JSON_H_
