// A small HTTP server on loopback for operators: GET /metrics, /healthz (the process lives),
// /readyz (the database answers). One thread, one request a connection, everything bounded.
#ifndef LUMBUNG_SERVICES_HOST_HTTP_STATUS_SERVER_H_
#define LUMBUNG_SERVICES_HOST_HTTP_STATUS_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace lumbung::host {

class HttpStatusServer {
 public:
  struct Options {
    std::uint16_t port = 0;
    std::function<std::string()> metrics;
    std::function<bool()> ready;
  };

  // PORT_IN_USE.
  static absl::StatusOr<std::unique_ptr<HttpStatusServer>> Start(Options options);
  virtual ~HttpStatusServer() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_HTTP_STATUS_SERVER_H_
