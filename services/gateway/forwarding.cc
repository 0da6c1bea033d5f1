#include "services/gateway/forwarding.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/slice.h>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "services/common/access.h"
#include "services/common/error_mapping.h"
#include "services/gateway/connect_error.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gzip.h"
#include "services/gateway/request_rules.h"

namespace lumbung::gateway {
namespace {

constexpr absl::Duration kReadinessPatience = absl::Seconds(2);
// Its answers carry tokens, keys and one-time secrets.
constexpr char kIdentityPath[] = "/lumbung.identity.";

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string FromBuffer(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  // Fails only for what cannot be decompressed.
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

std::shared_ptr<grpc::ClientContext> MakeContext(const Route& route, const ConnectCall& call) {
  const absl::Duration longest = call.is_stream ? route.longest_stream : route.longest_call;
  auto context = std::make_shared<grpc::ClientContext>();
  const absl::Duration timeout = std::min(call.timeout.value_or(longest), longest);
  context->set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  for (const auto& [key, value] : call.metadata) context->AddMetadata(key, value);
  if (!route.secret.empty()) {
    context->AddMetadata(kGatewayMetadata, route.secret);
    context->AddMetadata(kForwardedForMetadata, call.client_address);
    if (!call.client_certificate.empty()) {
      context->AddMetadata(kClientCertificateMetadata, call.client_certificate);
    }
  }
  return context;
}

absl::StatusOr<std::string> ToBinary(const Route& route, ConnectCall& call) {
  if (call.codec == Codec::kProto) return std::move(call.message);
  return route.transcoder->JsonToBinary(*call.method->input_type(), call.message);
}

absl::StatusOr<std::string> FromBinary(const Route& route, const ConnectCall& call,
                                       std::string binary) {
  if (call.codec == Codec::kProto) return binary;
  return route.transcoder->BinaryToJson(*call.method->output_type(), binary);
}

// A unary call under way.
struct UnaryCall {
  Route route;
  ConnectCall call;
  std::shared_ptr<HttpExchange> exchange;
  std::shared_ptr<grpc::ClientContext> context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

// What somebody else may have chosen a part of is not compressed beside what is secret: its length
// would tell of it.
bool MayCompress(const ConnectCall& call, absl::string_view message) {
  return call.takes_gzip && message.size() >= kWorthCompressing &&
         !absl::StartsWith(call.path, kIdentityPath);
}

HttpResponse AnswerOf(const UnaryCall& unary, const grpc::Status& status) {
  const ConnectCall& call = unary.call;
  HttpResponse response = status.ok() ? HttpResponse() : ErrorResponse(status);
  // Also when the session had ended already.
  if (call.browser.by_cookie && IsSignOut(call.path)) {
    response.headers.emplace_back("Set-Cookie", ForgottenCookie(call.is_secure));
  }
  if (!status.ok()) return response;
  std::string binary = FromBuffer(unary.response);
  if (call.browser.wants_cookie) {
    response.headers.emplace_back("Set-Cookie", TakeCookie(&binary, call.is_secure));
  }
  absl::StatusOr<std::string> message = FromBinary(unary.route, call, std::move(binary));
  if (!message.ok()) return ErrorResponse(message.status());
  response.headers.emplace_back("Content-Type",
                                std::string(ContentTypeOf(call.codec, /*is_stream=*/false)));
  if (MayCompress(call, *message)) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    message = Gzip(*message);
  }
  response.body = *std::move(message);
  return response;
}

void ForwardUnary(const Route& route, ConnectCall call, std::shared_ptr<HttpExchange> exchange) {
  const absl::StatusOr<std::string> message = ToBinary(route, call);
  if (!message.ok()) return exchange->Respond(ErrorResponse(message.status()));
  auto unary = std::make_shared<UnaryCall>();
  unary->route = route;
  unary->context = MakeContext(route, call);
  unary->call = std::move(call);
  unary->exchange = std::move(exchange);
  unary->request = ToBuffer(*message);
  unary->exchange->OnDisconnect([context = unary->context] { context->TryCancel(); });
  route.stub->UnaryCall(
      unary->context.get(), unary->call.path, {}, &unary->request, &unary->response,
      [unary](const grpc::Status& status) { unary->exchange->Respond(AnswerOf(*unary, status)); });
}

// A server stream under way. Owns itself until the RPC library says that all is done.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  StreamCall(const Route& route, ConnectCall call, std::shared_ptr<HttpExchange> exchange,
             const std::string& message)
      : route_(route),
        context_(MakeContext(route, call)),
        call_(std::move(call)),
        exchange_(std::move(exchange)),
        request_(ToBuffer(message)) {}

  void Start() {
    exchange_->OnDisconnect([context = context_] { context->TryCancel(); });
    route_.stub->PrepareBidiStreamingCall(context_.get(), call_.path, {}, this);
    // The next read is started by the HTTP side, when the client has taken the last message.
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool is_read) override {
    if (!is_read) return RemoveHold();
    absl::StatusOr<std::string> message = FromBinary(route_, call_, FromBuffer(response_));
    if (!message.ok()) {
      failure_ = message.status();
      return End();
    }
    const bool is_gzip = MayCompress(call_, *message);
    std::string piece = is_gzip ? Envelope(kCompressedFlag, Gzip(*message)) : Envelope(0, *message);
    exchange_->Write(std::move(piece), [this](bool is_sent) {
      if (!is_sent) return End();
      StartRead(&response_);
    });
  }

  void OnDone(const grpc::Status& status) override {
    exchange_->EndStream(EndOfStream(failure_.ok() ? status : ToGrpcStatus(failure_)));
    delete this;
  }

 private:
  void End() {
    context_->TryCancel();
    RemoveHold();
  }

  const Route route_;
  const std::shared_ptr<grpc::ClientContext> context_;
  const ConnectCall call_;
  const std::shared_ptr<HttpExchange> exchange_;
  const grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  absl::Status failure_;
};

void ForwardStream(const Route& route, ConnectCall call, std::shared_ptr<HttpExchange> exchange) {
  HttpResponse head;
  head.headers.emplace_back("Content-Type",
                            std::string(ContentTypeOf(call.codec, /*is_stream=*/true)));
  if (call.takes_gzip) head.headers.emplace_back("Connect-Content-Encoding", "gzip");
  exchange->BeginStream(std::move(head));
  const absl::StatusOr<std::string> message =
      call.refusal.ok() ? ToBinary(route, call) : absl::StatusOr<std::string>(call.refusal);
  if (!message.ok()) return exchange->EndStream(EndOfStream(ToGrpcStatus(message.status())));
  // Deletes itself.
  (new StreamCall(route, std::move(call), std::move(exchange), *message))->Start();
}

}  // namespace

void ForwardCall(const Route& route, ConnectCall call, std::shared_ptr<HttpExchange> exchange) {
  if (call.is_stream) {
    ForwardStream(route, std::move(call), std::move(exchange));
  } else {
    ForwardUnary(route, std::move(call), std::move(exchange));
  }
}

void AnswerReadiness(const Route& route, std::shared_ptr<HttpExchange> exchange) {
  auto unary = std::make_shared<UnaryCall>();
  unary->call.timeout = kReadinessPatience;
  unary->context = MakeContext(route, unary->call);
  unary->exchange = std::move(exchange);
  unary->request = ToBuffer("");
  route.stub->UnaryCall(
      unary->context.get(), "/grpc.health.v1.Health/Check", {}, &unary->request, &unary->response,
      [unary](const grpc::Status& status) {
        // HealthCheckResponse{status: SERVING}; its header is not packaged.
        const bool is_ready = status.ok() && FromBuffer(unary->response) == "\x08\x01";
        unary->exchange->Respond(is_ready ? PlainAnswer(200, "ready")
                                          : PlainAnswer(503, "the services do not answer"));
      });
}

}  // namespace lumbung::gateway
