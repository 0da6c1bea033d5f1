#include "services/identity/domain/password_hash.h"

#include <cstdint>
#include <cstdio>
#include <optional>

#include <argon2.h>

#include "ledger/core/status.h"

namespace lumbung::identity {
namespace {

struct Parameters {
  std::uint32_t memory_kib;
  std::uint32_t passes;
  std::uint32_t lanes;
};

constexpr Parameters kOurs{19 * 1024, 2, 1};
constexpr Parameters kMost{256 * 1024, 16, 4};
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kMaxEncodedBytes = 255;

std::optional<Parameters> ParametersOf(const std::string& hash) {
  Parameters found{};
  if (hash.size() > kMaxEncodedBytes ||
      std::sscanf(hash.c_str(), "$argon2id$v=19$m=%9u,t=%9u,p=%9u$", &found.memory_kib,
                  &found.passes, &found.lanes) != 3) {
    return std::nullopt;
  }
  return found;
}

}  // namespace

absl::StatusOr<std::string> HashPassword(absl::string_view password, const char (&salt)[16]) {
  const std::size_t size = argon2_encodedlen(kOurs.passes, kOurs.memory_kib, kOurs.lanes,
                                             sizeof salt, kHashBytes, Argon2_id);
  std::string encoded(size, '\0');
  const int outcome =
      argon2id_hash_encoded(kOurs.passes, kOurs.memory_kib, kOurs.lanes, password.data(),
                            password.size(), salt, sizeof salt, kHashBytes, encoded.data(), size);
  if (outcome != ARGON2_OK) {
    return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                   argon2_error_message(outcome));
  }
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool VerifyPassword(absl::string_view hash, absl::string_view password) {
  const std::string encoded(hash);
  const std::optional<Parameters> found = ParametersOf(encoded);
  if (!found || found->memory_kib > kMost.memory_kib || found->passes > kMost.passes ||
      found->lanes > kMost.lanes) {
    return false;
  }
  return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool NeedsRehash(absl::string_view hash) {
  const std::optional<Parameters> found = ParametersOf(std::string(hash));
  return !found || found->memory_kib < kOurs.memory_kib || found->passes < kOurs.passes;
}

}  // namespace lumbung::identity
