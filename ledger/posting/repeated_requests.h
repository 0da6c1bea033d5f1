// Requests that come again: a request id posts once, and whoever sends the same request again gets
// the first answer (INV-013).
#ifndef LUMBUNG_LEDGER_POSTING_REPEATED_REQUESTS_H_
#define LUMBUNG_LEDGER_POSTING_REPEATED_REQUESTS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/entry.h"
#include "ledger/posting/posting_store.h"

namespace lumbung::posting {

// What there is under some request ids, by request id. Points into a list that outlives it.
using ExistingEntries = absl::flat_hash_map<absl::string_view, const ExistingEntry*>;
ExistingEntries ByRequestId(const std::vector<ExistingEntry>& found);

std::vector<std::string> RequestIdsOf(absl::Span<const EntryDraft> drafts);
// What each draft of a submission is compared by when its request id comes again.
std::vector<std::string> RequestHashesOf(absl::Span<const EntryDraft> drafts);

// REQUEST_ID_REUSED: the request id was used before, with another body.
absl::Status ReusedRequestId(absl::string_view request_id);

// The entries that were posted for just these drafts, in their order; none when no request id was
// used before. `existing` may hold more than what there is under these request ids.
// REQUEST_ID_REUSED.
absl::StatusOr<std::vector<EntryId>> RepeatedEntries(absl::Span<const EntryDraft> drafts,
                                                     absl::Span<const std::string> hashes,
                                                     const ExistingEntries& existing);

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_REPEATED_REQUESTS_H_
