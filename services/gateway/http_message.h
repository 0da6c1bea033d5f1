// An HTTP request and its answer as values, so that the protocol can be read and tested without a
// socket.
#ifndef LUMBUNG_SERVICES_GATEWAY_HTTP_MESSAGE_H_
#define LUMBUNG_SERVICES_GATEWAY_HTTP_MESSAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace lumbung::gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of the first header of this name, in any case of letters; "" when there is none.
inline absl::string_view FindHeader(const Headers& headers, absl::string_view name) {
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return "";
}

struct HttpRequest {
  std::string method;
  // Path and query, still encoded: "/lumbung.ledger.v1.BooksService/GetBook?connect=v1".
  std::string target;
  Headers headers;
  std::string body;
  // The client's, without its port.
  std::string address = "";
  // It came in TLS.
  bool is_secure = false;
  // SHA-256, in hexadecimal, of the certificate with which the client has proved itself.
  std::string client_certificate = "";
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_HTTP_MESSAGE_H_
