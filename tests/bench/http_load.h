// The same load by the gateway: a client for each call in flight, on a connection of its own.
#ifndef LUMBUNG_TESTS_BENCH_HTTP_LOAD_H_
#define LUMBUNG_TESTS_BENCH_HTTP_LOAD_H_

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tests/bench/endpoint.h"
#include "tests/bench/floor_sql.h"

namespace lumbung::bench {

// Posts `total` single entries in binary over `clients` connections. Aborts on a refusal.
Rate PostOverHttp(const Endpoint& server, const std::string& book, int clients, int total);

// Connections that have sent the beginning of a header and nothing more, as long as this lives.
class SlowClients {
 public:
  SlowClients(const Endpoint& server, int count);

 private:
  boost::asio::io_context context_;
  std::vector<boost::asio::ip::tcp::socket> sockets_;
};

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_HTTP_LOAD_H_
