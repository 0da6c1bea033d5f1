#include "services/gateway/connect_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gzip.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Pair;
using testing::Refuses;

constexpr char kService[] = "lumbung.ledger.v1.LedgerService";

std::string Path(absl::string_view method) {
  return absl::StrCat("/", kService, "/", method);
}

class ConnectProtocolTest : public ::testing::Test {
 protected:
  // Has the descriptors linked in.
  ConnectProtocolTest() { ledger::v1::GetBalanceRequest::descriptor(); }

  ConnectCall Accept(HttpRequest request) {
    auto parsed = ParseConnectRequest(methods_, std::move(request));
    if (const auto* refusal = std::get_if<HttpResponse>(&parsed)) {
      ADD_FAILURE() << refusal->status << " " << refusal->body;
      return {};
    }
    return std::get<ConnectCall>(parsed);
  }
  HttpResponse Refuse(HttpRequest request) {
    auto parsed = ParseConnectRequest(methods_, std::move(request));
    if (std::holds_alternative<HttpResponse>(parsed)) return std::get<HttpResponse>(parsed);
    ADD_FAILURE() << "not refused";
    return {};
  }

  const MethodTable methods_{{kService}};
};

HttpRequest Post(absl::string_view method, const std::string& body, Headers headers = {}) {
  headers.emplace_back("content-type", "application/json");
  return {"POST", Path(method), std::move(headers), body};
}

HttpRequest Get(absl::string_view method, absl::string_view query) {
  return {"GET", absl::StrCat(Path(method), "?", query), {}, ""};
}

TEST_F(ConnectProtocolTest, ReadsUnaryCalls) {
  const ConnectCall call = Accept(Post("CreateJournalEntry", "{}"));
  EXPECT_EQ(call.path, Path("CreateJournalEntry"));
  EXPECT_EQ(call.method->name(), "CreateJournalEntry");
  EXPECT_EQ(call.codec, Codec::kJson);
  EXPECT_FALSE(call.is_stream);
  EXPECT_EQ(call.message, "{}");
  EXPECT_EQ(call.timeout, std::nullopt);
  EXPECT_THAT(call.metadata, IsEmpty());
}

TEST_F(ConnectProtocolTest, ReadsContentTypesInAnySpelling) {
  const struct {
    const char* text;
    Codec codec;
  } kRows[] = {{"application/json", Codec::kJson},
               {"Application/JSON; charset=utf-8", Codec::kJson},
               {"application/json;charset=\"UTF-8\"", Codec::kJson},
               {"application/proto", Codec::kProto}};
  for (const auto& row : kRows) {
    const ConnectCall call =
        Accept({"POST", Path("GetBalance"), {{"Content-Type", row.text}}, "x"});
    EXPECT_EQ(call.codec, row.codec) << row.text;
  }
}

TEST_F(ConnectProtocolTest, RefusesOtherContentTypes) {
  for (const char* type : {"", "text/plain", "application/json; charset=latin1",
                           "application/connect+json", "application/grpc", "application/jsonx"}) {
    const HttpResponse response =
        Refuse({"POST", Path("GetBalance"), {{"Content-Type", type}}, "{}"});
    EXPECT_EQ(response.status, 415) << type;
    EXPECT_EQ(FindHeader(response.headers, "Accept-Post"), "application/json, application/proto");
  }
  EXPECT_EQ(Refuse(Post("QueryPostings", "{}")).status, 415);
}

TEST_F(ConnectProtocolTest, AnswersOnlyTheMethodsOfItsServices) {
  for (const std::string& path :
       {Path("Nothing"), Path(""), Path("GetBalance/"), absl::StrCat("/", Path("GetBalance")),
        std::string("/lumbung.ledger.v1.BooksService/GetBook"), std::string("/"), std::string(),
        std::string("/lumbung.ledger.v1.LedgerService"),
        std::string("/lumbung.ledger.v1.ledgerservice/GetBalance")}) {
    EXPECT_EQ(Refuse({"POST", path, {{"Content-Type", "application/json"}}, "{}"}).status, 404)
        << path;
  }
  const HttpResponse stream = Refuse(Post("StreamJournalEntries", ""));
  EXPECT_EQ(stream.status, 501);
  EXPECT_THAT(stream.body, HasSubstr("CLIENT_STREAM_UNSUPPORTED"));
}

TEST_F(ConnectProtocolTest, GetsOnlyWhatHasNoSideEffects) {
  const HttpResponse posting = Refuse(Get("CreateJournalEntry", "encoding=json&message=%7B%7D"));
  EXPECT_EQ(posting.status, 405);
  EXPECT_EQ(FindHeader(posting.headers, "Allow"), "POST");
  EXPECT_EQ(Refuse(Get("QueryPostings", "encoding=json&message=%7B%7D")).status, 405);
  for (const char* verb : {"PUT", "DELETE", "HEAD", "OPTIONS", "get"}) {
    const HttpResponse response = Refuse({verb, Path("GetBalance"), {}, ""});
    EXPECT_EQ(response.status, 405) << verb;
    EXPECT_EQ(FindHeader(response.headers, "Allow"), "GET, POST");
  }
}

TEST_F(ConnectProtocolTest, ReadsMessagesFromTheQuery) {
  const ConnectCall json =
      Accept(Get("GetBalance", "connect=v1&encoding=json&message=%7B%22a%22:+%22%2B%22%7D"));
  EXPECT_EQ(json.message, R"({"a": "+"})");
  EXPECT_EQ(json.codec, Codec::kJson);
  const std::string bytes = "\xfb\xff\x01 bytes";
  const ConnectCall proto =
      Accept(Get("GetBalance", "encoding=proto&base64=1&connect=v1&message=-_8BIGJ5dGVz"));
  EXPECT_EQ(proto.codec, Codec::kProto);
  EXPECT_EQ(proto.message, bytes);
  for (const char* text : {"YQ", "YQ%3D%3D", "YQ=="}) {
    const std::string query = absl::StrCat("encoding=proto&base64=1&message=", text);
    EXPECT_EQ(Accept(Get("GetBalance", query)).message, "a") << text;
  }
  EXPECT_EQ(Accept(Get("GetBalance", "encoding=proto&message=")).message, "");
}

TEST_F(ConnectProtocolTest, RefusesQueriesThatMeanTwoThings) {
  const struct {
    const char* query;
    const char* reason;
  } kRows[] = {
      {"encoding=json", "MALFORMED_QUERY"},
      {"message=%7B%7D", "ENCODING_UNSUPPORTED"},
      {"encoding=xml&message=a", "ENCODING_UNSUPPORTED"},
      {"encoding=json&encoding=proto&message=a", "MALFORMED_QUERY"},
      {"encoding=json&message=a&mess%61ge=b", "MALFORMED_QUERY"},
      {"encoding=json&message=%7", "MALFORMED_QUERY"},
      {"encoding=json&message=%zz", "MALFORMED_QUERY"},
      {"encoding=json&base64=1&message=*", "MALFORMED_QUERY"},
      {"encoding=json&base64=yes&message=a", "MALFORMED_QUERY"},
      {"connect=v2&encoding=json&message=a", "PROTOCOL_VERSION"},
      {"encoding=json&compression=br&message=a", "COMPRESSION_UNSUPPORTED"},
      {"encoding=json&compression=gzip&message=a", "MALFORMED_GZIP"},
  };
  for (const auto& row : kRows) {
    EXPECT_THAT(Refuse(Get("GetBalance", row.query)).body, HasSubstr(row.reason)) << row.query;
  }
}

TEST_F(ConnectProtocolTest, ReadsTimeouts) {
  EXPECT_EQ(Accept(Post("GetBalance", "{}", {{"Connect-Timeout-Ms", "1500"}})).timeout,
            absl::Milliseconds(1500));
  EXPECT_EQ(Accept(Post("GetBalance", "{}", {{"connect-timeout-ms", "9999999999"}})).timeout,
            absl::Milliseconds(9'999'999'999));
  for (const char* text : {"-1", "1.5", "12345678901", "1s", " 1", "+1"}) {
    const HttpResponse response = Refuse(Post("GetBalance", "{}", {{"Connect-Timeout-Ms", text}}));
    EXPECT_EQ(response.status, 400) << text;
    EXPECT_THAT(response.body, HasSubstr("MALFORMED_TIMEOUT"));
  }
}

TEST_F(ConnectProtocolTest, RefusesVersionsAndCompressionsThatItDoesNotSpeak) {
  Accept(Post("GetBalance", "{}", {{"Connect-Protocol-Version", "1"}}));
  Accept(Post("GetBalance", "{}", {{"Content-Encoding", "identity"}}));
  EXPECT_EQ(Refuse(Post("GetBalance", "{}", {{"Connect-Protocol-Version", "2"}})).status, 400);
  const HttpResponse brotli = Refuse(Post("GetBalance", "{}", {{"Content-Encoding", "br"}}));
  EXPECT_EQ(brotli.status, 501);
  EXPECT_THAT(brotli.body, HasSubstr("COMPRESSION_UNSUPPORTED"));
}

TEST_F(ConnectProtocolTest, UnpacksMessagesInGzip) {
  EXPECT_EQ(Accept(Post("GetBalance", Gzip("{}"), {{"Content-Encoding", "gzip"}})).message, "{}");
  const std::string message = absl::WebSafeBase64Escape(Gzip("{}"));
  EXPECT_EQ(Accept(Get("GetBalance",
                       absl::StrCat("encoding=json&compression=gzip&base64=1&message=", message)))
                .message,
            "{}");
  const Headers stream = {{"Content-Type", "application/connect+json"},
                          {"Connect-Content-Encoding", "gzip"}};
  for (const std::string& body : {Envelope(kCompressedFlag, Gzip("{}")), Envelope(0, "{}")}) {
    const ConnectCall call = Accept({"POST", Path("QueryPostings"), stream, body});
    EXPECT_THAT(call.refusal, IsOk());
    EXPECT_EQ(call.message, "{}");
  }
  const std::string bomb(kMaxMessageBytes + 1, ' ');
  EXPECT_THAT(Refuse(Post("GetBalance", Gzip(bomb), {{"Content-Encoding", "gzip"}})).body,
              HasSubstr("MESSAGE_TOO_LARGE"));
}

TEST_F(ConnectProtocolTest, KnowsWhoTakesGzip) {
  EXPECT_TRUE(Accept(Post("GetBalance", "{}", {{"Accept-Encoding", "br, gzip"}})).takes_gzip);
  EXPECT_FALSE(Accept(Post("GetBalance", "{}", {{"Accept-Encoding", "br"}})).takes_gzip);
  EXPECT_FALSE(Accept(Post("GetBalance", "{}")).takes_gzip);
}

TEST_F(ConnectProtocolTest, PassesOnOnlyTheHeadersThatServicesKnow) {
  const ConnectCall call = Accept(Post("GetBalance", "{}",
                                       {{"Authorization", "Bearer abc"},
                                        {"lumbung-organization", "yayasan"},
                                        {"Lumbung-Gateway", "forged"},
                                        {"Lumbung-Actor", "forged"},
                                        {"grpc-timeout", "1n"}}));
  EXPECT_THAT(call.metadata, ElementsAre(Pair("authorization", "Bearer abc"),
                                         Pair("lumbung-organization", "yayasan")));
}

TEST_F(ConnectProtocolTest, RefusesMetadataThatGrpcCannotCarry) {
  const Headers kRows[] = {
      {{"Lumbung-Organization", "a"}, {"lumbung-organization", "b"}},
      {{"Authorization", "Bearer \xc3\xa9"}},
      {{"Authorization", "a\tb"}},
      {{"Authorization", std::string(9'000, 'a')}},
  };
  for (const Headers& headers : kRows) {
    EXPECT_THAT(Refuse(Post("GetBalance", "{}", headers)).body, HasSubstr("INVALID_METADATA"));
  }
}

TEST_F(ConnectProtocolTest, ReadsTheRequestOfAStream) {
  const ConnectCall call = Accept({"POST",
                                   Path("QueryPostings"),
                                   {{"Content-Type", "application/connect+proto"}},
                                   Envelope(0, "abc")});
  EXPECT_TRUE(call.is_stream);
  EXPECT_EQ(call.codec, Codec::kProto);
  EXPECT_EQ(call.message, "abc");
  EXPECT_THAT(call.refusal, IsOk());
}

// The client of a stream reads errors in the stream.
TEST_F(ConnectProtocolTest, TellsWhyAStreamIsRefused) {
  const struct {
    Headers headers;
    std::string body;
    const char* reason;
  } kRows[] = {
      {{}, "", "MALFORMED_ENVELOPE"},
      {{}, Envelope(0, "abc") + "d", "MALFORMED_ENVELOPE"},
      {{}, Envelope(0, "a") + Envelope(0, "b"), "MALFORMED_ENVELOPE"},
      {{}, std::string("\0\xff\xff\xff\xff", 5), "MALFORMED_ENVELOPE"},
      {{}, Envelope(kEndOfStreamFlag, "{}"), "MALFORMED_ENVELOPE"},
      {{}, Envelope(kCompressedFlag, "a"), "MALFORMED_ENVELOPE"},
      {{{"Connect-Content-Encoding", "gzip"}}, Envelope(kCompressedFlag, "a"), "MALFORMED_GZIP"},
      {{{"Connect-Content-Encoding", "br"}}, Envelope(0, ""), "COMPRESSION_UNSUPPORTED"},
      {{{"Connect-Timeout-Ms", "x"}}, Envelope(0, ""), "MALFORMED_TIMEOUT"},
  };
  for (const auto& row : kRows) {
    Headers headers = row.headers;
    headers.emplace_back("Content-Type", "application/connect+json");
    const ConnectCall call = Accept({"POST", Path("QueryPostings"), headers, row.body});
    EXPECT_THAT(call.refusal, Refuses(row.reason));
  }
}

}  // namespace
}  // namespace lumbung::gateway
