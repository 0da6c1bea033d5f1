// The server in TLS, with a real handshake.
#include "services/gateway/tls_context.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/gateway/http_server.h"
#include "tests/support/certificate.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::gateway {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using testing::NewCertificate;
using testing::Refuses;
using testing::WriteFile;

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() { Write(NewCertificate("first")); }

  void Write(const testing::Certificate& certificate) {
    WriteFile(certificate_file_, certificate.certificate);
    WriteFile(key_file_, certificate.key);
  }
  // As if it had been written that much later; file systems are too coarse to tell otherwise.
  void Age(std::chrono::seconds by) {
    for (const std::string& file : {certificate_file_, key_file_}) {
      std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + by);
    }
  }
  std::unique_ptr<HttpServer> Serve(HttpServer::Limits limits = {},
                                    const std::string& client_ca = "") {
    auto tls = TlsContext::Load(certificate_file_, key_file_, client_ca);
    if (!tls.ok()) ADD_FAILURE() << tls.status();
    HttpServer::Options options;
    options.limits = limits;
    options.tls = *std::move(tls);
    options.handler = [](std::shared_ptr<HttpExchange> exchange) {
      const HttpRequest request = exchange->TakeRequest();
      exchange->Respond(
          {200,
           {},
           absl::StrCat(request.is_secure, request.client_certificate, " ", request.body)});
    };
    auto server = HttpServer::Start(std::move(options));
    if (!server.ok()) ADD_FAILURE() << server.status();
    return *std::move(server);
  }

  // What a client sees: the name in the certificate, the protocol, and the answer.
  struct Seen {
    std::string name;
    std::string protocol;
    std::string body;
    std::string strict_transport;
  };
  std::optional<Seen> Call(std::uint16_t port, int highest_version = TLS1_3_VERSION,
                           const testing::Certificate* own = nullptr) {
    asio::io_context context;
    asio::ssl::context tls(asio::ssl::context::tls_client);
    if (own != nullptr) {
      tls.use_certificate(asio::buffer(own->certificate), asio::ssl::context::pem);
      tls.use_private_key(asio::buffer(own->key), asio::ssl::context::pem);
    }
    SSL_CTX_set_max_proto_version(tls.native_handle(), highest_version);
    asio::ssl::stream<asio::ip::tcp::socket> stream(context, tls);
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
    boost::system::error_code error;
    stream.handshake(asio::ssl::stream_base::client, error);
    if (error) return std::nullopt;
    const std::string body(100'000, 'x');
    asio::write(
        stream,
        asio::buffer(absl::StrCat("POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n",
                                  "Content-Length: ", body.size(), "\r\n\r\n", body)),
        error);
    if (error) return std::nullopt;
    boost::beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    http::read(stream, buffer, parser, error);
    if (error) return std::nullopt;
    char name[64] = {};
    X509* const peer = SSL_get1_peer_certificate(stream.native_handle());
    X509_NAME_get_text_by_NID(X509_get_subject_name(peer), NID_commonName, name, sizeof name);
    X509_free(peer);
    return Seen{name, SSL_get_version(stream.native_handle()), parser.get().body().substr(0, 80),
                std::string(parser.get()["Strict-Transport-Security"])};
  }

  testing::TemporaryFolder folder_;
  const std::string certificate_file_ = absl::StrCat(folder_.path(), "/certificate.pem");
  const std::string key_file_ = absl::StrCat(folder_.path(), "/key.pem");
};

TEST_F(TlsTest, AnswersInTls13AndNothingOlder) {
  const auto server = Serve();
  const std::optional<Seen> seen = Call(server->port());
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->protocol, "TLSv1.3");
  EXPECT_EQ(seen->name, "first");
  EXPECT_THAT(seen->body, ::testing::StartsWith("1 xxxxxxxx"));
  EXPECT_EQ(seen->strict_transport, "max-age=31536000");
  EXPECT_FALSE(Call(server->port(), TLS1_2_VERSION).has_value());
  // The failed one harmed nobody.
  EXPECT_TRUE(Call(server->port()).has_value());
}

TEST_F(TlsTest, TakesUpANewCertificate) {
  const auto server = Serve();
  EXPECT_EQ(Call(server->port())->name, "first");
  Write(NewCertificate("second"));
  Age(std::chrono::seconds(5));
  // It looks once a second.
  while (Call(server->port())->name != "second") std::this_thread::yield();
  // Half a renewal, and a file that is no certificate, leave the one in force.
  WriteFile(certificate_file_, NewCertificate("third").certificate);
  Age(std::chrono::seconds(10));
  auto context = TlsContext::Load(certificate_file_, key_file_);
  EXPECT_THAT(context, Refuses("INVALID_CERTIFICATE"));
  EXPECT_EQ(Call(server->port())->name, "second");
}

TEST_F(TlsTest, TellsWhichCertificateTheClientHasShown) {
  const testing::Certificate donor = NewCertificate("donor");
  const std::string ca = absl::StrCat(folder_.path(), "/clients.pem");
  WriteFile(ca, donor.certificate);
  const auto server = Serve({}, ca);
  const std::optional<Seen> seen = Call(server->port(), TLS1_3_VERSION, &donor);
  ASSERT_TRUE(seen.has_value());
  EXPECT_THAT(seen->body, ::testing::MatchesRegex("1[0-9a-f]{64} x+"));
  // People have none; that is no reason to turn them away.
  EXPECT_THAT(Call(server->port())->body, ::testing::StartsWith("1 x"));
  // One that nobody here trusts ends the handshake.
  const testing::Certificate stranger = NewCertificate("donor");
  EXPECT_FALSE(Call(server->port(), TLS1_3_VERSION, &stranger).has_value());
}

TEST_F(TlsTest, RefusesFilesThatAreNoCertificate) {
  EXPECT_THAT(TlsContext::Load("/nowhere", key_file_), Refuses("INVALID_CERTIFICATE"));
  EXPECT_THAT(TlsContext::Load(certificate_file_, "/nowhere"), Refuses("INVALID_CERTIFICATE"));
  WriteFile(certificate_file_, "not a certificate");
  EXPECT_THAT(TlsContext::Load(certificate_file_, key_file_), Refuses("INVALID_CERTIFICATE"));
}

TEST_F(TlsTest, DoesNotWaitForSlowHandshakes) {
  const auto server = Serve({.header_time = std::chrono::milliseconds(100)});
  asio::io_context context;
  asio::ip::tcp::socket silent(context);
  silent.connect({asio::ip::address_v4::loopback(), server->port()});
  char byte = 0;
  boost::system::error_code error;
  silent.read_some(asio::buffer(&byte, 1), error);
  EXPECT_TRUE(error);
}

TEST_F(TlsTest, OtherAddressesThanLoopbackNeedIt) {
  HttpServer::Options options;
  options.listen_host = "0.0.0.0";
  options.handler = [](std::shared_ptr<HttpExchange>) {};
  EXPECT_THAT(HttpServer::Start(options), Refuses("TLS_REQUIRED"));
  options.listen_host = "everywhere";
  EXPECT_THAT(HttpServer::Start(options), Refuses("INVALID_ADDRESS"));
}

}  // namespace
}  // namespace lumbung::gateway
