// What somebody outside remembers of a log, and how they go on from it: the key it began with and
// the last checkpoint they saw. An auditor or a witness who keeps this notices whatever is changed
// or taken back behind it, also by whoever has the log's key.
#ifndef LUMBUNG_LEDGER_LOG_FOLLOWED_LOG_H_
#define LUMBUNG_LEDGER_LOG_FOLLOWED_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/signing_key.h"

namespace lumbung::log {

// A checkpoint as a log presents it.
struct PresentedCheckpoint {
  // With the log's signature, and those of witnesses.
  std::string note;
  std::vector<std::string> key_records;
};

class FollowedLog {
 public:
  // Nothing was seen yet; the log begins with this key, which is known from elsewhere.
  explicit FollowedLog(VerifierKey first_key);

  // As ToText wrote it: the first key on a line, and the last checkpoint as a note, if there is
  // one. FOLLOWED_LOG_MALFORMED. Nothing else in it is checked: it is one's own file.
  static absl::StatusOr<FollowedLog> FromText(absl::string_view text);
  std::string ToText() const;

  // Goes on to the checkpoint, or says why not; then nothing changes. `fetch_proof` is asked for
  // the consistency proof from the last size to the new one, unless the two are equal or there is
  // no last one. The refusals of FollowKeyRecords and OpenCheckpoint; LOG_ROLLED_BACK when it is
  // smaller than what was seen, LOG_FORKED when it does not continue it; those of `fetch_proof`.
  using FetchProof = std::function<absl::StatusOr<std::vector<std::string>>(
      std::uint64_t first_size, std::uint64_t second_size)>;
  absl::Status Advance(const PresentedCheckpoint& presented, const FetchProof& fetch_proof);

  const VerifierKey& first_key() const { return first_key_; }
  // Of size 0 when none was seen.
  const Checkpoint& last() const { return last_; }

 private:
  VerifierKey first_key_;
  Checkpoint last_;
  std::string note_;
};

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_FOLLOWED_LOG_H_
