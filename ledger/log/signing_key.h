// Ed25519 keys of signed notes (C2SP signed-note): of the log itself, and of witnesses. A key has a
// name; its id is the first four bytes of a hash over name, type and public key, so that the same
// key under another name is another signer.
//
// A private key is never logged, never in a message, and kept in a file outside of the database.
#ifndef LUMBUNG_LEDGER_LOG_SIGNING_KEY_H_
#define LUMBUNG_LEDGER_LOG_SIGNING_KEY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::log {

inline constexpr std::size_t kSeedBytes = 32;
inline constexpr std::size_t kPublicKeyBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;

// What a key signs, as signed-note numbers it.
enum class KeyType : std::uint8_t {
  kLog = 1,      // Ed25519 over the note.
  kWitness = 4,  // Ed25519 over the note and a time: cosignature/v1.
};

// Not empty, at most 200 bytes of printable ASCII, without spaces and '+'.
bool IsKeyName(absl::string_view name);

// A public key with its name.
struct VerifierKey {
  std::string name;
  KeyType type = KeyType::kLog;
  std::string public_key;  // kPublicKeyBytes.

  // `name+1a2b3c4d+base64`, as signed-note writes it.
  static absl::StatusOr<VerifierKey> Parse(absl::string_view text);
  std::string ToString() const;
  std::uint32_t id() const;
  bool Verifies(absl::string_view message, absl::string_view signature) const;
};
inline bool operator==(const VerifierKey& a, const VerifierKey& b) {
  return a.name == b.name && a.type == b.type && a.public_key == b.public_key;
}
inline bool operator!=(const VerifierKey& a, const VerifierKey& b) {
  return !(a == b);
}

// A private key, which needs no name until it signs.
class SigningKey {
 public:
  // INVALID_KEY unless `seed` is kSeedBytes of good random bytes.
  static absl::StatusOr<SigningKey> FromSeed(absl::string_view seed);
  // One line of a key file: `LUMBUNG-ED25519-KEY+base64 of the seed`. INVALID_KEY.
  static absl::StatusOr<SigningKey> Parse(absl::string_view line);
  std::string ToPrivateLine() const;

  VerifierKey Verifier(absl::string_view name, KeyType type) const;
  std::string Sign(absl::string_view message) const;
  const std::string& public_key() const { return public_key_; }

 private:
  SigningKey() = default;
  std::string seed_;
  std::string public_key_;
};

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_SIGNING_KEY_H_
