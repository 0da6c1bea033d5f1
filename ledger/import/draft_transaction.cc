#include "ledger/import/draft_transaction.h"

#include <string>
#include <utility>

namespace lumbung::import {
namespace {

// Comment lines at the end that say nothing.
void DropEmptyLines(std::string* comment) {
  while (!comment->empty() && comment->back() == '\n') comment->pop_back();
}

}  // namespace

absl::Status SendTransaction(DraftTransaction& draft, JournalSink& sink) {
  if (draft.postings.empty()) {
    return sink.OnUnsupported(draft.parsed.place, "transaction without postings");
  }
  DropEmptyLines(&draft.parsed.comment);
  draft.parsed.postings.reserve(draft.postings.size());
  for (DraftPosting& posting : draft.postings) {
    if (posting.kind != PostingKind::kReal) continue;
    DropEmptyLines(&posting.parsed.comment);
    draft.parsed.postings.push_back(std::move(posting.parsed));
  }
  if (draft.parsed.postings.empty()) return absl::OkStatus();
  return sink.OnTransaction(std::move(draft.parsed));
}

}  // namespace lumbung::import
