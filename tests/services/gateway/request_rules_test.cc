#include "services/gateway/request_rules.h"

#include <gtest/gtest.h>

namespace lumbung::gateway {
namespace {

constexpr int kHttp11 = 11;

// 0 when the request may be read on.
int StatusOf(const std::string& method, const std::string& target, const Headers& headers,
             int version = kHttp11) {
  const auto refusal =
      CheckRequestHead(version, {method, target, headers, ""}, {"keuangan.example.org"});
  return refusal.has_value() ? refusal->status : 0;
}

TEST(RequestRulesTest, HostsAreThisMachine) {
  const struct {
    const char* host;
    int status;
  } kRows[] = {{"localhost", 0},
               {"LOCALHOST:8080", 0},
               {"127.0.0.1:8080", 0},
               {"[::1]", 0},
               {"[::1]:8080", 0},
               {"example.org", 421},
               {"Keuangan.example.org:443", 0},
               {"localhost.evil", 421},
               {"127.0.0.1.nip.io", 421},
               {"localhost:80x", 421},
               {"", 421},
               {"[::1", 421},
               {"localhost:80:80", 421}};
  for (const auto& row : kRows) {
    EXPECT_EQ(StatusOf("POST", "/a/b", {{"host", row.host}}), row.status) << row.host;
  }
  EXPECT_EQ(StatusOf("POST", "/", {}), 400);
  EXPECT_EQ(StatusOf("POST", "/", {{"Host", "localhost"}, {"Host", "localhost"}}), 400);
}

TEST(RequestRulesTest, PathsHaveOneSpelling) {
  for (const char* target : {"/", "/healthz", "/a.B/C", "/a.B/C?x=%2F..//&y=1"}) {
    EXPECT_EQ(StatusOf("POST", target, {{"Host", "localhost"}}), 0) << target;
  }
  for (const char* target : {"", "*", "healthz", "http://localhost/a", "//a", "/a//b", "/a/",
                             "/./a", "/a/../b", "/a%2Fb", "/a/%2e%2e/b", "/a\\b", "/a#b", "/a?b#c",
                             "/a b", "/a\x7f", "/\xc3\xa9", "/a;b"}) {
    EXPECT_EQ(StatusOf("POST", target, {{"Host", "localhost"}}), 400) << target;
  }
}

TEST(RequestRulesTest, BodiesHaveOneLength) {
  const struct {
    const char* method;
    Headers headers;
    int status;
  } kRows[] = {
      {"POST", {{"Content-Length", "5"}}, 0},
      {"POST", {{"Transfer-Encoding", "Chunked"}}, 0},
      {"GET", {{"Content-Length", "0"}}, 0},
      {"POST", {{"Content-Length", "5"}, {"content-length", "5"}}, 400},
      {"POST", {{"Content-Length", "5, 5"}}, 400},
      {"POST", {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, 400},
      {"POST", {{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, 400},
      {"POST", {{"Transfer-Encoding", "gzip, chunked"}}, 501},
      {"POST", {{"Transfer-Encoding", "identity"}}, 501},
      {"GET", {{"Content-Length", "5"}}, 400},
      {"GET", {{"Transfer-Encoding", "chunked"}}, 400},
      {"POST", {{"Expect", "100-continue"}}, 0},
      {"POST", {{"Expect", "miracles"}}, 417},
  };
  for (const auto& row : kRows) {
    Headers headers = row.headers;
    headers.emplace_back("Host", "localhost");
    EXPECT_EQ(StatusOf(row.method, "/a/b", headers), row.status)
        << headers[0].first << ": " << headers[0].second;
  }
}

TEST(RequestRulesTest, SpeaksOneVersion) {
  EXPECT_EQ(StatusOf("GET", "/", {{"Host", "localhost"}}, 10), 505);
  EXPECT_EQ(StatusOf("GET", "/", {{"Host", "localhost"}}, 20), 505);
}

}  // namespace
}  // namespace lumbung::gateway
