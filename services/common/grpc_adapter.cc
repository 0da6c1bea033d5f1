#include "services/common/grpc_adapter.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/access.pb.h"
#include "services/common/call_credentials.h"

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
                                                      grpc::CallbackServerContext* context) {
  auto call = std::make_shared<Call>();
  call->begun = absl::Now();
  call->end.method = method;
  call->end.call_id = NextCallId();
  call->end.traceparent = TraceparentOf(*context);
  call->method = &MethodNamed(method);
  return call;
}

grpc::Status GrpcAdapter::End(Call& call, const absl::Status& status) const {
  call.end.status = status;
  call.end.latency = absl::Now() - call.begun;
  if (options_.observer != nullptr) options_.observer->OnCallEnd(call.end);
  return ToGrpcStatus(status, call.end.call_id);
}

absl::StatusOr<CallScope> GrpcAdapter::ScopeOf(Call& call, grpc::CallbackServerContext* context,
                                               Kind kind) {
  const auto metadata = [context](absl::string_view key) {
    const auto found = context->client_metadata().find(grpc::string_ref(key.data(), key.size()));
    if (found == context->client_metadata().end()) return std::string();
    return std::string(found->second.data(), found->second.size());
  };
  LUMBUNG_ASSIGN_OR_RETURN(call.credentials,
                           CredentialsOf(metadata, context->peer(), options_.gateway_secret));
  CallScope scope;
  scope.access.organization = call.credentials.organization;
  scope.access.from_address = call.credentials.from_address;
  scope.method = call.end.method;
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
         std::min(longest, call.method->is_read ? limits.default_read : limits.default_write);
}

const GrpcAdapter::Method& GrpcAdapter::MethodNamed(absl::string_view name) {
  {
    absl::ReaderMutexLock lock(&mutex_);
    const auto known = methods_.find(name);
    if (known != methods_.end()) return known->second;
  }
  Method method;
  const google::protobuf::MethodDescriptor* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrReplaceAll(name, {{"/", "."}}));
  if (descriptor != nullptr) {
    method.is_read = descriptor->options().idempotency_level() ==
                     google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
    method.permission = descriptor->options().GetExtension(common::v1::permission);
  }
  absl::MutexLock lock(&mutex_);
  return methods_.emplace(name, std::move(method)).first->second;
}

bool GrpcAdapter::AdmitAtOnce(const Call& call, const google::protobuf::Message* request,
                              CallScope& scope) {
  if (call.method->permission == kPublic) return true;
  std::optional<AccessContext> access = options_.authenticator->Cached(call.credentials);
  if (!access) return false;
  scope.access = *std::move(access);
  return PermissionOf(call, request, scope).ok();
}

absl::Status GrpcAdapter::Admit(const Call& call, const google::protobuf::Message* request,
                                CallScope& scope) {
  if (call.method->permission == kPublic) return absl::OkStatus();
  std::optional<AccessContext> access = options_.authenticator->Cached(call.credentials);
  if (!access) {
    LUMBUNG_ASSIGN_OR_RETURN(
        access, options_.authenticator->Authenticate(call.credentials, scope.deadline));
  }
  scope.access = *std::move(access);
  return Check(call, request, scope);
}

absl::Status GrpcAdapter::Check(const Call& call, const google::protobuf::Message* request,
                                CallScope& scope) {
  absl::Status status = PermissionOf(call, request, scope);
  RecordIfDenied(call, request, scope, status);
  return status;
}

void GrpcAdapter::RecordIfDenied(const Call& call, const google::protobuf::Message* request,
                                 const CallScope& scope, const absl::Status& status) {
  if (!absl::IsPermissionDenied(status)) return;
  options_.authenticator->RecordRefusal(
      scope.access,
      {call.end.method, request == nullptr ? "" : TargetOf(*request).resource, call.end.call_id,
       status},
      scope.deadline);
}

absl::Status GrpcAdapter::PermissionOf(const Call& call, const google::protobuf::Message* request,
                                       CallScope& scope) const {
  const std::string& permission = call.method->permission;
  if (scope.access.must_change_password && permission != kSignedIn) {
    return Refusal(absl::StatusCode::kPermissionDenied, "PASSWORD_CHANGE_REQUIRED", "",
                   "this password was for one sign-in; choose one of your own first");
  }
  std::optional<RequestTarget> target;
  if (request != nullptr) target = TargetOf(*request);
  if (permission != kSignedIn && !Allows(scope.access, permission, target)) {
    return Denial(scope.access, permission, options_.authenticator->RolesWith(permission));
  }
  scope.access.adjuster = Allows(scope.access, kAdjustPermission, target);
  // Only now: a stranger must not use up what belongs to an organization.
  if (options_.organizations == nullptr || scope.access.grants.empty()) {
    return absl::OkStatus();
  }
  return options_.organizations->Take(scope.access.organization);
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
