#include "services/gateway/http_server.h"

#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/gateway/http_connection.h"

namespace lumbung::gateway {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr int kBacklog = 256;
// Accepting fails when the process has no file descriptors left; trying again at once would only
// burn the processor.
constexpr std::chrono::milliseconds kPauseAfterFailure{100};

class Server final : public HttpServer {
 public:
  explicit Server(Options options)
      : options_(std::move(options)),
        acceptor_(asio::make_strand(context_)),
        pause_(acceptor_.get_executor()) {}

  ~Server() override {
    // The threads still run: connections close on them, and running calls learn of it.
    registry_.Close();
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  absl::Status Listen() {
    boost::system::error_code error;
    const asio::ip::address address = asio::ip::make_address(options_.listen_host, error);
    if (error) {
      return InvalidArgument("INVALID_ADDRESS", "",
                             absl::StrCat(options_.listen_host, " is no IP address"));
    }
    if (options_.tls == nullptr && !address.is_loopback()) {
      return FailedPrecondition("TLS_REQUIRED", "",
                                absl::StrCat("without TLS, passwords and books would travel in the "
                                             "open to ",
                                             options_.listen_host));
    }
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kBacklog, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    if (error) {
      return FailedPrecondition("PORT_IN_USE", "",
                                absl::StrCat("cannot listen on ", options_.listen_host, ":",
                                             options_.port, ": ", error.message()));
    }
    Accept();
    for (int i = 0; i < options_.threads; ++i) {
      threads_.emplace_back([this] { context_.run(); });
    }
    return absl::OkStatus();
  }

  std::uint16_t port() const override { return port_; }

 private:
  void Accept() {
    acceptor_.async_accept(asio::make_strand(context_),
                           [this](boost::system::error_code error, tcp::socket socket) {
                             if (error) return AcceptLater();
                             Welcome(std::move(socket));
                             Accept();
                           });
  }

  // One too many is closed by going out of scope.
  void Welcome(tcp::socket socket) {
    boost::system::error_code error;
    const tcp::endpoint client = socket.remote_endpoint(error);
    if (error) return;
    std::string address = client.address().to_string();
    if (!registry_.Admit(address, options_.limits)) return;
    std::make_shared<HttpConnection>(std::move(socket), std::move(address), &options_, &registry_)
        ->Run();
  }

  void AcceptLater() {
    pause_.expires_after(kPauseAfterFailure);
    pause_.async_wait([this](boost::system::error_code error) {
      if (!error) Accept();
    });
  }

  const Options options_;
  std::uint16_t port_ = 0;
  // Outlives the connections, which the context holds.
  ConnectionRegistry registry_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::vector<std::thread> threads_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(Options options) {
  auto server = std::make_unique<Server>(std::move(options));
  LUMBUNG_RETURN_IF_ERROR(server->Listen());
  return server;
}

}  // namespace lumbung::gateway
