// One client's connection: reads a request, hands it to the handler, writes the answer, and again.
// Everything about the socket happens on the connection's strand.
#ifndef LUMBUNG_SERVICES_GATEWAY_HTTP_CONNECTION_H_
#define LUMBUNG_SERVICES_GATEWAY_HTTP_CONNECTION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/client_stream.h"
#include "services/gateway/http_message.h"
#include "services/gateway/http_server.h"

namespace lumbung::gateway {

class HttpConnection;

// The connections of a server, and the exchanges that are not over. Thread-safe.
class ConnectionRegistry {
 public:
  // Counts a new connection of the address; false when it or the server has too many.
  bool Admit(const std::string& address, const HttpServer::Limits& limits);
  void Add(HttpConnection* connection);
  void Remove(HttpConnection* connection, const std::string& address);

  // False once closing: then there is no new exchange.
  bool BeginExchange();
  void EndExchange();

  // Closes every connection, and returns when the last exchange was dropped.
  void Close();

 private:
  mutable absl::Mutex mutex_;
  absl::flat_hash_set<HttpConnection*> connections_ ABSL_GUARDED_BY(mutex_);
  std::size_t admitted_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, std::size_t> of_address_ ABSL_GUARDED_BY(mutex_);
  int exchanges_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
};

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  // The executor of the socket is a strand; the registry has admitted the address. `options` and
  // `registry` outlive the connection.
  HttpConnection(boost::asio::ip::tcp::socket socket, std::string address,
                 const HttpServer::Options* options, ConnectionRegistry* registry);
  ~HttpConnection();

  // Takes over; lives until the connection is closed and its last exchange dropped.
  void Run();
  // From any thread.
  void Close();

 private:
  class Exchange;
  using Error = boost::beast::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Done = std::function<void(bool)>;

  void Handshake();
  void ReadFirst();
  void AwaitRequest();
  void ReadHead();
  void OnHead();
  void ReadBody();
  void Handle();
  // Answers what could not be read, and closes.
  void Refuse(HttpResponse response);
  void OnReadError(Error error);

  void WatchForDisconnect();
  void Answer(HttpResponse response);
  void Send(std::string bytes, Done done);
  void OnAnswered();
  // Takes what is still coming for a moment: closing at once would take the answer from a client
  // that is still sending.
  void Linger();
  void Discard();
  void CloseNow();
  std::string HeadOf(const HttpResponse& response, bool is_stream) const;

  template <typename Work>
  void OnStrand(Work work);

  ClientStream stream_;
  // The client's, without its port.
  const std::string address_;
  // SHA-256 of its certificate, in hexadecimal, when it has shown one.
  std::string certificate_;
  const HttpServer::Options* const options_;
  ConnectionRegistry* const registry_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  HttpRequest request_;
  std::string out_;
  // Counts requests, so that what belongs to an older one is known.
  std::uint64_t serial_ = 0;
  bool keep_alive_ = true;
  bool answering_ = false;
  bool closed_ = false;
  std::size_t discarded_ = 0;
  std::function<void()> gone_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_HTTP_CONNECTION_H_
