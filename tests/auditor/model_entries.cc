// How the model takes entries and reversals.
#include <algorithm>
#include <cstddef>
#include <utility>

#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "tests/auditor/model.h"
#include "tests/auditor/posting_rules.h"

namespace lumbung::auditor {
namespace {

using google::protobuf::util::MessageDifferencer;

void Negate(v1::Money* money) {
  std::string text = money->amount();
  if (ReadAmount(text)->units == 0) return;
  money->set_amount(text.front() == '-' ? text.substr(1) : "-" + text);
}

v1::JournalEntry MirrorOf(const v1::JournalEntry& original) {
  v1::JournalEntry mirror;
  mirror.set_kind(v1::ENTRY_KIND_REVERSAL);
  mirror.set_series("JB");
  mirror.set_reverses(original.name());
  mirror.set_reference(original.reference());
  mirror.set_source(original.source());
  *mirror.mutable_postings() = original.postings();
  for (v1::Posting& posting : *mirror.mutable_postings()) {
    Negate(posting.mutable_amount());
    Negate(posting.mutable_functional_amount());
  }
  return mirror;
}

// The day a reversal takes when none is asked for.
std::string FirstOpenDay(const Book& book, const std::string& from, bool adjuster) {
  std::string day = from;
  while (true) {
    const v1::PeriodState state = book.StateOf(MonthOf(day));
    if (state == v1::PERIOD_STATE_OPEN) return day;
    if (state == v1::PERIOD_STATE_SOFT_CLOSED && adjuster) return day;
    day = FirstDayOf(MonthAfter(MonthOf(day), 1));
  }
}

std::string DescriptionOf(const v1::ReverseJournalEntryRequest& request,
                          const v1::JournalEntry& original) {
  if (!request.description().empty()) return request.description();
  return absl::StrCat("Pembalikan (reversal of) ", original.number());
}

}  // namespace

bool Model::AssertionsHold() const {
  return std::all_of(book_.assertions.begin(), book_.assertions.end(),
                     [this](const v1::BalanceAssertion& assertion) {
                       const int scale = book_.ScaleOf(assertion.expected().currency());
                       return AmountText(book_.BalanceOf(assertion), scale) ==
                              assertion.expected().amount();
                     });
}

Answer<std::vector<v1::JournalEntry>> Model::PostAll(const std::vector<Draft>& drafts,
                                                     const std::string& next_request_id,
                                                     bool adjuster, bool validate_only) {
  Answer<std::vector<v1::JournalEntry>> answer;
  std::size_t repeated = 0;
  bool used = book_.FindRequest(next_request_id) != nullptr;
  for (const Draft& draft : drafts) {
    const Entry* first = book_.FindRequest(draft.request_id);
    if (first == nullptr) continue;
    used = true;
    if (!MessageDifferencer::Equals(first->asked, SameRequest(draft.asked))) continue;
    ++repeated;
    answer.message.push_back(first->shown);
  }
  if (used) {
    const bool same = repeated == drafts.size() && book_.FindRequest(next_request_id) == nullptr;
    if (!same) return {"REQUEST_ID_REUSED", {}};
    return answer;
  }

  std::vector<Entry> entries;
  for (const Draft& draft : drafts) {
    Ruling ruling = Judge(book_, draft.asked, draft.request_id, adjuster);
    if (!ruling.reason.empty()) return {ruling.reason, {}};
    Entry entry;
    entry.asked = SameRequest(draft.asked);
    entry.shown = entry.asked;
    entry.lines = std::move(ruling.lines);
    entry.request_id = draft.request_id;
    entries.push_back(std::move(entry));
  }
  for (Entry& entry : entries) answer.message.push_back(book_.Append(std::move(entry)).shown);
  const bool holds = AssertionsHold();
  if (!holds || validate_only) {
    for (std::size_t i = 0; i < drafts.size(); ++i) book_.RemoveLast();
  }
  if (!holds) return {"ASSERTION_FAILED", {}};
  return answer;
}

Answer<v1::JournalEntry> Model::Expect(const v1::CreateJournalEntryRequest& request,
                                       bool adjuster) {
  if (request.parent() != book_.name) return {"BOOK_NOT_FOUND", {}};
  const std::string fault = FaultOfForm(request.journal_entry());
  if (!fault.empty()) return {fault, {}};
  const auto posted = PostAll({{request.journal_entry(), request.request_id()}}, "", adjuster,
                              request.validate_only());
  if (posted.refused()) return {posted.reason, {}};
  return {"", posted.message.front()};
}

Answer<v1::BatchCreateJournalEntriesResponse> Model::Expect(
    const v1::BatchCreateJournalEntriesRequest& request, bool adjuster) {
  if (request.parent() != book_.name) return {"BOOK_NOT_FOUND", {}};
  std::vector<Draft> drafts;
  for (const v1::JournalEntry& entry : request.journal_entries()) {
    const std::string fault = FaultOfForm(entry);
    if (!fault.empty()) return {fault, {}};
    drafts.push_back({entry, absl::StrCat(request.request_id(), "#", drafts.size())});
  }
  if (drafts.empty()) return {"BATCH_EMPTY", {}};
  if (request.request_id().empty()) return {"INVALID_REQUEST_ID", {}};
  const auto posted = PostAll(drafts, absl::StrCat(request.request_id(), "#", drafts.size()),
                              adjuster, request.validate_only());
  if (posted.refused()) return {posted.reason, {}};
  Answer<v1::BatchCreateJournalEntriesResponse> answer;
  for (const v1::JournalEntry& entry : posted.message) {
    *answer.message.add_journal_entries() = entry;
  }
  return answer;
}

Answer<v1::StreamJournalEntriesResponse> Model::Expect(const StreamCall& call, bool adjuster) {
  Answer<v1::StreamJournalEntriesResponse> answer;
  for (const v1::StreamJournalEntriesRequest& request : call.requests) {
    auto* result = answer.message.add_results();
    result->set_request_id(request.request_id());
    Answer<std::vector<v1::JournalEntry>> posted;
    posted.reason = FaultOfForm(request.journal_entry());
    if (!posted.refused()) {
      posted = PostAll({{request.journal_entry(), request.request_id()}}, "", adjuster, false);
    }
    if (posted.refused()) {
      result->set_reason(posted.reason);
      answer.message.set_refused_count(answer.message.refused_count() + 1);
      continue;
    }
    result->set_name(posted.message.front().name());
    result->set_number(posted.message.front().number());
    result->set_sequence(posted.message.front().sequence());
    answer.message.set_posted_count(answer.message.posted_count() + 1);
  }
  return answer;
}

Answer<v1::JournalEntry> Model::Expect(const v1::ReverseJournalEntryRequest& request,
                                       bool adjuster) {
  const Entry* original = book_.FindEntry(request.name());
  if (original == nullptr) return {"ENTRY_NOT_FOUND", {}};
  if (const Entry* reversal = book_.FindEntry(original->shown.reversed_by())) {
    if (reversal->request_id != request.request_id()) return {"ALREADY_REVERSED", {}};
    // Without a date the choice was ours, and still is.
    const bool same = reversal->shown.description() == DescriptionOf(request, original->shown) &&
                      (request.effective_date().empty() ||
                       request.effective_date() == reversal->shown.effective_date());
    if (!same) return {"REQUEST_ID_REUSED", {}};
    return {"", reversal->shown};
  }
  if (original->shown.kind() == v1::ENTRY_KIND_REVERSAL) return {"REVERSAL_OF_REVERSAL", {}};
  if (!request.effective_date().empty() && !IsDate(request.effective_date())) {
    return {"INVALID_DATE", {}};
  }
  v1::JournalEntry mirror = MirrorOf(original->shown);
  mirror.set_effective_date(request.effective_date().empty()
                                ? FirstOpenDay(book_, original->shown.effective_date(), adjuster)
                                : request.effective_date());
  mirror.set_description(DescriptionOf(request, original->shown));
  const auto posted =
      PostAll({{mirror, request.request_id()}}, "", adjuster, request.validate_only());
  if (posted.refused()) return {posted.reason, {}};
  return {"", posted.message.front()};
}

void Model::Witness(const v1::JournalEntry& shown) {
  // A rehearsed entry is not in the book.
  if (book_.FindEntry(shown.name()) == nullptr) return;
  v1::JournalEntry& ours = book_.entries[static_cast<std::size_t>(shown.sequence()) - 1].shown;
  if (!ours.has_record_time()) *ours.mutable_record_time() = shown.record_time();
  if (ours.leaf_hash().empty()) ours.set_leaf_hash(shown.leaf_hash());
}

void Model::Witness(const v1::BatchCreateJournalEntriesResponse& response) {
  for (const v1::JournalEntry& entry : response.journal_entries()) Witness(entry);
}

}  // namespace lumbung::auditor
