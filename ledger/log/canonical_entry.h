// The canonical bytes of a posted entry: the form that is hashed, logged, signed and handed to
// auditors. One entry has exactly one encoding; it is written when the entry is posted, stored, and
// never made again. The layout is our own, fixed and versioned; see canonical_entry.md for the
// grammar and tests/goldens for the golden vectors.
//
// Free text (description, memos, tag values) enters as a salted hash, so that a name can be erased
// from the database without breaking the proof. Everything that carries the books enters in clear.
#ifndef LUMBUNG_LEDGER_LOG_CANONICAL_ENTRY_H_
#define LUMBUNG_LEDGER_LOG_CANONICAL_ENTRY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"

namespace lumbung::log {

inline constexpr std::size_t kSaltBytes = 16;
inline constexpr std::uint8_t kCanonicalVersion = 1;

// Encodes the entry of the given book. `salt` is kSaltBytes random bytes, fresh for each entry.
std::string CanonicalBytes(const BookSnapshot& book, const ValidEntry& entry, EntryId id,
                           std::int64_t number, absl::Time recorded_at, absl::string_view salt);

// RFC 6962 leaf hash: SHA-256 of 0x00 and the bytes. 32 bytes.
std::string LeafHash(absl::string_view canonical_bytes);

// SHA-256, 32 bytes.
std::string Sha256(absl::string_view bytes);

// A text as canonical bytes carry it where a person may be named in it: SHA-256 of the salt and the
// text, or 32 zero bytes of an empty text.
std::string SaltedHash(absl::string_view salt, absl::string_view text);

// What two calls with one request_id are compared by: SHA-256 over every field of the draft as it
// was sent, and over the number of drafts it was sent with, in the same style of encoding.
std::string DraftHash(const EntryDraft& draft, std::size_t batch_size = 1);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_CANONICAL_ENTRY_H_
