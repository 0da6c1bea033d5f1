#include "services/common/call_credentials.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::IsOk;
using testing::Refuses;

constexpr char kPeer[] = "ipv4:10.1.2.3:50412";

absl::StatusOr<Credentials> From(const std::map<std::string, std::string>& metadata,
                                 absl::string_view gateway_secret = "") {
  return CredentialsOf(
      [&metadata](absl::string_view key) {
        const auto found = metadata.find(std::string(key));
        return found == metadata.end() ? std::string() : found->second;
      },
      kPeer, gateway_secret);
}

TEST(CallCredentialsTest, ReadsTokenOrganizationAndAddress) {
  const auto credentials =
      From({{"authorization", "Bearer lbs_abc"}, {"lumbung-organization", "melati"}});
  ASSERT_THAT(credentials, IsOk());
  EXPECT_EQ(credentials->token, "lbs_abc");
  EXPECT_EQ(credentials->organization, "melati");
  EXPECT_EQ(credentials->from_address, "10.1.2.3");
  EXPECT_EQ(From({{"authorization", "bearer  x "}})->token, "x");
}

TEST(CallCredentialsTest, NobodySaysWhoTheyAreByThemselves) {
  const auto credentials = From({{"lumbung-actor", "siti"}, {"lumbung-roles", "adjuster"}});
  ASSERT_THAT(credentials, IsOk());
  EXPECT_EQ(credentials->token, "");
}

TEST(CallCredentialsTest, RefusesWhatIsTooLongOrNoBearerToken) {
  EXPECT_THAT(From({{"lumbung-organization", std::string(256, 'x')}}), Refuses("INVALID_METADATA"));
  EXPECT_THAT(From({{"authorization", "Bearer " + std::string(8'192, 'x')}}),
              Refuses("INVALID_METADATA"));
  EXPECT_THAT(From({{"authorization", "Basic c2l0aTpyYWhhc2lh"}}), Refuses("INVALID_METADATA"));
  EXPECT_THAT(From({{"authorization", "lbs_abc"}}), Refuses("INVALID_METADATA"));
}

TEST(CallCredentialsTest, OnlyTheGatewayIsBelievedAboutAddressesAndCertificates) {
  const std::map<std::string, std::string> forwarded = {{"lumbung-gateway", "secret"},
                                                        {"lumbung-forwarded-for", "192.0.2.7"},
                                                        {"lumbung-client-certificate", "ab"}};
  EXPECT_EQ(From(forwarded, "secret")->client_certificate, "ab");
  EXPECT_EQ(From(forwarded, "another")->client_certificate, "");
  EXPECT_EQ(From({{"lumbung-client-certificate", "ab"}}, "secret")->client_certificate, "");
  EXPECT_EQ(From(forwarded, "secret")->from_address, "192.0.2.7");
  EXPECT_EQ(From(forwarded, "another")->from_address, "10.1.2.3");
  EXPECT_EQ(From(forwarded, "")->from_address, "10.1.2.3");
  EXPECT_EQ(From({{"lumbung-forwarded-for", "192.0.2.7"}}, "secret")->from_address, "10.1.2.3");
}

TEST(CallCredentialsTest, ReadsTheLibrarysNamesOfPeers) {
  const std::pair<const char*, const char*> peers[] = {{"ipv4:127.0.0.1:1", "127.0.0.1"},
                                                       {"ipv6:[::1]:1", "::1"},
                                                       {"ipv6:%5B::1%5D:1", "::1"},
                                                       {"unix:/run/x", "unix"},
                                                       {"", ""}};
  for (const auto& [peer, address] : peers) EXPECT_EQ(AddressOf(peer), address) << peer;
}

}  // namespace
}  // namespace lumbung
