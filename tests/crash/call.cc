#include "tests/crash/call.h"

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace lumbung::crash {
namespace {

void FillEntry(const Entry& entry, v1::JournalEntry* proto) {
  proto->set_description(entry.description);
  proto->set_effective_date(entry.date);
  for (const Line& line : entry.lines) {
    v1::Posting* const posting = proto->add_postings();
    posting->set_account(line.account);
    posting->mutable_amount()->set_amount(absl::StrCat(line.amount));
    posting->mutable_amount()->set_currency("IDR");
  }
}

}  // namespace

v1::CreateJournalEntryRequest SingleRequest(const Call& call) {
  v1::CreateJournalEntryRequest request;
  request.set_parent(call.book);
  request.set_request_id(call.request_id);
  FillEntry(call.entries.front(), request.mutable_journal_entry());
  return request;
}

v1::BatchCreateJournalEntriesRequest BatchRequest(const Call& call) {
  v1::BatchCreateJournalEntriesRequest request;
  request.set_parent(call.book);
  request.set_request_id(call.request_id);
  for (const Entry& entry : call.entries) FillEntry(entry, request.add_journal_entries());
  return request;
}

v1::ReverseJournalEntryRequest ReversalRequest(const Call& call) {
  v1::ReverseJournalEntryRequest request;
  request.set_name(call.reverses);
  request.set_request_id(call.request_id);
  request.set_effective_date(call.entries.front().date);
  request.set_description(call.entries.front().description);
  return request;
}

BookedEntry FromProto(const v1::JournalEntry& entry) {
  BookedEntry booked;
  booked.sequence = entry.sequence();
  booked.number = entry.number();
  booked.leaf_hash = entry.leaf_hash();
  booked.recorded_at = absl::FromUnixSeconds(entry.record_time().seconds()) +
                       absl::Nanoseconds(entry.record_time().nanos());
  booked.content.description = entry.description();
  booked.content.date = entry.effective_date();
  for (const v1::Posting& posting : entry.postings()) {
    booked.content.lines.push_back({posting.account(), WholeAmount(posting.amount().amount())});
  }
  return booked;
}

std::int64_t WholeAmount(const std::string& text) {
  const absl::string_view whole = absl::string_view(text).substr(0, text.find('.'));
  const bool has_cents = text.find_first_of("123456789", whole.size()) != std::string::npos;
  std::int64_t amount = 0;
  if (has_cents || !absl::SimpleAtoi(whole, &amount)) std::abort();
  return amount;
}

}  // namespace lumbung::crash
