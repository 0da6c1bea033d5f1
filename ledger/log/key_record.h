// Key records: signed notes, and leaves of the log, that say with which key a log signs from now
// on. The first is signed by its own key; every later one by the key that it replaces and by the
// new one, so that whoever trusts the first key can follow the log to the one of today.
//
//   lumbung key record v1
//   <origin>
//   time <seconds since 1970>
//   key <verifier key>
//   replaces <verifier key>        (not in the first)
#ifndef LUMBUNG_LEDGER_LOG_KEY_RECORD_H_
#define LUMBUNG_LEDGER_LOG_KEY_RECORD_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "ledger/log/signed_note.h"
#include "ledger/log/signing_key.h"

namespace lumbung::log {

// The record of a log's first key.
SignedNote CreateKeyRecord(absl::string_view origin, const SigningKey& key, absl::Time time);

// The record that `next` takes over from `previous`.
SignedNote RotateKeyRecord(absl::string_view origin, const SigningKey& previous,
                           const SigningKey& next, absl::Time time);

// The key that the record names, when it follows `previous` (none: when it is a first record).
// KEY_RECORD_MALFORMED, KEY_RECORD_OUT_OF_ORDER, and the refusals of notes.
absl::StatusOr<VerifierKey> FollowKeyRecord(const std::optional<VerifierKey>& previous,
                                            absl::string_view note);

// The key of the last of all records of a log, which begin with the key `first`. KEY_UNKNOWN when
// they begin with another.
absl::StatusOr<VerifierKey> FollowKeyRecords(const VerifierKey& first,
                                             absl::Span<const std::string> notes);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_KEY_RECORD_H_
