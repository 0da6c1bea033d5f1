// How a gRPC status looks to a Connect client.
#ifndef LUMBUNG_SERVICES_GATEWAY_CONNECT_ERROR_H_
#define LUMBUNG_SERVICES_GATEWAY_CONNECT_ERROR_H_

#include <string>

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/gateway/http_message.h"

namespace lumbung::gateway {

// "invalid_argument", and the HTTP status that the specification gives it.
absl::string_view ConnectCodeName(grpc::StatusCode code);
int HttpStatusOf(grpc::StatusCode code);

// {"code","message","details"}: the details are those of the status (google.rpc.Status bytes), each
// with its type and its bytes in base64, and readable under "debug" where the type is ours.
std::string ErrorJson(const grpc::Status& status);

// The whole answer of a unary call that failed; always JSON, whatever the codec.
HttpResponse ErrorResponse(const grpc::Status& status);
HttpResponse ErrorResponse(const absl::Status& status);

// The last envelope of a stream, which says how it ended.
std::string EndOfStream(const grpc::Status& status);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_CONNECT_ERROR_H_
