#include "services/ledger/transfer/entry_sink.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/posting/poster.h"

namespace lumbung::transfer {
namespace {

// Entries may be long: a chunk has at most so many postings, or one entry.
constexpr std::size_t kMaxChunkPostings = 20'000;

// The refusal, with the place it speaks of. What the draft builder says has one already.
absl::Status At(const import::Place& place, const absl::Status& status) {
  const std::string field = FieldOf(status);
  return Refusal(
      status.code(), ReasonOf(status), "",
      absl::StrCat(place.ToString(), ": ", field, field.empty() ? "" : ": ", status.message()));
}

}  // namespace

absl::Status EntrySink::OnTransaction(import::ParsedTransaction&& transaction) {
  assertions_->AddTransaction(transaction);
  std::string request_id = identities_.NextRequestId(transaction);
  absl::StatusOr<EntryDraft> draft = builder_.Build(transaction);
  if (!draft.ok()) {
    // It may be in the book already, from an import that could value it.
    LUMBUNG_ASSIGN_OR_RETURN(const auto existing, poster_->FindExisting({request_id}));
    if (existing.empty()) {
      problems_.Add(PlaceOf(draft.status().message()).empty()
                        ? At(transaction.place, draft.status())
                        : draft.status());
    } else {
      ++report_.already_imported_count;
    }
    return problems_.full() ? problems_.ToStatus() : absl::OkStatus();
  }
  draft->request_id = std::move(request_id);
  pending_postings_ += draft->postings.size();
  drafts_.push_back(*std::move(draft));
  places_.push_back(std::move(transaction.place));
  if (drafts_.size() == posting::kMaxBatchEntries || pending_postings_ >= kMaxChunkPostings) {
    return Flush();
  }
  return absl::OkStatus();
}

absl::Status EntrySink::OnAssertion(const import::ParsedAssertion& assertion) {
  assertions_->AddAssertion(assertion);
  return absl::OkStatus();
}

absl::Status EntrySink::Finish(absl::Status read) {
  if (read.ok()) read = Flush();
  // The reader stopped early when there were too many problems.
  LUMBUNG_RETURN_IF_ERROR(problems_.ToStatus());
  return read;
}

absl::Status EntrySink::Flush() {
  LUMBUNG_RETURN_IF_ERROR(DropExisting());
  if (problems_.empty() && !drafts_.empty()) {
    const auto posted = poster_->Post(drafts_, permissions_);
    if (posted.ok()) {
      LUMBUNG_RETURN_IF_ERROR(Count(*posted));
    } else {
      CheckEach();
      if (problems_.empty()) return posted.status();
    }
  } else {
    CheckEach();
  }
  drafts_.clear();
  places_.clear();
  pending_postings_ = 0;
  return problems_.full() ? problems_.ToStatus() : absl::OkStatus();
}

absl::Status EntrySink::DropExisting() {
  if (!book_has_entries_ || drafts_.empty()) return absl::OkStatus();
  std::vector<std::string> request_ids;
  for (const EntryDraft& draft : drafts_) request_ids.push_back(draft.request_id);
  LUMBUNG_ASSIGN_OR_RETURN(const auto existing, poster_->FindExisting(request_ids));
  if (existing.empty()) return absl::OkStatus();
  absl::flat_hash_set<std::string> known;
  for (const posting::ExistingEntry& entry : existing) known.insert(entry.request_id);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    if (known.contains(drafts_[i].request_id)) continue;
    if (kept != i) {
      drafts_[kept] = std::move(drafts_[i]);
      places_[kept] = std::move(places_[i]);
    }
    ++kept;
  }
  report_.already_imported_count += static_cast<std::int64_t>(drafts_.size() - kept);
  drafts_.resize(kept);
  places_.resize(kept);
  return absl::OkStatus();
}

void EntrySink::CheckEach() {
  for (std::size_t i = 0; i < drafts_.size() && !problems_.full(); ++i) {
    const absl::Status status = ValidateEntry(poster_->book(), drafts_[i], permissions_).status();
    if (!status.ok()) problems_.Add(At(places_[i], status));
  }
}

absl::Status EntrySink::Count(const std::vector<PostedEntry>& posted) {
  for (const PostedEntry& entry : posted) {
    ++report_.entry_count;
    report_.posting_count += static_cast<std::int64_t>(entry.content.postings.size());
    for (const ValidPosting& posting : entry.content.postings) {
      LUMBUNG_RETURN_IF_ERROR(CountPosting(posting));
    }
  }
  return absl::OkStatus();
}

absl::Status EntrySink::CountPosting(const ValidPosting& posting) {
  Turnover& turnover = turnover_[{posting.account, posting.currency, posting.functional_currency}];
  const auto add = [](const Decimal& amount, Decimal* debit, Decimal* credit) -> absl::Status {
    Decimal* const side = amount.IsNegative() ? credit : debit;
    LUMBUNG_ASSIGN_OR_RETURN(*side, Add(*side, amount.Abs()));
    return absl::OkStatus();
  };
  LUMBUNG_RETURN_IF_ERROR(add(posting.amount, &turnover.debit, &turnover.credit));
  return add(posting.functional_amount, &turnover.functional_debit, &turnover.functional_credit);
}

ImportReport EntrySink::Report() const {
  ImportReport report = report_;
  report.digest = identities_.Digest();
  const BookSnapshot& book = poster_->book();
  for (const auto& [key, turnover] : turnover_) {
    const auto& [account, currency, functional_currency] = key;
    report.totals.push_back({book.FindAccount(account)->key, book.FindCurrency(currency)->code,
                             book.FindCurrency(functional_currency)->code, turnover.debit,
                             turnover.credit, turnover.functional_debit,
                             turnover.functional_credit});
  }
  std::sort(report.totals.begin(), report.totals.end(),
            [](const AccountTurnover& a, const AccountTurnover& b) {
              return std::tie(a.account, a.currency, a.functional_currency) <
                     std::tie(b.account, b.currency, b.functional_currency);
            });
  return report;
}

}  // namespace lumbung::transfer
