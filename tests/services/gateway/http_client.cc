#include "tests/services/gateway/http_client.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/strings/str_cat.h"

namespace lumbung::testing {

namespace asio = boost::asio;
namespace http = boost::beast::http;

HttpClient::HttpClient(std::uint16_t port) : socket_(context_) {
  socket_.connect({asio::ip::address_v4::loopback(), port});
}

void HttpClient::Send(absl::string_view bytes) {
  // A server that has closed already is what Read tells.
  boost::system::error_code ignored;
  asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), ignored);
}

gateway::HttpResponse HttpClient::Read() {
  http::response_parser<http::string_body> parser;
  parser.body_limit(64 << 20);
  boost::system::error_code error;
  http::read(socket_, buffer_, parser, error);
  if (error) return {0, {}, ""};
  gateway::HttpResponse response;
  response.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get()) {
    response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  response.body = parser.get().body();
  return response;
}

bool HttpClient::ReadSome() {
  boost::system::error_code error;
  buffer_.commit(socket_.read_some(buffer_.prepare(1), error));
  return !error;
}

void HttpClient::Close() {
  socket_.close();
}

gateway::HttpResponse HttpClient::Post(absl::string_view path, absl::string_view content_type,
                                       absl::string_view body, absl::string_view more_headers) {
  Send(absl::StrCat("POST ", path, " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ", content_type,
                    "\r\nContent-Length: ", body.size(), "\r\n", more_headers, "\r\n", body));
  return Read();
}

gateway::HttpResponse HttpClient::PostJson(absl::string_view path, absl::string_view json,
                                           absl::string_view more_headers) {
  return Post(path, "application/json", json, more_headers);
}

gateway::HttpResponse HttpClient::Get(absl::string_view target, absl::string_view more_headers) {
  Send(absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: localhost\r\n", more_headers, "\r\n"));
  return Read();
}

}  // namespace lumbung::testing
