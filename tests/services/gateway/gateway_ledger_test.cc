// The gateway before the real ledger services and their PostgreSQL, as curl would use it.
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/grpc_adapter.h"
#include "services/common/metrics.h"
#include "services/common/service_module.h"
#include "services/common/worker_pool.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gateway.h"
#include "services/ledger/module.h"
#include "tests/services/gateway/http_client.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"
#include "tests/support/trusting_authenticator.h"

namespace lumbung::gateway {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr char kBooks[] = "/lumbung.ledger.v1.BooksService/";
constexpr char kLedger[] = "/lumbung.ledger.v1.LedgerService/";
constexpr char kAsYayasan[] = "Lumbung-Organization: yayasan\r\n";

// The ledger's gRPC services, as the host runs them.
class LedgerServer {
 public:
  LedgerServer(store::ConnectionPool& pool, const std::string& scratch_dir) {
    HostContext context;
    context.pool = &pool;
    context.adapter = &adapter_;
    context.workers = &workers_;
    context.authenticator = &everybody_;
    context.metrics = &metrics_;
    context.scratch_dir = scratch_dir;
    auto service = ledger::CreateLedgerModule(context);
    if (!service.ok()) ADD_FAILURE() << service.status();
    service_ = *std::move(service);
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    for (const auto& [name, grpc_service] : service_->services()) {
      builder.RegisterService(grpc_service);
    }
    server_ = builder.BuildAndStart();
    channel_ =
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  }
  ~LedgerServer() {
    server_->Shutdown();
    service_->Drain();
  }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  Metrics metrics_{{"test", "test"}};
  std::unique_ptr<HostedService> service_;
  // Handlers on them use the service.
  WorkerPool workers_{4, 100};
  WorkerPool streams_{2, 10};
  testing::TrustingAuthenticator everybody_;
  GrpcAdapter adapter_{{.calls = &workers_,
                        .streams = &streams_,
                        .authenticator = &everybody_,
                        .observer = nullptr,
                        .deadlines = {}}};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

class GatewayLedgerTest : public ::testing::Test {
 protected:
  GatewayLedgerTest() : server_(database_.pool(), scratch_.path()) {
    Gateway::Options options;
    options.channel = server_.channel();
    options.services = {"lumbung.ledger.v1.BooksService", "lumbung.ledger.v1.LedgerService"};
    options.http.header_time = std::chrono::milliseconds(500);
    gateway_ = *Gateway::Start(std::move(options));
    client_ = std::make_unique<testing::HttpClient>(gateway_->port());
  }

  HttpResponse Call(absl::string_view service, absl::string_view method, const Json& request) {
    return client_->PostJson(absl::StrCat(service, method), request.dump(), kAsYayasan);
  }
  Json Succeed(absl::string_view service, absl::string_view method, const Json& request) {
    const HttpResponse response = Call(service, method, request);
    EXPECT_EQ(response.status, 200) << method << ": " << response.body;
    return Json::parse(response.body, nullptr, false);
  }
  static std::string ReasonOf(const HttpResponse& response) {
    const Json error = Json::parse(response.body, nullptr, false);
    return error["details"][0]["debug"].value("reason", response.body);
  }

  void CreateBook() {
    Succeed(kBooks, "CreateOrganization",
            {{"organizationId", "yayasan"}, {"displayName", "Yayasan Contoh"}});
    Succeed(kBooks, "CreateBook", {{"bookId", "utama"}, {"functionalCurrency", "IDR"}});
    for (const auto& [id, type] : {std::pair("kas", "ASSET"), std::pair("jasa", "INCOME")}) {
      Succeed(kBooks, "CreateAccount",
              {{"parent", "books/utama"},
               {"account",
                {{"accountId", id},
                 {"displayName", id},
                 {"type", absl::StrCat("ACCOUNT_TYPE_", type)},
                 {"postable", true}}}});
    }
  }
  static Json Entry(const std::string& debit, const std::string& credit) {
    const auto posting = [](const char* account, const std::string& value) -> Json {
      return {{"account", account}, {"amount", {{"currency", "IDR"}, {"amount", value}}}};
    };
    return {{"parent", "books/utama"},
            {"requestId", "f2a6ff0a-52c5-4b5c-8b6e-9a4c4ad52a51"},
            {"journalEntry",
             {{"effectiveDate", "2026-03-01"},
              {"description", "Jasa simpan pinjam"},
              {"postings", Json::array({posting("kas", debit), posting("jasa", credit)})}}}};
  }

  testing::TestDatabase database_;
  testing::TemporaryFolder scratch_;
  LedgerServer server_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<testing::HttpClient> client_;
};

TEST_F(GatewayLedgerTest, KeepsABookOverHttp) {
  CreateBook();
  const Json posted = Succeed(kLedger, "CreateJournalEntry", Entry("150000", "-150000"));
  EXPECT_EQ(posted["sequence"], "1");
  EXPECT_EQ(Succeed(kBooks, "ListBooks", Json::object())["books"][0]["name"], "books/utama");

  const HttpResponse got = client_->Get(
      absl::StrCat(kBooks, "GetBook?connect=v1&encoding=json&message=%7B%22name%22%3A%22",
                   "books/utama%22%7D"),
      kAsYayasan);
  EXPECT_EQ(got.status, 200) << got.body;
  EXPECT_EQ(Json::parse(got.body)["lastSequence"], "1");

  const HttpResponse stream =
      client_->Post(absl::StrCat(kLedger, "QueryPostings"), "application/connect+json",
                    Envelope(0, R"({"parent": "books/utama", "account": "kas"})"), kAsYayasan);
  EXPECT_EQ(stream.status, 200);
  EXPECT_THAT(stream.body, HasSubstr("Jasa simpan pinjam"));
  EXPECT_THAT(stream.body, HasSubstr("150000"));
  EXPECT_TRUE(absl::EndsWith(stream.body, Envelope(kEndOfStreamFlag, "{}")));
}

TEST_F(GatewayLedgerTest, RefusalsHaveReasons) {
  CreateBook();
  const HttpResponse unbalanced = Call(kLedger, "CreateJournalEntry", Entry("2", "-1"));
  EXPECT_EQ(unbalanced.status, 400);
  EXPECT_EQ(ReasonOf(unbalanced), "UNBALANCED");
  const HttpResponse misspelt = Call(kBooks, "CreateBook", {{"bookID", "dua"}});
  EXPECT_EQ(misspelt.status, 400);
  EXPECT_EQ(ReasonOf(misspelt), "MALFORMED_JSON");
  const HttpResponse again = Call(kBooks, "CreateBook", {{"bookId", "utama"}});
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(ReasonOf(again), "ALREADY_EXISTS");
  const HttpResponse nobody = client_->PostJson(absl::StrCat(kBooks, "ListBooks"), "{}");
  EXPECT_GE(nobody.status, 400) << nobody.body;
}

TEST_F(GatewayLedgerTest, RefusesWhatIsTooLargeOrTooDeep) {
  const std::string path = absl::StrCat(kBooks, "ListBooks");
  const HttpResponse deep = client_->PostJson(path, std::string(100'000, '['));
  EXPECT_EQ(deep.status, 400);
  EXPECT_EQ(ReasonOf(deep), "NESTED_TOO_DEEP");
  EXPECT_EQ(client_->PostJson(path, std::string((8 << 20) + 1, ' ')).status, 413);
}

TEST_F(GatewayLedgerTest, ClosesClientsThatSendTheirHeaderSlowly) {
  testing::HttpClient slow(gateway_->port());
  slow.Send("POST /lumbung");
  EXPECT_FALSE(slow.ReadSome());
  EXPECT_EQ(testing::HttpClient(gateway_->port()).Get("/readyz").status, 200);
}

TEST_F(GatewayLedgerTest, ReachesNothingButItsServices) {
  for (const char* path :
       {"/grpc.health.v1.Health/Check", "/lumbung.ledger.v1.TransferService/ListOperations",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    EXPECT_EQ(client_->PostJson(path, "{}").status, 404) << path;
  }
}

}  // namespace
}  // namespace lumbung::gateway
