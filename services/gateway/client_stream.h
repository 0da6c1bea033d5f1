// The bytes to and from a client: in the open, or in TLS. A stream as Boost.Beast wants one, so
// that reading and writing HTTP does not know the difference.
//
// Stays where it is: the TLS stream refers to the TCP stream beside it.
#ifndef LUMBUNG_SERVICES_GATEWAY_CLIENT_STREAM_H_
#define LUMBUNG_SERVICES_GATEWAY_CLIENT_STREAM_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "absl/strings/escaping.h"

namespace lumbung::gateway {

class ClientStream {
 public:
  using executor_type = boost::beast::tcp_stream::executor_type;

  // Without a `tls` in the open.
  ClientStream(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls)
      : tcp_(std::move(socket)), context_(std::move(tls)) {
    if (context_ != nullptr) tls_.emplace(tcp_, *context_);
  }

  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  bool is_secure() const { return tls_.has_value(); }
  // For timeouts, options and closing.
  boost::beast::tcp_stream& tcp() { return tcp_; }
  executor_type get_executor() { return tcp_.get_executor(); }

  // Only of secure streams; `handler`: void(error_code).
  template <typename Handler>
  void async_handshake(Handler&& handler) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
  }
  template <typename Handler>
  void async_shutdown(Handler&& handler) {
    tls_->async_shutdown(std::forward<Handler>(handler));
  }

  // SHA-256, in hexadecimal, of the certificate that the client has shown and the handshake has
  // checked; empty when there is none.
  std::string PeerCertificate() {
    if (!tls_) return "";
    const std::unique_ptr<X509, void (*)(X509*)> peer(
        SSL_get1_peer_certificate(tls_->native_handle()), X509_free);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (peer == nullptr || SSL_get_verify_result(tls_->native_handle()) != X509_V_OK ||
        X509_digest(peer.get(), EVP_sha256(), hash, &size) != 1) {
      return "";
    }
    return absl::BytesToHexString({reinterpret_cast<const char*>(hash), size});
  }

  template <typename Buffers, typename Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_read_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
    }
  }
  template <typename Buffers, typename Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_write_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
    }
  }

 private:
  boost::beast::tcp_stream tcp_;
  std::shared_ptr<boost::asio::ssl::context> context_;
  std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_CLIENT_STREAM_H_
