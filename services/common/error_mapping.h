// Refusals on the wire: absl::Status with its reason and field path to grpc::Status with standard
// error details, and back.
#ifndef LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_
#define LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace lumbung {

inline constexpr char kErrorDomain[] = "lumbung";

// An INTERNAL or UNKNOWN status reaches the client as a generic text; log it before.
grpc::Status ToGrpcStatus(const absl::Status& status);

// What a client makes of the answer: code, message, reason and field.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_ERROR_MAPPING_H_
