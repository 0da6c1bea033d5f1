#include "ledger/posting/repeated_requests.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::posting {

ExistingEntries ByRequestId(const std::vector<ExistingEntry>& found) {
  ExistingEntries existing;
  for (const ExistingEntry& entry : found) existing.emplace(entry.request_id, &entry);
  return existing;
}

std::vector<std::string> RequestIdsOf(absl::Span<const EntryDraft> drafts) {
  std::vector<std::string> ids;
  ids.reserve(drafts.size());
  for (const EntryDraft& draft : drafts) ids.push_back(draft.request_id);
  return ids;
}

std::vector<std::string> RequestHashesOf(absl::Span<const EntryDraft> drafts) {
  std::vector<std::string> hashes;
  hashes.reserve(drafts.size());
  for (const EntryDraft& draft : drafts) hashes.push_back(log::DraftHash(draft, drafts.size()));
  return hashes;
}

absl::Status ReusedRequestId(absl::string_view request_id) {
  return Refusal(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "request_id",
                 absl::StrCat("request_id '", request_id,
                              "' was used before with another body; a new request needs a "
                              "new one"));
}

absl::StatusOr<std::vector<EntryId>> RepeatedEntries(absl::Span<const EntryDraft> drafts,
                                                     absl::Span<const std::string> hashes,
                                                     const ExistingEntries& existing) {
  std::vector<EntryId> ids;
  const EntryDraft* other = nullptr;
  bool used = false;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto match = existing.find(drafts[i].request_id);
    used = used || match != existing.end();
    if (match == existing.end() || match->second->request_hash != hashes[i]) {
      other = &drafts[i];
    } else {
      ids.push_back(match->second->id);
    }
  }
  if (used && other != nullptr) return ReusedRequestId(other->request_id);
  return ids;
}

}  // namespace lumbung::posting
