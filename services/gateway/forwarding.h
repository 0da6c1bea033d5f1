// One call on its way: from a Connect call to gRPC, and the answer back.
#ifndef LUMBUNG_SERVICES_GATEWAY_FORWARDING_H_
#define LUMBUNG_SERVICES_GATEWAY_FORWARDING_H_

#include <memory>
#include <string>

#include <grpcpp/generic/generic_stub.h>

#include "absl/time/time.h"
#include "services/gateway/connect_protocol.h"
#include "services/gateway/http_server.h"
#include "services/gateway/transcoder.h"

namespace lumbung::gateway {

// Where calls go. What it points at outlives the exchanges.
struct Route {
  grpc::GenericStub* stub = nullptr;
  const Transcoder* transcoder = nullptr;
  absl::Duration longest_call;
  absl::Duration longest_stream;
  // Proves to the services that the address of the client is told by the gateway; empty: nothing is
  // told.
  std::string secret;
};

// Starts the call and returns; the answer goes to the exchange whenever it comes.
void ForwardCall(const Route& route, ConnectCall call, std::shared_ptr<HttpExchange> exchange);

// Asks the services' health service.
void AnswerReadiness(const Route& route, std::shared_ptr<HttpExchange> exchange);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_FORWARDING_H_
