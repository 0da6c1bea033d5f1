// Refusals on the wire: absl::Status with its reason and field path to grpc::Status with standard
// error details, and back.
#ifndef LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_
#define LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung {

inline constexpr char kErrorDomain[] = "lumbung";

// True for what is no refusal but a fault of the server.
bool IsOurFault(absl::StatusCode code);

// A fault of ours reaches the client as a generic text that names the call, for the server's log
// has the rest. Messages longer than 1,200 bytes are cut: all of it must fit the trailers.
grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id = "");

// What a client makes of the answer: code, message, reason and field.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_
