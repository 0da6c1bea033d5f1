#include "ledger/log/followed_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_tree.h"
#include "ledger/log/merkle_verify.h"
#include "ledger/log/signed_note.h"

namespace lumbung::log {
namespace {

absl::Status Forked(const Checkpoint& last, const Checkpoint& next) {
  return Refusal(
      absl::StatusCode::kFailedPrecondition, "LOG_FORKED", "",
      absl::StrCat("the log of ", next.size, " leaves does not continue the one of ", last.size,
                   " that was seen before: what was sealed has been changed "
                   "or removed"));
}

}  // namespace

FollowedLog::FollowedLog(VerifierKey first_key) : first_key_(std::move(first_key)) {
  last_.origin = first_key_.name;
  last_.root = EmptyRoot();
}

absl::StatusOr<FollowedLog> FollowedLog::FromText(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('\n', 1));
  absl::StatusOr<VerifierKey> key = VerifierKey::Parse(parts.first);
  if (key.ok()) {
    FollowedLog followed(*std::move(key));
    if (parts.second.empty()) return followed;
    const absl::StatusOr<SignedNote> note = SignedNote::Parse(parts.second);
    absl::StatusOr<Checkpoint> last = note.ok() ? Checkpoint::FromText(note->text) : note.status();
    if (last.ok() && last->origin == followed.first_key_.name) {
      followed.last_ = *std::move(last);
      followed.note_ = std::string(parts.second);
      return followed;
    }
  }
  return InvalidArgument("FOLLOWED_LOG_MALFORMED", "",
                         "this is not what was kept of a log: a key and a checkpoint");
}

std::string FollowedLog::ToText() const {
  return absl::StrCat(first_key_.ToString(), "\n", note_);
}

absl::Status FollowedLog::Advance(const PresentedCheckpoint& presented,
                                  const FetchProof& fetch_proof) {
  LUMBUNG_ASSIGN_OR_RETURN(const VerifierKey key,
                           FollowKeyRecords(first_key_, presented.key_records));
  LUMBUNG_ASSIGN_OR_RETURN(const SignedNote note, SignedNote::Parse(presented.note));
  LUMBUNG_ASSIGN_OR_RETURN(Checkpoint next, OpenCheckpoint(note, key));
  if (next.size < last_.size) {
    return FailedPrecondition(
        "LOG_ROLLED_BACK", "",
        absl::StrCat("the log has ", next.size, " leaves now, and had ", last_.size,
                     " when it was seen last: what was sealed since is gone, as after going back "
                     "to an older backup"));
  }
  std::vector<std::string> proof;
  if (last_.size > 0 && last_.size < next.size) {
    LUMBUNG_ASSIGN_OR_RETURN(proof, fetch_proof(last_.size, next.size));
  }
  if (!VerifyConsistency(last_.size, last_.root, next.size, next.root, proof).ok()) {
    return Forked(last_, next);
  }
  last_ = std::move(next);
  note_ = presented.note;
  return absl::OkStatus();
}

}  // namespace lumbung::log
