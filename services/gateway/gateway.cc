#include "services/gateway/gateway.h"

#include <utility>
#include <variant>

#include <grpcpp/generic/generic_stub.h>

#include "absl/strings/ascii.h"
#include "ledger/core/status.h"
#include "services/common/rate_limiter.h"
#include "services/gateway/connect_error.h"
#include "services/gateway/connect_protocol.h"
#include "services/gateway/embedded_openapi.h"
#include "services/gateway/forwarding.h"
#include "services/gateway/request_rules.h"
#include "services/gateway/static_pages.h"
#include "services/gateway/tls_context.h"

namespace lumbung::gateway {

class Gateway::Parts {
 public:
  explicit Parts(Options options)
      : methods_(std::move(options.services)),
        transcoder_(options.json),
        stub_(options.channel),
        route_{&stub_, &transcoder_, options.longest_call, options.longest_stream, options.secret},
        addresses_(options.calls_of_address, "this address"),
        metrics_(std::move(options.metrics)) {}

  absl::Status Listen(const Options& options) {
    HttpServer::Options http;
    http.listen_host = options.listen_host;
    http.port = options.port;
    http.threads = options.threads;
    http.limits = options.http;
    http.handler = [this](std::shared_ptr<HttpExchange> exchange) { Handle(std::move(exchange)); };
    for (const std::string& name : options.host_names) {
      http.host_names.push_back(absl::AsciiStrToLower(name));
    }
    if (!options.certificate_file.empty() || !options.key_file.empty()) {
      LUMBUNG_ASSIGN_OR_RETURN(
          http.tls,
          TlsContext::Load(options.certificate_file, options.key_file, options.client_ca_file));
    }
    if (!options.web_folder.empty()) {
      LUMBUNG_ASSIGN_OR_RETURN(pages_, StaticPages::Read(options.web_folder));
    }
    pages_.Add("/openapi.json", std::string(OpenApiJson()), "application/json");
    LUMBUNG_ASSIGN_OR_RETURN(http_, HttpServer::Start(std::move(http)));
    return absl::OkStatus();
  }

  std::uint16_t port() const { return http_->port(); }

 private:
  void Handle(std::shared_ptr<HttpExchange> exchange) {
    HttpRequest request = exchange->TakeRequest();
    const absl::Status allowed = addresses_.Take(request.address);
    if (!allowed.ok()) return exchange->Respond(ErrorResponse(allowed));
    if (IsForOperators(request.target)) return AnswerOperators(request, std::move(exchange));
    if (request.method == "GET") {
      if (auto page = pages_.Find(request)) return exchange->Respond(*std::move(page));
    }
    auto parsed = ParseConnectRequest(methods_, std::move(request));
    if (auto* const refusal = std::get_if<HttpResponse>(&parsed)) {
      return exchange->Respond(std::move(*refusal));
    }
    ForwardCall(route_, std::get<ConnectCall>(std::move(parsed)), std::move(exchange));
  }

  static bool IsForOperators(absl::string_view target) {
    return target == "/healthz" || target == "/readyz" || target == "/metrics";
  }

  void AnswerOperators(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) {
    if (request.method != "GET") return exchange->Respond(PlainAnswer(405, "only GET"));
    if (request.target == "/readyz") return AnswerReadiness(route_, std::move(exchange));
    if (request.target == "/healthz") return exchange->Respond(PlainAnswer(200, "ok"));
    const bool is_near = request.address == "127.0.0.1" || request.address == "::1";
    // To everybody else it is as if there were none.
    if (metrics_ == nullptr || !is_near) return exchange->Respond(PlainAnswer(404, "not found"));
    HttpResponse response;
    response.headers.emplace_back("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metrics_();
    exchange->Respond(std::move(response));
  }

  const MethodTable methods_;
  const Transcoder transcoder_;
  grpc::GenericStub stub_;
  const Route route_;
  RateLimiter addresses_;
  const std::function<std::string()> metrics_;
  StaticPages pages_;
  // Waits for the calls, which use all of the above.
  std::unique_ptr<HttpServer> http_;
};

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(Options options) {
  auto parts = std::make_unique<Parts>(options);
  LUMBUNG_RETURN_IF_ERROR(parts->Listen(options));
  return std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
}

std::uint16_t Gateway::port() const {
  return parts_->port();
}

}  // namespace lumbung::gateway
