// Requests as strangers send them: bytes, HTTP, the rules for its head, the Connect protocol. What
// is let through has one meaning and fits its bounds; what is not gets an answer that says why.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/strings/ascii.h"
#include "ledger/core/utf8.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/gateway/connect_protocol.h"
#include "services/gateway/gzip.h"
#include "services/gateway/request_rules.h"
#include "tests/fuzz/expect.h"

namespace {

namespace http = boost::beast::http;
using lumbung::gateway::ConnectCall;
using lumbung::gateway::HttpRequest;
using lumbung::gateway::HttpResponse;

void CheckRefusal(const HttpResponse& response) {
  FUZZ_EXPECT(response.status >= 400 && response.status < 600);
  FUZZ_EXPECT(!response.body.empty() && lumbung::IsValidUtf8(response.body));
  for (const auto& [name, value] : response.headers) {
    FUZZ_EXPECT(std::all_of(value.begin(), value.end(), absl::ascii_isprint));
  }
}

void CheckCall(const ConnectCall& call) {
  FUZZ_EXPECT(call.method != nullptr && !call.method->client_streaming());
  FUZZ_EXPECT(call.is_stream == call.method->server_streaming());
  FUZZ_EXPECT(call.message.size() <= lumbung::gateway::kMaxMessageBytes);
  int authorizations = 0;
  for (const auto& [key, value] : call.metadata) {
    FUZZ_EXPECT(std::all_of(value.begin(), value.end(), absl::ascii_isprint));
    if (key == "authorization") ++authorizations;
  }
  FUZZ_EXPECT(authorizations <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Has the descriptors linked in.
  lumbung::ledger::v1::GetBalanceRequest::descriptor();
  lumbung::identity::v1::SignInRequest::descriptor();
  static const auto* const kMethods = new lumbung::gateway::MethodTable(
      {"lumbung.ledger.v1.LedgerService", "lumbung.identity.v1.IdentityService"});
  http::request_parser<http::string_body> parser;
  parser.header_limit(16 * 1'024);
  parser.body_limit(64 * 1'024);
  parser.eager(true);
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(data, size), error);
  if (!parser.is_header_done()) return 0;
  HttpRequest request;
  const auto& head = parser.get();
  request.method = std::string(head.method_string());
  request.target = std::string(head.target());
  for (const auto& field : head) {
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  if (const auto refusal = lumbung::gateway::CheckRequestHead(static_cast<int>(head.version()),
                                                              request, {"a.example"})) {
    CheckRefusal(*refusal);
    return 0;
  }
  if (error || !parser.is_done()) return 0;
  request.body = head.body();
  const auto parsed = ParseConnectRequest(*kMethods, std::move(request));
  if (const auto* const refusal = std::get_if<HttpResponse>(&parsed)) {
    CheckRefusal(*refusal);
  } else {
    CheckCall(std::get<ConnectCall>(parsed));
  }
  return 0;
}
