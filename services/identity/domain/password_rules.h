// Which passwords and user names are taken. After OWASP ASVS 5: length counts, composition does
// not; what everybody tries first is refused.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_RULES_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_RULES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung::identity {

// In characters, not bytes.
inline constexpr int kMinPasswordLength = 12;
inline constexpr int kMaxPasswordLength = 128;
// No password is longer; checked before anything is done with one.
inline constexpr int kMaxPasswordBytes = 4 * kMaxPasswordLength;

// PASSWORD_TOO_LONG, INVALID_TEXT when it is not UTF-8 or has control characters,
// PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON, PASSWORD_CONTAINS_NAME. Messages never repeat the
// password.
absl::Status ValidatePassword(absl::string_view password, absl::string_view user_name,
                              absl::string_view field);

// Lower-case letters, digits and '.', '_', '-', '@', beginning with a letter or digit; 1 to 63
// characters. INVALID_USER_NAME.
absl::Status ValidateUserName(absl::string_view user_name, absl::string_view field);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_PASSWORD_RULES_H_
