#include "ledger/import/draft_transaction.h"

#include <utility>

namespace lumbung::import {

absl::Status SendTransaction(DraftTransaction& draft, JournalSink& sink) {
  if (draft.postings.empty()) {
    return sink.OnUnsupported(draft.parsed.place, "transaction without postings");
  }
  draft.parsed.postings.reserve(draft.postings.size());
  for (DraftPosting& posting : draft.postings) {
    if (posting.kind != PostingKind::kReal) continue;
    draft.parsed.postings.push_back(std::move(posting.parsed));
  }
  if (draft.parsed.postings.empty()) return absl::OkStatus();
  return sink.OnTransaction(std::move(draft.parsed));
}

}  // namespace lumbung::import
