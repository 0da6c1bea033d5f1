#include "services/common/call_credentials.h"

#include <openssl/crypto.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

constexpr std::size_t kMaxValueBytes = 255;
constexpr std::size_t kMaxTokenBytes = 8'192;
constexpr absl::string_view kBearer = "bearer ";

bool IsEqualSecret(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

absl::Status TooLong(absl::string_view key, std::size_t limit) {
  return InvalidArgument("INVALID_METADATA", "",
                         absl::StrCat("metadata ", key, " is longer than ", limit, " bytes"));
}

}  // namespace

absl::StatusOr<Credentials> CredentialsOf(
    const std::function<std::string(absl::string_view key)>& metadata, absl::string_view peer,
    absl::string_view gateway_secret) {
  Credentials credentials;
  credentials.organization = metadata(kOrganizationMetadata);
  if (credentials.organization.size() > kMaxValueBytes) {
    return TooLong(kOrganizationMetadata, kMaxValueBytes);
  }
  const std::string authorization = metadata(kAuthorizationMetadata);
  if (authorization.size() > kMaxTokenBytes) return TooLong(kAuthorizationMetadata, kMaxTokenBytes);
  if (!authorization.empty()) {
    if (!absl::StartsWithIgnoreCase(authorization, kBearer)) {
      return InvalidArgument("INVALID_METADATA", "",
                             "metadata authorization has to be \"Bearer \" and a token");
    }
    credentials.token = std::string(
        absl::StripAsciiWhitespace(absl::string_view(authorization).substr(kBearer.size())));
  }
  credentials.from_address = AddressOf(peer);
  if (!gateway_secret.empty() && IsEqualSecret(metadata(kGatewayMetadata), gateway_secret)) {
    credentials.from_address = metadata(kForwardedForMetadata).substr(0, kMaxValueBytes);
    credentials.client_certificate = metadata(kClientCertificateMetadata).substr(0, kMaxValueBytes);
  }
  return credentials;
}

std::string AddressOf(absl::string_view peer) {
  if (!absl::ConsumePrefix(&peer, "ipv4:") && !absl::ConsumePrefix(&peer, "ipv6:")) {
    // A unix socket, or a call within the process.
    return std::string(peer.substr(0, peer.find(':')));
  }
  const std::string decoded = absl::StrReplaceAll(peer, {{"%5B", "["}, {"%5D", "]"}, {"%25", "%"}});
  absl::string_view address = decoded;
  address = address.substr(0, address.rfind(':'));
  absl::ConsumePrefix(&address, "[");
  absl::ConsumeSuffix(&address, "]");
  return std::string(address);
}

}  // namespace lumbung
