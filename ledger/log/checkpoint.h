// Checkpoints (C2SP tlog-checkpoint): what a log commits to. A signed note of three lines: the
// log's origin, how many leaves it has, and the root over them; more lines may follow.
#ifndef LUMBUNG_LEDGER_LOG_CHECKPOINT_H_
#define LUMBUNG_LEDGER_LOG_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/log/signed_note.h"
#include "ledger/log/signing_key.h"

namespace lumbung::log {

struct Checkpoint {
  // Which log: unique for ever, and the name of its key.
  std::string origin;
  std::uint64_t size = 0;
  std::string root;  // kHashBytes.
  std::vector<std::string> extensions;

  // The text of a note. CHECKPOINT_MALFORMED for anything that ToText would not give again.
  static absl::StatusOr<Checkpoint> FromText(absl::string_view text);
  std::string ToText() const;
};
inline bool operator==(const Checkpoint& a, const Checkpoint& b) {
  return a.origin == b.origin && a.size == b.size && a.root == b.root &&
         a.extensions == b.extensions;
}

// The checkpoint as a note, signed by its log.
SignedNote SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);

// The checkpoint that the note carries, when it is signed with `key` and its origin is the key's
// name. The refusals of SignedNote::Parse and VerifyNote, CHECKPOINT_MALFORMED, WRONG_ORIGIN.
absl::StatusOr<Checkpoint> OpenCheckpoint(const SignedNote& note, const VerifierKey& key);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_CHECKPOINT_H_
