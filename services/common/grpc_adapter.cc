#include "services/common/grpc_adapter.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <map>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// Unique in the life of a server process, and unlikely to repeat across two.
std::string NextCallId() {
  static const std::int64_t process = absl::ToUnixMicros(absl::Now());
  static std::atomic<std::int64_t> next{0};
  return absl::StrFormat("%x-%x", process, ++next);
}

// version-trace-parent-flags, all in lower-case hexadecimal; anything else is as if it were not
// there.
std::string TraceparentOf(const grpc::CallbackServerContext& context) {
  constexpr absl::string_view kShape = "00-00000000000000000000000000000000-0000000000000000-00";
  const auto found = context.client_metadata().find("traceparent");
  if (found == context.client_metadata().end() || found->second.size() != kShape.size()) return "";
  const std::string value(found->second.data(), found->second.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (kShape[i] == '-' ? c != '-' : !is_hex) return "";
  }
  return value;
}

}  // namespace

std::shared_ptr<GrpcAdapter::Call> GrpcAdapter::Begin(const char* method,
                                                      grpc::CallbackServerContext* context) const {
  auto call = std::make_shared<Call>();
  call->begun = absl::Now();
  call->end.method = method;
  call->end.call_id = NextCallId();
  call->end.traceparent = TraceparentOf(*context);
  return call;
}

grpc::Status GrpcAdapter::End(Call& call, const absl::Status& status) const {
  call.end.status = status;
  call.end.latency = absl::Now() - call.begun;
  if (options_.observer != nullptr) options_.observer->OnCallEnd(call.end);
  return ToGrpcStatus(status, call.end.call_id);
}

absl::StatusOr<CallScope> GrpcAdapter::ScopeOf(const Call& call,
                                               grpc::CallbackServerContext* context, Kind kind) {
  std::map<std::string, std::string> metadata;
  for (const auto& [key, value] : context->client_metadata()) {
    metadata.emplace(std::string(key.data(), key.size()), std::string(value.data(), value.size()));
  }
  CallScope scope;
  LUMBUNG_ASSIGN_OR_RETURN(scope.access, AccessFromMetadata(metadata));
  scope.deadline = DeadlineOf(call, *context, kind);
  scope.call_id = call.end.call_id;
  scope.traceparent = call.end.traceparent;
  scope.cancelled = [context] { return context->IsCancelled(); };
  return scope;
}

absl::Time GrpcAdapter::DeadlineOf(const Call& call, const grpc::CallbackServerContext& context,
                                   Kind kind) {
  const Deadlines& limits = options_.deadlines;
  const absl::Duration longest =
      kind == Kind::kStream ? limits.longest_stream : limits.longest_call;
  // The library's "no deadline" is a time far in the future.
  const absl::Time asked = absl::FromChrono(context.deadline());
  if (asked < call.begun + absl::Hours(24 * 365)) return std::min(asked, call.begun + longest);
  if (kind == Kind::kStream) return call.begun + longest;
  return call.begun +
         std::min(longest, IsRead(call.end.method) ? limits.default_read : limits.default_write);
}

bool GrpcAdapter::IsRead(absl::string_view method) {
  {
    absl::ReaderMutexLock lock(&mutex_);
    const auto known = is_read_.find(method);
    if (known != is_read_.end()) return known->second;
  }
  const google::protobuf::MethodDescriptor* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrReplaceAll(method, {{"/", "."}}));
  const bool is_read =
      descriptor != nullptr &&
      descriptor->options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
  absl::MutexLock lock(&mutex_);
  return is_read_[method] = is_read;
}

absl::Status GrpcAdapter::StillWanted(const CallScope& scope) {
  if (absl::Now() >= scope.deadline) {
    return Refusal(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "",
                   "the deadline passed before the call had its turn");
  }
  if (scope.cancelled()) return absl::CancelledError("the client has gone");
  return absl::OkStatus();
}

absl::Status GrpcAdapter::Overloaded() {
  return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                 "the server has more work than it can take; try again shortly");
}

absl::Status GrpcAdapter::StatusOfException() {
  try {
    throw;
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("a handler threw: ", error.what()));
  } catch (...) {
    return absl::InternalError("a handler threw something that is not an exception");
  }
}

}  // namespace lumbung
