// From the metadata of a call to what its caller brings with it.
#ifndef LUMBUNG_SERVICES_COMMON_CALL_CREDENTIALS_H_
#define LUMBUNG_SERVICES_COMMON_CALL_CREDENTIALS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/authenticator.h"

namespace lumbung {

// `metadata` gives the value of a key, or "". `peer` is the library's name for the other end
// ("ipv4:127.0.0.1:50412"). Whoever shows `gateway_secret`, unless that is empty, is believed about
// its client's address and certificate. INVALID_METADATA when a value is too long, or when
// `authorization` is not a bearer token.
absl::StatusOr<Credentials> CredentialsOf(
    const std::function<std::string(absl::string_view key)>& metadata, absl::string_view peer,
    absl::string_view gateway_secret);

// The address in the library's name for a peer: "127.0.0.1", "::1".
std::string AddressOf(absl::string_view peer);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_CALL_CREDENTIALS_H_
