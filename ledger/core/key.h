// Keys and texts as people and programs name things with: what may be stored at all. The functions
// are pure; `field` is the path that a refusal names.
#ifndef LUMBUNG_LEDGER_CORE_KEY_H_
#define LUMBUNG_LEDGER_CORE_KEY_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung {

inline constexpr std::size_t kMaxKeyBytes = 255;
inline constexpr std::size_t kMaxSlugBytes = 63;
inline constexpr std::size_t kMaxNameBytes = 255;
inline constexpr std::size_t kMaxNoteBytes = 4'096;

// The key of an account, fund, dimension, ...: 1 to 255 bytes of UTF-8 without control characters,
// not blank at either end. INVALID_ID.
absl::Status ValidateKey(absl::string_view key, absl::string_view field);

// The id of an organization or book: lower-case letters, digits and '-', starting with a letter or
// digit, 1 to 63 characters. INVALID_ID.
absl::Status ValidateSlug(absl::string_view slug, absl::string_view field);

// A display name: UTF-8 without control characters, at most 255 bytes; may be empty. INVALID_TEXT,
// TEXT_TOO_LONG.
absl::Status ValidateName(absl::string_view name, absl::string_view field);

// A note: as a name, but at most 4,096 bytes and with line breaks and tabs. INVALID_TEXT,
// TEXT_TOO_LONG.
absl::Status ValidateNote(absl::string_view note, absl::string_view field);

// 16 random bytes written as a version 4 UUID.
std::string RandomUid(const char (&random)[16]);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_KEY_H_
