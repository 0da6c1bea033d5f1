#include "tests/bench/http_load.h"

#include <atomic>
#include <iostream>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "tests/bench/grpc_load.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace v1 = ledger::v1;

std::string NextTag() {
  static std::atomic<int> next{0};
  return absl::StrCat("h", ++next, "-");
}

std::string RequestOf(const Endpoint& server, const v1::CreateJournalEntryRequest& message) {
  const std::string body = message.SerializeAsString();
  return absl::StrCat(
      "POST /lumbung.ledger.v1.LedgerService/CreateJournalEntry HTTP/1.1\r\nHost: localhost\r\n",
      "Content-Type: application/proto\r\nLumbung-Organization: bench\r\n",
      "Authorization: Bearer ", server.token, "\r\nContent-Length: ", body.size(), "\r\n\r\n",
      body);
}

// Posts what is left of `total`, one after the other.
void Post(const Endpoint& server, const std::string& book, const std::string& tag, int total,
          std::atomic<int>* next, std::vector<double>* latencies) {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), server.http_port});
  socket.set_option(asio::ip::tcp::no_delay(true));
  boost::beast::flat_buffer buffer;
  for (int index = (*next)++; index < total; index = (*next)++) {
    v1::CreateJournalEntryRequest message;
    message.set_parent("books/" + book);
    message.set_request_id(absl::StrCat(tag, index));
    FillEntry(index, false, message.mutable_journal_entry());
    const absl::Time begun = absl::Now();
    asio::write(socket, asio::buffer(RequestOf(server, message)));
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    if (response.result_int() != 200) {
      std::cerr << "refused: " << response.body() << "\n";
      abort();
    }
    latencies->push_back(absl::ToDoubleMicroseconds(absl::Now() - begun));
  }
}

}  // namespace

Rate PostOverHttp(const Endpoint& server, const std::string& book, int clients, int total) {
  const std::string tag = NextTag();
  std::atomic<int> next{0};
  std::vector<std::vector<double>> latencies(static_cast<std::size_t>(clients));
  const absl::Time begun = absl::Now();
  std::vector<std::thread> threads;
  for (std::vector<double>& own : latencies) {
    threads.emplace_back([&] { Post(server, book, tag, total, &next, &own); });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begun);
  std::vector<double> all;
  for (const std::vector<double>& own : latencies) all.insert(all.end(), own.begin(), own.end());
  return {total / seconds, Median(all)};
}

SlowClients::SlowClients(const Endpoint& server, int count) {
  for (int i = 0; i < count; ++i) {
    sockets_.emplace_back(context_).connect({asio::ip::address_v4::loopback(), server.http_port});
    asio::write(sockets_.back(), asio::buffer(std::string("POST /lumbung.ledger.v1.Led")));
  }
}

}  // namespace lumbung::bench
