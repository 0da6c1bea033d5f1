// An HTTP client that sends exactly the bytes that a test says, also bad ones.
#ifndef LUMBUNG_TESTS_SERVICES_GATEWAY_HTTP_CLIENT_H_
#define LUMBUNG_TESTS_SERVICES_GATEWAY_HTTP_CLIENT_H_

#include <cstdint>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "absl/strings/string_view.h"
#include "services/gateway/http_message.h"

namespace lumbung::testing {

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);

  void Send(absl::string_view bytes);
  // A whole answer, with chunks put together. Status 0 when the connection ended instead.
  gateway::HttpResponse Read();
  // Waits for some bytes of an answer. False when the connection ended instead.
  bool ReadSome();
  void Close();

  // A request with a Host and a Content-Length, and its answer.
  gateway::HttpResponse Post(absl::string_view path, absl::string_view content_type,
                             absl::string_view body, absl::string_view more_headers = "");
  gateway::HttpResponse PostJson(absl::string_view path, absl::string_view json,
                                 absl::string_view more_headers = "");
  gateway::HttpResponse Get(absl::string_view target, absl::string_view more_headers = "");

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SERVICES_GATEWAY_HTTP_CLIENT_H_
