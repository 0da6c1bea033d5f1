// Signed notes (C2SP signed-note): a text that people can read, an empty line, and signatures of
// one line each: an em dash, the key's name, and base64 of the key's id and the signature.
//
// A note that was read says nothing until a signature of a known key is found good. Signatures of
// keys that one does not know are kept and mean nothing.
#ifndef LUMBUNG_LEDGER_LOG_SIGNED_NOTE_H_
#define LUMBUNG_LEDGER_LOG_SIGNED_NOTE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/log/signing_key.h"

namespace lumbung::log {

inline constexpr std::size_t kMaxNoteBytes = 1'000'000;
inline constexpr std::size_t kMaxSignatures = 100;

struct NoteSignature {
  std::string key_name;
  std::uint32_t key_id = 0;
  std::string bytes;  // Behind the id; what it means depends on the key's type.

  // The line without its newline. NOTE_MALFORMED.
  static absl::StatusOr<NoteSignature> Parse(absl::string_view line);
  std::string ToLine() const;
};

struct SignedNote {
  // Ends with a newline; UTF-8 without control characters but newlines.
  std::string text;
  std::vector<NoteSignature> signatures;

  // NOTE_MALFORMED, also when there is no signature at all.
  static absl::StatusOr<SignedNote> Parse(absl::string_view note);
  std::string ToString() const;
};

// The log's signature of the text, under the name. `text` ends with a newline.
NoteSignature SignNote(absl::string_view text, const SigningKey& key, absl::string_view name);

// OK when the note has a signature of this key, of KeyType::kLog, and every one of its signatures
// is good. NOTE_UNSIGNED when it has none, NOTE_SIGNATURE_WRONG.
absl::Status VerifyNote(const SignedNote& note, const VerifierKey& key);

// A witness's signature: at `time` (whole seconds) it had seen no larger checkpoint of this log,
// and this one continues all that it had seen.
NoteSignature CosignNote(absl::string_view text, const SigningKey& key, absl::string_view name,
                         absl::Time time);

// When the witness, whose key is of KeyType::kWitness, cosigned the note; the latest of several.
// Refusals as of VerifyNote.
absl::StatusOr<absl::Time> VerifyCosignature(const SignedNote& note, const VerifierKey& key);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_SIGNED_NOTE_H_
