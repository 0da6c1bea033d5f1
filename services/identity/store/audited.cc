#include "services/identity/store/audited.h"

#include <string>

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "services/common/request_target.h"
#include "services/identity/store/audit_trail.h"

namespace lumbung::audit {
namespace {

// An event tells of a change; it is no second place for a book.
constexpr std::size_t kMaxJsonBytes = 16'384;

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "";
  if (json.size() > kMaxJsonBytes) return absl::StrCat("{\"left_out_bytes\":", json.size(), "}");
  return json;
}

}  // namespace

void RecordChange(store::TransactionScope& scope, const CallScope& call,
                  const google::protobuf::Message& request,
                  const google::protobuf::Message& response,
                  const google::protobuf::Message* before) {
  // A new thing is named by the answer, a changed one by both.
  const std::string made = TargetOf(response).resource;
  Event event = EventOf(call, made.empty() ? TargetOf(request).resource : made);
  if (before != nullptr) event.before = JsonOf(*before);
  event.after = JsonOf(response);
  Record(scope, event);
}

}  // namespace lumbung::audit
