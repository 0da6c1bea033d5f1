#include "services/identity/domain/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace lumbung::identity {
namespace {

constexpr std::int64_t kStepSeconds = 30;
constexpr std::int64_t kStepsEitherWay = 1;

}  // namespace

std::int64_t TotpStep(absl::Time time) {
  return absl::ToUnixSeconds(time) / kStepSeconds;
}

std::string TotpCode(absl::string_view secret, std::int64_t step) {
  unsigned char counter[8];
  for (int i = 0; i < 8; ++i) counter[7 - i] = static_cast<unsigned char>(step >> (8 * i));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter, sizeof counter, digest,
       &size);
  const unsigned char* const at = digest + (digest[size - 1] & 0x0F);
  const std::uint32_t number = (static_cast<std::uint32_t>(at[0] & 0x7F) << 24) |
                               (static_cast<std::uint32_t>(at[1]) << 16) |
                               (static_cast<std::uint32_t>(at[2]) << 8) | at[3];
  return absl::StrFormat("%06u", number % 1'000'000);
}

std::optional<std::int64_t> MatchTotp(absl::string_view secret, absl::string_view code,
                                      absl::Time now, std::int64_t last_step) {
  std::optional<std::int64_t> match;
  const std::int64_t current = TotpStep(now);
  for (std::int64_t step = current - kStepsEitherWay; step <= current + kStepsEitherWay; ++step) {
    const std::string expected = TotpCode(secret, step);
    const bool equal = code.size() == expected.size() &&
                       CRYPTO_memcmp(code.data(), expected.data(), expected.size()) == 0;
    if (equal && step > last_step) match = step;
  }
  return match;
}

std::string Base32(absl::string_view bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += kAlphabet[(bits >> (count - 5)) & 31];
  }
  if (count > 0) text += kAlphabet[(bits << (5 - count)) & 31];
  return text;
}

std::string TotpUri(absl::string_view user_name, absl::string_view secret) {
  return absl::StrCat("otpauth://totp/Lumbung:", absl::StrReplaceAll(user_name, {{"@", "%40"}}),
                      "?secret=", Base32(secret), "&issuer=Lumbung");
}

}  // namespace lumbung::identity
