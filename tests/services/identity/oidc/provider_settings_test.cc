#include "services/identity/oidc/provider_settings.h"

#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::identity {
namespace {

using testing::IsOk;
using testing::Refuses;
using Json = nlohmann::json;

Json Good() {
  return {{"id", "kantor"},
          {"issuer", "https://id.example.org"},
          {"client_id", "lumbung"},
          {"redirect_uris", {"https://keuangan.example.org/signed-in", "http://localhost:8080/"}}};
}

absl::Status StatusOf(const Json& providers) {
  return ParseProviderSettings(providers.dump()).status();
}

TEST(ProviderSettingsTest, ReadsTheFile) {
  const testing::TemporaryFolder folder;
  const std::string secret = folder.path() + "/secret";
  std::ofstream(secret) << "rahasia\n";
  Json with_secret = Good();
  with_secret["client_secret_file"] = secret;
  std::ofstream(folder.path() + "/providers.json") << Json::array({with_secret});
  const auto providers = ReadProviderSettings(folder.path() + "/providers.json");
  ASSERT_THAT(providers, IsOk());
  ASSERT_EQ(providers->size(), 1u);
  EXPECT_EQ(providers->front().display_name, "kantor");
  EXPECT_EQ(providers->front().client_secret, "rahasia");
  EXPECT_EQ(providers->front().redirect_uris.size(), 2u);
  EXPECT_THAT(ReadProviderSettings(folder.path() + "/nothing"), Refuses("INVALID_PROVIDERS"));
}

TEST(ProviderSettingsTest, RefusesWhatWouldNotBeSafeOrClear) {
  EXPECT_THAT(StatusOf(Json::array({Good()})), IsOk());
  EXPECT_THAT(StatusOf(Json::object()), Refuses("INVALID_PROVIDERS"));
  EXPECT_THAT(StatusOf(Json::array({Good(), Good()})), Refuses("INVALID_PROVIDERS"));
  const struct {
    const char* field;
    Json value;
  } kRows[] = {{"issuer", "http://id.example.org"},
               {"issuer", ""},
               {"id", "Kantor Pusat"},
               {"client_id", 5},
               {"redirect_uris", Json::array()},
               {"redirect_uris", {"http://keuangan.example.org/"}},
               {"redirect_uris", {"javascript:alert(1)"}},
               {"client_secret_file", "/nowhere"},
               {"client_sekret", "x"}};
  for (const auto& row : kRows) {
    Json provider = Good();
    provider[row.field] = row.value;
    EXPECT_THAT(StatusOf(Json::array({provider})), Refuses("INVALID_PROVIDERS"))
        << row.field << " " << row.value;
  }
}

TEST(ProviderSettingsTest, KnowsWherePasswordsMayTravel) {
  for (const char* url : {"https://a.example", "https://a.example:8443/x", "http://127.0.0.1:99/x",
                          "http://localhost", "http://[::1]:80/"}) {
    EXPECT_TRUE(IsSafeUrl(url)) << url;
  }
  for (const char* url :
       {"", "http://a.example", "ftp://a.example", "https://", "https:///x", "//a.example",
        "http://localhost.evil.example", "http://localhost@evil.example", "file:///etc/passwd",
        "http://127.0.0.1.evil.example/", "http://localhost:80@evil.example/"}) {
    EXPECT_FALSE(IsSafeUrl(url)) << url;
  }
}

}  // namespace
}  // namespace lumbung::identity
