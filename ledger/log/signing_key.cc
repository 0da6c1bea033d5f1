#include "ledger/log/signing_key.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/log/base64.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::log {
namespace {

constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kIdDigits = 8;
constexpr absl::string_view kPrivateMark = "LUMBUNG-ED25519-KEY+";

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Out of memory, or a library without Ed25519: there is nothing to go on with.
[[noreturn]] void OpenSslFailed() {
  std::abort();
}

Key PrivateKey(absl::string_view seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(seed), seed.size()));
  if (key == nullptr) OpenSslFailed();
  return key;
}

absl::Status InvalidKey(absl::string_view what) {
  return InvalidArgument("INVALID_KEY", "key", what);
}

}  // namespace

bool IsKeyName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
}

absl::StatusOr<VerifierKey> VerifierKey::Parse(absl::string_view text) {
  // Base64 may have a '+' of its own.
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('+', 2));
  if (parts.size() != 3 || !IsKeyName(parts[0]) || parts[1].size() != kIdDigits) {
    return InvalidKey("a verifier key is written name+id+key");
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::string typed, DecodeBase64(parts[2]));
  const auto type = static_cast<std::uint8_t>(typed.empty() ? 0 : typed[0]);
  if (typed.size() != 1 + kPublicKeyBytes ||
      (type != static_cast<std::uint8_t>(KeyType::kLog) &&
       type != static_cast<std::uint8_t>(KeyType::kWitness))) {
    return InvalidKey("the key is not an Ed25519 key of a log or of a witness");
  }
  VerifierKey key{std::string(parts[0]), static_cast<KeyType>(type), typed.substr(1)};
  // The id says again what name and key say, and in one spelling.
  if (key.ToString() != text) return InvalidKey("the key's id does not belong to its name and key");
  return key;
}

std::string VerifierKey::ToString() const {
  return absl::StrCat(
      name, "+", absl::Hex(id(), absl::kZeroPad8), "+",
      absl::Base64Escape(absl::StrCat(std::string(1, static_cast<char>(type)), public_key)));
}

std::uint32_t VerifierKey::id() const {
  const std::string hash =
      Sha256(absl::StrCat(name, "\n", std::string(1, static_cast<char>(type)), public_key));
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i) {
    id = id << 8 | static_cast<std::uint8_t>(hash[static_cast<std::size_t>(i)]);
  }
  return id;
}

bool VerifierKey::Verifies(absl::string_view message, absl::string_view signature) const {
  if (signature.size() != kSignatureBytes || public_key.size() != kPublicKeyBytes) return false;
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()));
  const Context context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) == 1;
}

absl::StatusOr<SigningKey> SigningKey::FromSeed(absl::string_view seed) {
  if (seed.size() != kSeedBytes) return InvalidKey("a private key has 32 bytes");
  SigningKey signing;
  signing.seed_ = std::string(seed);
  signing.public_key_.resize(kPublicKeyBytes);
  std::size_t size = kPublicKeyBytes;
  if (EVP_PKEY_get_raw_public_key(PrivateKey(seed).get(),
                                  reinterpret_cast<unsigned char*>(&signing.public_key_[0]),
                                  &size) != 1) {
    OpenSslFailed();
  }
  return signing;
}

absl::StatusOr<SigningKey> SigningKey::Parse(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kPrivateMark)) return InvalidKey("this is no line of a key file");
  const absl::StatusOr<std::string> seed = DecodeBase64(line);
  if (!seed.ok()) return InvalidKey("this is no line of a key file");
  return FromSeed(*seed);
}

std::string SigningKey::ToPrivateLine() const {
  return absl::StrCat(kPrivateMark, absl::Base64Escape(seed_));
}

VerifierKey SigningKey::Verifier(absl::string_view name, KeyType type) const {
  return {std::string(name), type, public_key_};
}

std::string SigningKey::Sign(absl::string_view message) const {
  const Key key = PrivateKey(seed_);
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(&signature[0]), &size,
                     Bytes(message), message.size()) != 1) {
    OpenSslFailed();
  }
  return signature;
}

}  // namespace lumbung::log
