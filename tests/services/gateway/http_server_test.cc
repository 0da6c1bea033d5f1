#include "services/gateway/http_server.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "tests/services/gateway/http_client.h"

namespace lumbung::gateway {
namespace {

using testing::HttpClient;

void Echo(std::shared_ptr<HttpExchange> exchange) {
  const HttpRequest request = exchange->TakeRequest();
  exchange->Respond(
      {200, {}, absl::StrCat(request.method, " ", request.target, " ", request.body)});
}

std::unique_ptr<HttpServer> Serve(HttpServer::Handler handler, HttpServer::Limits limits = {}) {
  auto server = HttpServer::Start({.limits = limits, .handler = std::move(handler)});
  if (!server.ok()) ADD_FAILURE() << server.status();
  return *std::move(server);
}

constexpr char kPost[] = "POST /a HTTP/1.1\r\nHost: localhost\r\n";

TEST(HttpServerTest, AnswersRequestAfterRequestOnOneConnection) {
  const auto server = Serve(Echo);
  HttpClient client(server->port());
  EXPECT_EQ(client.Get("/one").body, "GET /one ");
  EXPECT_EQ(client.PostJson("/two", "{}").body, "POST /two {}");
  client.Send(absl::StrCat(kPost, "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n",
                           "Host: trailer\r\n\r\n", "GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_EQ(client.Read().body, "POST /a abcd");
  EXPECT_EQ(client.Read().body, "GET /b ");
}

TEST(HttpServerTest, ClosesWhenTheClientWantsIt) {
  const auto server = Serve(Echo);
  HttpClient client(server->port());
  const HttpResponse response = client.Get("/", "Connection: close\r\n");
  EXPECT_EQ(FindHeader(response.headers, "Connection"), "close");
  EXPECT_FALSE(client.ReadSome());
}

TEST(HttpServerTest, TellsBrowsersToKeepOut) {
  const auto server = Serve(Echo);
  const HttpResponse response = HttpClient(server->port()).Get("/");
  EXPECT_EQ(FindHeader(response.headers, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(FindHeader(response.headers, "X-Frame-Options"), "DENY");
  EXPECT_EQ(FindHeader(response.headers, "Cache-Control"), "no-store");
  EXPECT_EQ(FindHeader(response.headers, "Content-Security-Policy"),
            "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(FindHeader(response.headers, "Access-Control-Allow-Origin"), "");
}

TEST(HttpServerTest, LetsClientsAskBeforeTheySend) {
  const auto server = Serve(Echo);
  HttpClient client(server->port());
  client.Send(absl::StrCat(kPost, "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.Read().status, 100);
  client.Send("ab");
  EXPECT_EQ(client.Read().body, "POST /a ab");
}

TEST(HttpServerTest, RefusesAndClosesWhatItCannotReadSafely) {
  const auto server = Serve(Echo);
  const struct {
    std::string bytes;
    int status;
  } kRows[] = {
      {"nonsense\r\n\r\n", 400},
      {absl::StrCat(kPost, "X: ", std::string(17'000, 'a'), "\r\n\r\n"), 431},
      {absl::StrCat(kPost, "Content-Length: 8388609\r\n\r\n"), 413},
      {absl::StrCat(kPost, "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"), 400},
      {absl::StrCat(kPost, "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"), 400},
      {absl::StrCat(kPost, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
       400},
      {absl::StrCat(kPost, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
       400},
      {absl::StrCat(kPost, "Content-Length: -1\r\n\r\n"), 400},
      {absl::StrCat(kPost, "Content-Length : 5\r\n\r\nabcde"), 400},
      {absl::StrCat(kPost, "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), 400},
      {absl::StrCat(kPost, "X: a\r\n b\r\nTransfer-Encoding: xchunked\r\n\r\n"), 501},
      {"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", 505},
      {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
  };
  for (const auto& row : kRows) {
    HttpClient client(server->port());
    // What follows must never be taken for a request.
    client.Send(absl::StrCat(row.bytes, "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    EXPECT_EQ(client.Read().status, row.status) << row.bytes.substr(0, 120);
    EXPECT_EQ(client.Read().status, 0) << row.bytes.substr(0, 120);
  }
}

TEST(HttpServerTest, BoundsBodiesWithoutALength) {
  const auto server = Serve(Echo, {.body_bytes = 1'000});
  HttpClient client(server->port());
  client.Send(absl::StrCat(kPost, "Transfer-Encoding: chunked\r\n\r\n3e9\r\n",
                           std::string(1'001, 'a'), "\r\n0\r\n\r\n"));
  EXPECT_EQ(client.Read().status, 413);
  HttpClient endless(server->port());
  endless.Send(
      absl::StrCat(kPost, "Transfer-Encoding: chunked\r\n\r\n1;", std::string(70'000, 'x')));
  EXPECT_NE(endless.Read().status, 200);
}

TEST(HttpServerTest, ClosesSlowClients) {
  constexpr std::chrono::milliseconds kSoon{50};
  const auto server = Serve(Echo, {.header_time = kSoon, .body_time = kSoon, .idle_time = kSoon});
  HttpClient silent(server->port());
  HttpClient header(server->port());
  HttpClient body(server->port());
  HttpClient idle(server->port());
  header.Send("GET / HTTP/1.1\r\nHo");
  body.Send(absl::StrCat(kPost, "Content-Length: 100\r\n\r\nabc"));
  EXPECT_EQ(idle.Get("/").status, 200);
  for (HttpClient* const client : {&silent, &header, &body, &idle}) {
    EXPECT_FALSE(client->ReadSome());
  }
}

TEST(HttpServerTest, AnswersAmongFiveHundredSlowClients) {
  const auto server = Serve(Echo);
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 500; ++i) {
    slow.push_back(std::make_unique<HttpClient>(server->port()));
    slow.back()->Send("POST /lumbung.ledger.v1.Led");
  }
  HttpClient client(server->port());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.Get("/one").status, 200);
}

TEST(HttpServerTest, LeavesRoomForOtherAddresses) {
  const auto server = Serve(Echo, {.connections_of_address = 1});
  HttpClient first(server->port());
  EXPECT_EQ(first.Get("/").status, 200);
  EXPECT_FALSE(HttpClient(server->port()).ReadSome());
}

TEST(HttpServerTest, HasSoManyConnectionsAndNoMore) {
  const auto server = Serve(Echo, {.connections = 2});
  auto first = std::make_unique<HttpClient>(server->port());
  HttpClient second(server->port());
  EXPECT_EQ(first->Get("/").status, 200);
  EXPECT_EQ(second.Get("/").status, 200);
  EXPECT_FALSE(HttpClient(server->port()).ReadSome());
  // A place is free soon after one has left.
  first.reset();
  while (HttpClient(server->port()).Get("/").status != 200) std::this_thread::yield();
}

TEST(HttpServerTest, TellsTheHandlerThatTheClientHasGone) {
  absl::Notification gone;
  std::shared_ptr<HttpExchange> held;
  absl::Notification taken;
  const auto server = Serve([&](std::shared_ptr<HttpExchange> exchange) {
    exchange->OnDisconnect([&gone] { gone.Notify(); });
    held = std::move(exchange);
    taken.Notify();
  });
  HttpClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  taken.WaitForNotification();
  client.Close();
  gone.WaitForNotification();
  // Answering nobody does nothing.
  held->Respond({});
  held.reset();
}

TEST(HttpServerTest, ClosesWhatIsNeverAnswered) {
  const auto server = Serve([](std::shared_ptr<HttpExchange>) {});
  EXPECT_EQ(HttpClient(server->port()).Get("/").status, 0);
}

// Pieces that the client does not take are not written on.
class Pump : public std::enable_shared_from_this<Pump> {
 public:
  explicit Pump(std::shared_ptr<HttpExchange> exchange) : exchange_(std::move(exchange)) {}
  void Write() {
    exchange_->Write(std::string(1 << 20, 'x'), [self = shared_from_this()](bool is_sent) {
      {
        const absl::MutexLock lock(&self->mutex_);
        ++self->written_;
        self->is_over_ = !is_sent;
      }
      if (is_sent) self->Write();
    });
  }
  int AwaitEnd() {
    const absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&is_over_));
    exchange_.reset();
    return written_;
  }

 private:
  std::shared_ptr<HttpExchange> exchange_;
  absl::Mutex mutex_;
  int written_ ABSL_GUARDED_BY(mutex_) = 0;
  bool is_over_ ABSL_GUARDED_BY(mutex_) = false;
};

TEST(HttpServerTest, GivesUpOnClientsThatDoNotTakeTheirAnswer) {
  std::shared_ptr<Pump> pump;
  absl::Notification begun;
  const auto server = Serve(
      [&](std::shared_ptr<HttpExchange> exchange) {
        exchange->BeginStream({});
        pump = std::make_shared<Pump>(std::move(exchange));
        begun.Notify();
        pump->Write();
      },
      {.write_time = std::chrono::milliseconds(100)});
  HttpClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  begun.WaitForNotification();
  // What the sockets hold, and no more.
  EXPECT_LT(pump->AwaitEnd(), 32);
}

TEST(HttpServerTest, StreamsInPieces) {
  const auto server = Serve([](std::shared_ptr<HttpExchange> exchange) {
    exchange->BeginStream({200, {{"Content-Type", "text/plain"}}, ""});
    exchange->Write("one ", [exchange](bool is_sent) {
      EXPECT_TRUE(is_sent);
      exchange->Write("two ", [exchange](bool) { exchange->EndStream("three"); });
    });
  });
  HttpClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    const HttpResponse response = client.Get("/");
    EXPECT_EQ(response.body, "one two three");
    EXPECT_EQ(FindHeader(response.headers, "Content-Type"), "text/plain");
  }
}

TEST(HttpServerTest, RefusesAPortThatIsTaken) {
  const auto server = Serve(Echo);
  EXPECT_FALSE(HttpServer::Start({.port = server->port(), .limits = {}, .handler = Echo}).ok());
}

}  // namespace
}  // namespace lumbung::gateway
