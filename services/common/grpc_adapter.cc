#include "services/common/grpc_adapter.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>

#include "absl/strings/str_format.h"

namespace lumbung {
namespace {

std::string MetadataValue(const grpc::CallbackServerContext* context, const char* key) {
  const auto found = context->client_metadata().find(key);
  if (found == context->client_metadata().end() || found->second.size() > 255) return "";
  return std::string(found->second.data(), found->second.size());
}

// Unique in the life of a server process, and unlikely to repeat across two.
std::string NextCallId() {
  static const std::int64_t process = absl::ToUnixMicros(absl::Now());
  static std::atomic<std::int64_t> next{0};
  return absl::StrFormat("%x-%x", process, ++next);
}

}  // namespace

absl::Status GrpcAdapter::Overloaded() {
  return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                 "the server has more work than it can take; try again shortly");
}

absl::Status GrpcAdapter::Expired() {
  return Refusal(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "",
                 "the deadline passed before the call had its turn");
}

absl::StatusOr<CallScope> GrpcAdapter::ScopeOf(grpc::CallbackServerContext* context,
                                               const std::string& call_id,
                                               absl::Duration default_deadline,
                                               absl::Duration max_deadline) {
  std::map<std::string, std::string> metadata;
  for (const auto& [key, value] : context->client_metadata()) {
    metadata.emplace(std::string(key.data(), key.size()), std::string(value.data(), value.size()));
  }
  CallScope scope;
  LUMBUNG_ASSIGN_OR_RETURN(scope.access, AccessFromMetadata(metadata));
  const absl::Time now = absl::Now();
  const absl::Time asked = absl::FromChrono(context->deadline());
  const bool none = asked > now + absl::Hours(24 * 365);
  scope.deadline = none ? now + default_deadline : std::min(asked, now + max_deadline);
  scope.call_id = call_id;
  scope.traceparent = MetadataValue(context, "traceparent");
  scope.cancelled = [context] { return context->IsCancelled(); };
  return scope;
}

GrpcAdapter::Ending GrpcAdapter::Begin(const char* method, grpc::CallbackServerContext* context) {
  Ending ending;
  ending.method = method;
  ending.begun = absl::Now();
  ending.call_id = NextCallId();
  ending.traceparent = MetadataValue(context, "traceparent");
  return ending;
}

void GrpcAdapter::End(Ending& ending) {
  ending.latency = absl::Now() - ending.begun;
  if (observer_ != nullptr) observer_->OnCallEnd(ending);
}

}  // namespace lumbung
