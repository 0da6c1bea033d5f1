// The gateway in front of a ledger service that answers whatever a test says.
#include "services/gateway/gateway.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gzip.h"
#include "tests/services/common/ledger_endpoint.h"
#include "tests/services/gateway/http_client.h"

namespace lumbung::gateway {
namespace {

using testing::Handlers;
using ::testing::HasSubstr;
using testing::HttpClient;
using testing::LedgerEndpoint;
using ::testing::StartsWith;
using Json = nlohmann::json;
namespace v1 = testing::v1;

constexpr char kGet[] = "/lumbung.ledger.v1.LedgerService/GetJournalEntry";
constexpr char kQuery[] = "/lumbung.ledger.v1.LedgerService/QueryPostings";

// The messages of a stream, the last of them the end of the stream.
std::vector<std::string> OpenAll(absl::string_view body) {
  std::vector<std::string> messages;
  while (body.size() >= 5) {
    std::size_t size = 0;
    for (int i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
    messages.emplace_back(body.substr(5, size));
    EXPECT_EQ(body[0] == kEndOfStreamFlag, body.size() == size + 5);
    body.remove_prefix(std::min(size + 5, body.size()));
  }
  EXPECT_TRUE(body.empty());
  return messages;
}

struct Served {
  explicit Served(Handlers handlers, Gateway::Options options = {}) : endpoint(handlers, {}) {
    options.channel = endpoint.channel();
    options.services = {"lumbung.ledger.v1.LedgerService"};
    auto started = Gateway::Start(std::move(options));
    if (!started.ok()) ADD_FAILURE() << started.status();
    gateway = *std::move(started);
  }

  LedgerEndpoint endpoint;
  std::unique_ptr<Gateway> gateway;
};

Handlers Answering() {
  Handlers handlers;
  handlers.get = [](CallScope& scope,
                    const v1::GetJournalEntryRequest& request) -> absl::StatusOr<v1::JournalEntry> {
    if (request.name() == "missing") return NotFound("ENTRY_UNKNOWN", "name", "no such entry");
    v1::JournalEntry entry;
    entry.set_name(request.name());
    entry.set_description(scope.access.organization);
    entry.set_sequence(absl::ToInt64Milliseconds(scope.deadline - absl::Now()));
    return entry;
  };
  handlers.query = [](CallScope&, const v1::QueryPostingsRequest& request,
                      StreamWriter<v1::QueryPostingsResponse>& writer) {
    v1::QueryPostingsResponse response;
    response.add_lines()->set_number("JU-1");
    for (int i = 0; i < request.limit(); ++i) {
      if (!writer.Write(response)) break;
    }
    if (request.account().empty()) return absl::OkStatus();
    return InvalidArgument("INVALID_FILTER", "account", "no such account");
  };
  return handlers;
}

TEST(GatewayTest, AnswersInTheCodecOfTheRequest) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const HttpResponse json =
      client.PostJson(kGet, R"({"name": "x"})", "Lumbung-Organization: yayasan\r\n");
  EXPECT_EQ(json.status, 200);
  EXPECT_EQ(FindHeader(json.headers, "Content-Type"), "application/json");
  EXPECT_EQ(Json::parse(json.body)["description"], "yayasan");

  v1::GetJournalEntryRequest request;
  request.set_name("x");
  const HttpResponse proto = client.Post(kGet, "application/proto", request.SerializeAsString());
  EXPECT_EQ(proto.status, 200);
  EXPECT_EQ(FindHeader(proto.headers, "Content-Type"), "application/proto");
  v1::JournalEntry entry;
  ASSERT_TRUE(entry.ParseFromString(proto.body));
  EXPECT_EQ(entry.name(), "x");
  EXPECT_EQ(client.Post(kGet, "application/proto", "").status, 200);

  const HttpResponse get = client.Get(
      absl::StrCat(kGet, "?connect=v1&encoding=json&message=%7B%22name%22%3A%22y%22%7D"));
  EXPECT_EQ(get.status, 200);
  EXPECT_EQ(Json::parse(get.body)["name"], "y");
}

TEST(GatewayTest, PassesDeadlinesOn) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const HttpResponse response = client.PostJson(kGet, "{}", "Connect-Timeout-Ms: 3000\r\n");
  const int left = std::stoi(Json::parse(response.body)["sequence"].get<std::string>());
  EXPECT_GT(left, 0);
  // The RPC library rounds a deadline up on its way.
  EXPECT_LE(left, 3'100);
}

TEST(GatewayTest, TellsWhenTheDeadlineHasPassed) {
  absl::Notification done;
  Handlers handlers;
  handlers.get = [&](CallScope&, const v1::GetJournalEntryRequest&) {
    done.WaitForNotification();
    return v1::JournalEntry();
  };
  Served served(handlers);
  const HttpResponse response =
      HttpClient(served.gateway->port()).PostJson(kGet, "{}", "Connect-Timeout-Ms: 20\r\n");
  EXPECT_EQ(response.status, 504);
  EXPECT_EQ(Json::parse(response.body)["code"], "deadline_exceeded");
  done.Notify();
}

TEST(GatewayTest, PassesRefusalsOnWithTheirReason) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  for (const auto& response : {client.PostJson(kGet, R"({"name": "missing"})"),
                               client.Post(kGet, "application/proto", "\x0a\x07missing")}) {
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(FindHeader(response.headers, "Content-Type"), "application/json");
    const Json error = Json::parse(response.body);
    EXPECT_EQ(error["code"], "not_found");
    EXPECT_EQ(error["details"][0]["debug"]["reason"], "ENTRY_UNKNOWN");
    EXPECT_EQ(error["details"][1]["type"], "google.rpc.BadRequest");
  }
}

TEST(GatewayTest, StreamsInBothCodecs) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const HttpResponse json =
      client.Post(kQuery, "application/connect+json", Envelope(0, R"({"limit": 300})"));
  EXPECT_EQ(json.status, 200);
  EXPECT_EQ(FindHeader(json.headers, "Content-Type"), "application/connect+json");
  const auto messages = OpenAll(json.body);
  ASSERT_EQ(messages.size(), 301u);
  EXPECT_EQ(messages[299], R"({"lines":[{"number":"JU-1"}]})");
  EXPECT_EQ(messages[300], "{}");

  v1::QueryPostingsRequest request;
  request.set_limit(2);
  const HttpResponse proto =
      client.Post(kQuery, "application/connect+proto", Envelope(0, request.SerializeAsString()));
  const auto binary = OpenAll(proto.body);
  ASSERT_EQ(binary.size(), 3u);
  v1::QueryPostingsResponse response;
  EXPECT_TRUE(response.ParseFromString(binary[1]));
  EXPECT_EQ(response.lines(0).number(), "JU-1");
}

// The second message may be ready while the first is still being handed over.
TEST(GatewayTest, BeginsAStreamOnceHoweverFastItsMessagesCome) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  for (int i = 0; i < 200; ++i) {
    const HttpResponse answer =
        client.Post(kQuery, "application/connect+json", Envelope(0, R"({"limit": 3})"));
    ASSERT_EQ(OpenAll(answer.body).size(), 4u) << "stream " << i;
  }
}

TEST(GatewayTest, EndsStreamsWithTheirRefusal) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const HttpResponse refused = client.Post(kQuery, "application/connect+json",
                                           Envelope(0, R"({"limit": 1, "account": "9"})"));
  EXPECT_EQ(refused.status, 200);
  const auto messages = OpenAll(refused.body);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(Json::parse(messages[1])["error"]["details"][0]["debug"]["reason"], "INVALID_FILTER");

  const HttpResponse malformed =
      client.Post(kQuery, "application/connect+json", Envelope(0, R"({"akun": 1})"));
  EXPECT_EQ(malformed.status, 200);
  EXPECT_THAT(OpenAll(malformed.body).at(0), HasSubstr("MALFORMED_JSON"));
}

TEST(GatewayTest, CancelsTheCallOfAClientThatHasGone) {
  absl::Notification begun;
  absl::Notification cancelled;
  Handlers handlers;
  handlers.get = [&](CallScope& scope, const v1::GetJournalEntryRequest&) {
    begun.Notify();
    while (!scope.cancelled()) absl::SleepFor(absl::Milliseconds(1));
    cancelled.Notify();
    return v1::JournalEntry();
  };
  Served served(handlers);
  HttpClient client(served.gateway->port());
  client.Send(absl::StrCat("POST ", kGet, " HTTP/1.1\r\nHost: localhost\r\n",
                           "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
  begun.WaitForNotification();
  client.Close();
  cancelled.WaitForNotification();
}

TEST(GatewayTest, CancelsTheStreamOfAClientThatHasGone) {
  absl::Notification ended;
  Handlers handlers;
  handlers.query = [&](CallScope&, const v1::QueryPostingsRequest&,
                       StreamWriter<v1::QueryPostingsResponse>& writer) {
    v1::QueryPostingsResponse response;
    response.add_lines()->set_description(std::string(10'000, 'x'));
    while (writer.Write(response)) continue;
    ended.Notify();
    return absl::OkStatus();
  };
  Served served(handlers);
  HttpClient client(served.gateway->port());
  client.Send(absl::StrCat("POST ", kQuery, " HTTP/1.1\r\nHost: localhost\r\n",
                           "Content-Type: application/connect+proto\r\nContent-Length: 5\r\n\r\n",
                           Envelope(0, "")));
  EXPECT_TRUE(client.ReadSome());
  client.Close();
  ended.WaitForNotification();
}

// What is not read stays with the service: a slow client fills nobody's memory.
TEST(GatewayTest, SlowClientsSlowTheServiceDown) {
  absl::Mutex mutex;
  int written = 0;
  bool is_stuck = false;
  Handlers handlers;
  handlers.query = [&](CallScope&, const v1::QueryPostingsRequest&,
                       StreamWriter<v1::QueryPostingsResponse>& writer) {
    v1::QueryPostingsResponse response;
    response.add_lines()->set_description(std::string(1 << 20, 'x'));
    while (writer.Write(response)) {
      const absl::MutexLock lock(&mutex);
      ++written;
    }
    const absl::MutexLock lock(&mutex);
    is_stuck = true;
    return absl::OkStatus();
  };
  Gateway::Options options;
  options.http.write_time = std::chrono::milliseconds(300);
  Served served(handlers, std::move(options));
  HttpClient client(served.gateway->port());
  client.Send(absl::StrCat("POST ", kQuery, " HTTP/1.1\r\nHost: localhost\r\n",
                           "Content-Type: application/connect+proto\r\nContent-Length: 5\r\n\r\n",
                           Envelope(0, "")));
  const absl::MutexLock lock(&mutex);
  mutex.Await(absl::Condition(&is_stuck));
  EXPECT_GT(written, 0);
  EXPECT_LT(written, 64);
}

TEST(GatewayTest, EndsWithCallsUnderWay) {
  absl::Notification begun;
  Handlers handlers;
  handlers.get = [&](CallScope& scope, const v1::GetJournalEntryRequest&) {
    begun.Notify();
    while (!scope.cancelled()) absl::SleepFor(absl::Milliseconds(1));
    return v1::JournalEntry();
  };
  Served served(handlers);
  HttpClient client(served.gateway->port());
  client.Send(absl::StrCat("POST ", kGet, " HTTP/1.1\r\nHost: localhost\r\n",
                           "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
  begun.WaitForNotification();
  served.gateway.reset();
  EXPECT_EQ(client.Read().status, 0);
}

TEST(GatewayTest, CompressesLongAnswersForWhoTakesThem) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const std::string name(5'000, 'x');
  const std::string request = absl::StrCat(R"({"name": ")", name, R"("})");
  const HttpResponse unary = client.PostJson(kGet, request, "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(FindHeader(unary.headers, "Content-Encoding"), "gzip");
  EXPECT_LT(unary.body.size(), 1'000u);
  EXPECT_EQ(Json::parse(*Gunzip(unary.body, 10'000))["name"], name);
  EXPECT_EQ(FindHeader(client.PostJson(kGet, request).headers, "Content-Encoding"), "");
  const HttpResponse small = client.PostJson(kGet, "{}", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(FindHeader(small.headers, "Content-Encoding"), "");
  EXPECT_EQ(client.PostJson(kGet, Gzip(request), "Content-Encoding: gzip\r\n").status, 200);

  const HttpResponse stream =
      client.Post(kQuery, "application/connect+json", Envelope(0, R"({"limit": 1})"),
                  "Connect-Accept-Encoding: gzip\r\n");
  EXPECT_EQ(FindHeader(stream.headers, "Connect-Content-Encoding"), "gzip");
  EXPECT_EQ(OpenAll(stream.body).size(), 2u);
}

TEST(GatewayTest, LimitsHowOftenAnAddressCalls) {
  Gateway::Options options;
  options.calls_of_address = 1;
  Served served(Answering(), std::move(options));
  HttpClient client(served.gateway->port());
  HttpResponse last;
  // A second brings one more; nobody makes a hundred calls so slowly.
  for (int i = 0; i < 100 && last.status != 429; ++i) last = client.PostJson(kGet, "{}");
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(FindHeader(last.headers, "Retry-After"), "1");
  EXPECT_THAT(last.body, HasSubstr("RATE_LIMITED"));
}

TEST(GatewayTest, TellsOperatorsOfThisMachineItsMetrics) {
  Gateway::Options options;
  options.metrics = [] { return std::string("lumbung_calls_running 0\n"); };
  Served served(Answering(), std::move(options));
  HttpClient client(served.gateway->port());
  EXPECT_EQ(client.Get("/metrics").body, "lumbung_calls_running 0\n");
  EXPECT_EQ(HttpClient(Served(Answering()).gateway->port()).Get("/metrics").status, 404);
}

TEST(GatewayTest, DescribesItself) {
  Served served(Answering());
  const HttpResponse response = HttpClient(served.gateway->port()).Get("/openapi.json");
  EXPECT_EQ(response.status, 200);
  const Json description = Json::parse(response.body);
  EXPECT_EQ(description["openapi"], "3.1.0");
  EXPECT_TRUE(description["paths"].contains(kGet));
}

TEST(GatewayTest, OtherSitesCannotUseTheCookie) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  const HttpResponse foreign = client.PostJson(
      kGet, "{}", "Cookie: lumbung_session=abc\r\nOrigin: https://evil.example\r\n");
  EXPECT_EQ(foreign.status, 403);
  EXPECT_THAT(foreign.body, HasSubstr("CROSS_SITE"));
  EXPECT_EQ(
      client.PostJson(kGet, "{}", "Cookie: lumbung_session=abc\r\nOrigin: http://localhost\r\n")
          .status,
      200);
}

TEST(GatewayTest, TellsWhetherTheServicesAnswer) {
  Served served(Answering());
  HttpClient client(served.gateway->port());
  EXPECT_EQ(client.Get("/healthz").status, 200);
  EXPECT_EQ(client.PostJson("/healthz", "{}").status, 405);
  served.endpoint.Stop();
  EXPECT_EQ(client.Get("/readyz").status, 503);
  EXPECT_EQ(client.Get("/healthz").status, 200);
  EXPECT_EQ(client.PostJson(kGet, "{}").status, 503);
}

}  // namespace
}  // namespace lumbung::gateway
