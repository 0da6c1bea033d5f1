// One-time codes of a device (RFC 6238): six digits, a new one every 30 seconds, HMAC-SHA-1, which
// is what every authenticator app speaks.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_TOTP_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_TOTP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace lumbung::identity {

inline constexpr std::size_t kTotpSecretBytes = 20;

// The step of 30 seconds in which `time` lies.
std::int64_t TotpStep(absl::Time time);

// The code of a step.
std::string TotpCode(absl::string_view secret, std::int64_t step);

// The step that the code belongs to, when that is the current one or one beside it and comes after
// `last_step`, the newest that was ever used: a code is good once. Takes the same time for every
// code.
std::optional<std::int64_t> MatchTotp(absl::string_view secret, absl::string_view code,
                                      absl::Time now, std::int64_t last_step);

// RFC 4648, upper case, without padding.
std::string Base32(absl::string_view bytes);

// otpauth://totp/Lumbung:siti?secret=...&issuer=Lumbung, which apps read from a QR code.
std::string TotpUri(absl::string_view user_name, absl::string_view secret);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_TOTP_H_
