#include "services/gateway/http_connection.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <sys/socket.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/request_rules.h"

namespace lumbung::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

// Larger than the header may be; also bounds the lines between the chunks of a body.
constexpr std::size_t kMaxBufferBytes = 64 * 1024;
constexpr std::size_t kReadBytes = 4 * 1024;
constexpr std::chrono::seconds kLingerTime{2};
constexpr std::size_t kMaxDiscardedBytes = 16 << 20;

// Unless an answer says otherwise, it is data for programs: no page may frame, guess or keep it.
constexpr struct {
  const char* name;
  const char* value;
} kSecurityHeaders[] = {
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
};
constexpr char kOnlyInTls[] = "Strict-Transport-Security: max-age=31536000\r\n";

std::string Chunk(absl::string_view piece) {
  return piece.empty() ? "" : absl::StrCat(absl::Hex(piece.size()), "\r\n", piece, "\r\n");
}

std::string Text(beast::string_view view) {
  return std::string(view.data(), view.size());
}

}  // namespace

void ConnectionRegistry::Add(HttpConnection* connection) {
  const absl::MutexLock lock(&mutex_);
  connections_.insert(connection);
}

void ConnectionRegistry::Remove(HttpConnection* connection, const std::string& address) {
  const absl::MutexLock lock(&mutex_);
  connections_.erase(connection);
  --admitted_;
  const auto of_address = of_address_.find(address);
  if (--of_address->second == 0) of_address_.erase(of_address);
}

bool ConnectionRegistry::Admit(const std::string& address, const HttpServer::Limits& limits) {
  const absl::MutexLock lock(&mutex_);
  if (admitted_ >= limits.connections) return false;
  std::size_t& of_address = of_address_[address];
  if (of_address >= limits.connections_of_address) return false;
  ++of_address;
  ++admitted_;
  return true;
}

bool ConnectionRegistry::BeginExchange() {
  const absl::MutexLock lock(&mutex_);
  if (closing_) return false;
  ++exchanges_;
  return true;
}

void ConnectionRegistry::EndExchange() {
  const absl::MutexLock lock(&mutex_);
  --exchanges_;
}

void ConnectionRegistry::Close() {
  std::vector<std::shared_ptr<HttpConnection>> open;
  {
    const absl::MutexLock lock(&mutex_);
    closing_ = true;
    for (HttpConnection* const connection : connections_) {
      // Null for one that is just ending.
      if (auto alive = connection->weak_from_this().lock()) open.push_back(std::move(alive));
    }
  }
  for (const auto& connection : open) connection->Close();
  open.clear();
  const auto is_over = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return exchanges_ == 0; };
  const absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&is_over));
}

// Hands what is asked of it to the connection's strand.
class HttpConnection::Exchange final : public HttpExchange {
 public:
  Exchange(std::shared_ptr<HttpConnection> connection, HttpRequest request)
      : connection_(std::move(connection)), request_(std::move(request)) {}

  ~Exchange() override {
    if (!is_answered_) connection_->Close();
    ConnectionRegistry* const registry = connection_->registry_;
    // The registry lets the server end.
    connection_.reset();
    registry->EndExchange();
  }

  HttpRequest TakeRequest() override { return std::move(request_); }

  void OnDisconnect(std::function<void()> gone) override {
    connection_->OnStrand([gone = std::move(gone)](HttpConnection& own) mutable {
      if (own.closed_) return gone();
      if (!own.answering_) own.gone_ = std::move(gone);
    });
  }

  void Respond(HttpResponse response) override {
    is_answered_ = true;
    connection_->OnStrand([response = std::move(response)](HttpConnection& own) mutable {
      own.Answer(std::move(response));
    });
  }

  void BeginStream(HttpResponse head) override {
    head_ = connection_->HeadOf(head, /*is_stream=*/true);
  }

  void Write(std::string piece, std::function<void(bool)> done) override {
    connection_->OnStrand([bytes = absl::StrCat(TakeHead(), Chunk(piece)),
                           done = std::move(done)](HttpConnection& own) mutable {
      own.Send(std::move(bytes), std::move(done));
    });
  }

  void EndStream(std::string last) override {
    is_answered_ = true;
    connection_->OnStrand(
        [bytes = absl::StrCat(TakeHead(), Chunk(last), "0\r\n\r\n")](HttpConnection& own) mutable {
          own.answering_ = true;
          own.Send(std::move(bytes), [&own](bool is_sent) {
            if (is_sent) own.OnAnswered();
          });
        });
  }

 private:
  // Before the piece is handed over: the next one may be written by another thread from then on.
  std::string TakeHead() { return std::exchange(head_, ""); }

  std::shared_ptr<HttpConnection> connection_;
  HttpRequest request_;
  // Goes out with the first piece.
  std::string head_;
  bool is_answered_ = false;
};

HttpConnection::HttpConnection(tcp::socket socket, std::string address,
                               const HttpServer::Options* options, ConnectionRegistry* registry)
    : stream_(std::move(socket), options->tls == nullptr ? nullptr : options->tls->Current()),
      address_(std::move(address)),
      options_(options),
      registry_(registry),
      buffer_(kMaxBufferBytes) {
  registry_->Add(this);
}

HttpConnection::~HttpConnection() {
  registry_->Remove(this, address_);
}

template <typename Work>
void HttpConnection::OnStrand(Work work) {
  asio::post(stream_.get_executor(),
             [self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
}

void HttpConnection::Run() {
  OnStrand([](HttpConnection& own) {
    Error ignored;
    own.stream_.tcp().socket().set_option(tcp::no_delay(true), ignored);
    if (own.stream_.is_secure()) return own.Handshake();
    own.ReadFirst();
  });
}

void HttpConnection::Handshake() {
  stream_.tcp().expires_after(options_->limits.header_time);
  stream_.async_handshake([self = shared_from_this()](Error error) {
    if (error) return self->CloseNow();
    self->certificate_ = self->stream_.PeerCertificate();
    self->ReadFirst();
  });
}

void HttpConnection::ReadFirst() {
  parser_.emplace();
  ReadHead();
}

void HttpConnection::Close() {
  OnStrand([](HttpConnection& own) { own.CloseNow(); });
}

void HttpConnection::AwaitRequest() {
  parser_.emplace();
  if (buffer_.size() > 0) return ReadHead();
  stream_.tcp().expires_after(options_->limits.idle_time);
  stream_.async_read_some(buffer_.prepare(kReadBytes),
                          [self = shared_from_this()](Error error, std::size_t size) {
                            if (error) return self->CloseNow();
                            self->buffer_.commit(size);
                            self->ReadHead();
                          });
}

void HttpConnection::ReadHead() {
  ++serial_;
  parser_->header_limit(options_->limits.header_bytes);
  parser_->body_limit(options_->limits.body_bytes);
  stream_.tcp().expires_after(options_->limits.header_time);
  http::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](Error error, std::size_t) {
                            if (error) return self->OnReadError(error);
                            self->OnHead();
                          });
}

void HttpConnection::OnReadError(Error error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return Refuse(PlainAnswer(
        431, absl::StrCat("the header may have ", options_->limits.header_bytes, " bytes")));
  }
  if (error == http::error::body_limit) {
    return Refuse(PlainAnswer(
        413, absl::StrCat("the body may have ", options_->limits.body_bytes, " bytes")));
  }
  const bool is_malformed = error.category() == Error(http::error::bad_method).category();
  if (is_malformed && error != http::error::end_of_stream &&
      error != http::error::partial_message) {
    return Refuse(PlainAnswer(400, absl::StrCat("this is no HTTP/1.1: ", error.message())));
  }
  CloseNow();
}

void HttpConnection::OnHead() {
  // Taken now: what comes after the body's last chunk is no header.
  const auto& head = parser_->get();
  request_ = {Text(head.method_string()), Text(head.target()), {}, "", address_,
              stream_.is_secure(),        certificate_};
  for (const auto& field : head) {
    request_.headers.emplace_back(Text(field.name_string()), Text(field.value()));
  }
  keep_alive_ = head.keep_alive();
  if (auto refusal =
          CheckRequestHead(static_cast<int>(head.version()), request_, options_->host_names)) {
    return Refuse(*std::move(refusal));
  }
  if (FindHeader(request_.headers, "Expect").empty() || parser_->is_done()) return ReadBody();
  Send("HTTP/1.1 100 Continue\r\n\r\n", [self = shared_from_this()](bool is_sent) {
    if (is_sent) self->ReadBody();
  });
}

void HttpConnection::ReadBody() {
  stream_.tcp().expires_after(options_->limits.body_time);
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](Error error, std::size_t) {
                     if (error) return self->OnReadError(error);
                     self->Handle();
                   });
}

void HttpConnection::Handle() {
  stream_.tcp().expires_never();
  request_.body = std::move(parser_->get().body());
  if (!registry_->BeginExchange()) return CloseNow();
  answering_ = false;
  WatchForDisconnect();
  options_->handler(std::make_shared<Exchange>(shared_from_this(), std::move(request_)));
}

void HttpConnection::Refuse(HttpResponse response) {
  keep_alive_ = false;
  Answer(std::move(response));
}

// Readable without data means that the client has gone; with data, that it sends its next request
// already, or in TLS its farewell, and then its end cannot be seen from here.
void HttpConnection::WatchForDisconnect() {
  stream_.tcp().socket().async_wait(
      tcp::socket::wait_read, [self = shared_from_this(), serial = serial_](Error error) {
        if (error || self->closed_ || self->answering_ || self->serial_ != serial) return;
        char byte = 0;
        const ssize_t size =
            ::recv(self->stream_.tcp().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) self->CloseNow();
      });
}

std::string HttpConnection::HeadOf(const HttpResponse& response, bool is_stream) const {
  const beast::string_view reason =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  std::string head = absl::StrCat("HTTP/1.1 ", response.status, " ", Text(reason), "\r\n",
                                  stream_.is_secure() ? kOnlyInTls : "",
                                  keep_alive_ ? "" : "Connection: close\r\n");
  for (const auto& header : kSecurityHeaders) {
    if (!FindHeader(response.headers, header.name).empty()) continue;
    absl::StrAppend(&head, header.name, ": ", header.value, "\r\n");
  }
  for (const auto& [name, value] : response.headers) {
    absl::StrAppend(&head, name, ": ", value, "\r\n");
  }
  if (is_stream) return absl::StrCat(head, "Transfer-Encoding: chunked\r\n\r\n");
  // A length would be that of the page that is not sent.
  if (response.status == 304) return absl::StrCat(head, "\r\n");
  return absl::StrCat(head, "Content-Length: ", response.body.size(), "\r\n\r\n");
}

void HttpConnection::Answer(HttpResponse response) {
  answering_ = true;
  Send(absl::StrCat(HeadOf(response, /*is_stream=*/false), response.body), [this](bool is_sent) {
    if (is_sent) OnAnswered();
  });
}

void HttpConnection::Send(std::string bytes, Done done) {
  if (closed_) return done(false);
  out_ = std::move(bytes);
  stream_.tcp().expires_after(options_->limits.write_time);
  asio::async_write(stream_, asio::buffer(out_),
                    [self = shared_from_this(), done = std::move(done)](Error error, std::size_t) {
                      if (error) {
                        self->CloseNow();
                      } else {
                        self->stream_.tcp().expires_never();
                      }
                      done(!error);
                    });
}

void HttpConnection::OnAnswered() {
  gone_ = nullptr;
  // The watch of this request.
  Error ignored;
  stream_.tcp().socket().cancel(ignored);
  if (keep_alive_) {
    AwaitRequest();
  } else {
    Linger();
  }
}

void HttpConnection::Linger() {
  Error ignored;
  buffer_.consume(buffer_.size());
  stream_.tcp().expires_after(kLingerTime);
  if (stream_.is_secure()) {
    return stream_.async_shutdown([self = shared_from_this()](Error) { self->CloseNow(); });
  }
  stream_.tcp().socket().shutdown(tcp::socket::shutdown_send, ignored);
  Discard();
}

void HttpConnection::Discard() {
  stream_.async_read_some(buffer_.prepare(kReadBytes),
                          [self = shared_from_this()](Error error, std::size_t size) {
                            self->discarded_ += size;
                            if (error || self->discarded_ > kMaxDiscardedBytes) {
                              return self->CloseNow();
                            }
                            self->Discard();
                          });
}

void HttpConnection::CloseNow() {
  if (closed_) return;
  closed_ = true;
  stream_.tcp().close();
  if (gone_) std::exchange(gone_, nullptr)();
}

}  // namespace lumbung::gateway
