// The gateway: Connect calls over HTTP come in, gRPC calls go out over a channel. It decides
// nothing about who may do what; the services do, from the credentials that it passes on.
//
//   POST /package.Service/Method   unary calls and server streams, JSON or binary
//   GET  /package.Service/Method   unary calls without side effects
//   GET  /healthz, /readyz         the process lives; the services answer
//   GET  /metrics                  for callers on this machine
//   GET  /openapi.json             the description of all this
//   GET  /...                      the pages of the web application, where there is one
//
// A client that goes away cancels its call. A stream is read from the service as fast as its client
// takes it.
#ifndef LUMBUNG_SERVICES_GATEWAY_GATEWAY_H_
#define LUMBUNG_SERVICES_GATEWAY_GATEWAY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/channel.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http_server.h"
#include "services/gateway/transcoder.h"

namespace lumbung::gateway {

class Gateway {
 public:
  struct Options {
    // An IP address of this machine; others than loopback need a certificate.
    std::string listen_host = "127.0.0.1";
    // 0 picks a free one.
    std::uint16_t port = 0;
    int threads = 2;
    // Both or none, in PEM.
    std::string certificate_file;
    std::string key_file;
    // Whose certificates clients may prove themselves with, in PEM; empty: none are asked for.
    std::string client_ca_file;
    // By which clients call the gateway, besides localhost.
    std::vector<std::string> host_names;
    // Calls a second of one address; 0: no limit.
    int calls_of_address = 0;
    // Of the web application; empty: none.
    std::string web_folder;
    // The answer to /metrics, for callers on this machine; null: none.
    std::function<std::string()> metrics;
    // To a server that has the services below and the standard health service.
    std::shared_ptr<grpc::Channel> channel;
    // Full names; nothing else is reachable. Their descriptors are compiled in.
    std::vector<std::string> services;
    // What the services know the gateway by; see call_credentials.h.
    std::string secret;
    HttpServer::Limits http = {};
    Transcoder::Limits json = {};
    // For calls whose client sets no deadline or a later one. The services have defaults of their
    // own, which are shorter.
    absl::Duration longest_call = absl::Minutes(10);
    absl::Duration longest_stream = absl::Hours(6);
  };

  // INVALID_CERTIFICATE, UNREADABLE_FOLDER, FOLDER_TOO_LARGE, INVALID_ADDRESS, TLS_REQUIRED,
  // PORT_IN_USE.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(Options options);
  // Cancels the calls under way.
  ~Gateway();

  std::uint16_t port() const;

 private:
  class Parts;

  explicit Gateway(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_GATEWAY_H_
