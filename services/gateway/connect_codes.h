// What the Connect protocol calls the gRPC codes. A header of its own, without gRPC, because the
// API's description is written by a program that is built before the gateway.
#ifndef LUMBUNG_SERVICES_GATEWAY_CONNECT_CODES_H_
#define LUMBUNG_SERVICES_GATEWAY_CONNECT_CODES_H_

namespace lumbung::gateway {

struct ConnectCode {
  const char* name;
  int http_status;
};

// By the number of the gRPC code.
inline constexpr ConnectCode kConnectCodes[] = {
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_CONNECT_CODES_H_
