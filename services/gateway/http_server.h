// An HTTP/1.1 server for the gateway: in TLS, or on loopback in the open. Everything that a client
// decides is bounded: the number of connections, the bytes of header and body, and the time for
// each. What two readers of HTTP could understand differently (two lengths, a length and chunks) is
// refused and the connection closed, and so are requests for other hosts than this machine and
// those it is known by, which is how a web page would reach a local server through a name of its
// own.
//
// Handlers run on the server's threads and must not block; they answer from any thread.
#ifndef LUMBUNG_SERVICES_GATEWAY_HTTP_SERVER_H_
#define LUMBUNG_SERVICES_GATEWAY_HTTP_SERVER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/http_message.h"
#include "services/gateway/tls_context.h"

namespace lumbung::gateway {

// One request, and how to answer it: by Respond, or by BeginStream, any number of Writes and
// EndStream. Thread-safe, but answered by one party at a time. Dropping it unanswered closes the
// connection.
class HttpExchange {
 public:
  virtual ~HttpExchange() = default;

  // To be taken once.
  virtual HttpRequest TakeRequest() = 0;

  // Calls `gone` when the client closes the connection before the answer is complete; at once when
  // it already did. At most one, and never after the answer.
  virtual void OnDisconnect(std::function<void()> gone) = 0;

  virtual void Respond(HttpResponse response) = 0;

  // Status and headers; the body comes in pieces.
  virtual void BeginStream(HttpResponse head) = 0;
  // `done` tells whether the piece went out; the next one waits for it. That is how a slow client
  // slows the service down instead of filling memory.
  virtual void Write(std::string piece, std::function<void(bool)> done) = 0;
  // `last` goes out before the end.
  virtual void EndStream(std::string last) = 0;
};

class HttpServer {
 public:
  using Handler = std::function<void(std::shared_ptr<HttpExchange>)>;

  struct Limits {
    std::uint32_t header_bytes = 16 * 1024;
    std::uint64_t body_bytes = 8 << 20;
    std::size_t connections = 1'024;
    // So that one of many clients cannot take all.
    std::size_t connections_of_address = 600;
    // From the first byte (of the connection's first request: from connecting) to the last one.
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_time{30'000};
    // Between two requests.
    std::chrono::milliseconds idle_time{60'000};
    // For the client to take a piece of the answer.
    std::chrono::milliseconds write_time{30'000};
  };
  struct Options {
    // An IP address of this machine.
    std::string listen_host = "127.0.0.1";
    // 0 picks a free one.
    std::uint16_t port = 0;
    int threads = 2;
    Limits limits;
    Handler handler;
    // Null: in the open, which is for loopback only.
    std::shared_ptr<TlsContext> tls = nullptr;
    // By which clients may call the server, besides localhost; in lower case, without a port.
    std::vector<std::string> host_names = {};
  };

  // INVALID_ADDRESS, TLS_REQUIRED, PORT_IN_USE.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(Options options);
  // Closes every connection. Exchanges may outlive the server; answering them does nothing then.
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_HTTP_SERVER_H_
