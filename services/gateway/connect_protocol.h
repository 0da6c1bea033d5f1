// The Connect protocol (https://connectrpc.com/docs/protocol), so that browsers and curl speak the
// same typed API as gRPC clients. Pure functions over bytes: no sockets, no gRPC calls.
//
// Refused here, before anything is parsed further: methods that are not on the list of services,
// other HTTP verbs, other content types, other compressions than gzip, client streams (HTTP/1.1
// cannot carry them well), and GET for methods that change something.
#ifndef LUMBUNG_SERVICES_GATEWAY_CONNECT_PROTOCOL_H_
#define LUMBUNG_SERVICES_GATEWAY_CONNECT_PROTOCOL_H_

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/gateway/browser_session.h"
#include "services/gateway/http_message.h"

namespace lumbung::gateway {

enum class Codec { kJson, kProto };

// A call as the client asked for it.
struct ConnectCall {
  const google::protobuf::MethodDescriptor* method = nullptr;
  // "/lumbung.ledger.v1.BooksService/GetBook", as gRPC names it.
  std::string path;
  Codec codec = Codec::kJson;
  // Answered as a server stream of enveloped messages.
  bool is_stream = false;
  // The answer may be compressed.
  bool takes_gzip = false;
  std::optional<absl::Duration> timeout;
  // The request message in the client's codec.
  std::string message;
  // `authorization`, `lumbung-organization` and `traceparent`, as far as the client sent them.
  std::vector<std::pair<std::string, std::string>> metadata;
  std::string client_address;
  std::string client_certificate;
  BrowserSession browser;
  // The client came in TLS.
  bool is_secure = false;
  // Why the call cannot be made, although it is known how to answer: for streams, in the
  // end-of-stream message.
  absl::Status refusal;
};

// The methods that the gateway answers: those of the named services, and no others. Thread-safe.
class MethodTable {
 public:
  explicit MethodTable(std::vector<std::string> services) : services_(std::move(services)) {}

  // The method of a path such as "/lumbung.ledger.v1.BooksService/GetBook", or null.
  const google::protobuf::MethodDescriptor* Find(absl::string_view path) const;

 private:
  std::vector<std::string> services_;
};

// Either a call, or the complete answer to a request that is none.
std::variant<ConnectCall, HttpResponse> ParseConnectRequest(const MethodTable& methods,
                                                            HttpRequest request);

// "application/connect+json" and so on.
absl::string_view ContentTypeOf(Codec codec, bool is_stream);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_CONNECT_PROTOCOL_H_
