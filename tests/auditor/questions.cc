// The generator's questions.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/auditor/generator.h"

namespace lumbung::auditor {
namespace {

constexpr const char* kSources[] = {"manual", "kasir", "year-end close", "siapa"};
constexpr const char* kTexts[] = {"gaji",  "MANGROVE", "100%",           "_",         "kas_", "\\",
                                  "don't", "{a,b}",    "kwitansi bibit", "pembalikan"};
constexpr const char* kBounds[] = {"0", "0.5", "10", "999.99", "12345", "1e2", "-1"};

}  // namespace

Request Generator::Ask() {
  switch (random_.Below(11)) {
    case 0:
      return AskEntry();
    case 1:
    case 2:
    case 3:
      return AskJournal();
    case 4:
    case 5:
      return AskBalance();
    case 6:
    case 7:
      return AskTrialBalance();
    case 8:
    case 9:
      return AskRegister();
    default:
      v1::ListPeriodsRequest request;
      request.set_parent(book_->name);
      if (random_.OneIn(2)) request.set_year(random_.Between(2024, 2027));
      return request;
  }
}

std::string Generator::SomeAccount() {
  return random_.Pick(book_->accounts).first;
}

std::string Generator::SomeEntryName() {
  const int count = std::max(1, static_cast<int>(book_->entries.size()));
  const int beyond = random_.OneIn(25) ? 3 : 0;
  return absl::StrCat(book_->name, "/entries/", random_.Between(1 - beyond, count + beyond));
}

// By account, fund and dimensions, one of them unknown now and then.
template <typename Request>
void Generator::AddFilters(Request* request) {
  if (random_.OneIn(2)) request->set_account(SomeAccount());
  if (random_.OneIn(3)) request->set_fund(random_.Pick(book_->funds).first);
  for (const auto& [dimension, values] : book_->dimensions) {
    if (random_.OneIn(5)) (*request->mutable_dimensions())[dimension] = random_.Pick(values);
  }
  if (!random_.OneIn(20)) return;
  switch (random_.Below(4)) {
    case 0:
      return request->set_account("9.9");
    case 1:
      return request->set_fund("tidak-ada");
    case 2:
      (*request->mutable_dimensions())["cuaca"] = "hujan";
      return;
    default:
      (*request->mutable_dimensions())["mitra"] = "tidak-ada";
  }
}

// The moment of some entry, or just before it.
template <typename Request>
void Generator::AddKnownAt(Request* request) {
  if (!random_.OneIn(3) || book_->entries.empty()) return;
  google::protobuf::Timestamp moment = random_.Pick(book_->entries).shown.record_time();
  constexpr int kMicrosecond = 1'000;
  if (random_.OneIn(3) && moment.nanos() >= kMicrosecond) {
    moment.set_nanos(moment.nanos() - kMicrosecond);
  }
  *request->mutable_known_at() = moment;
}

Request Generator::AskEntry() {
  v1::GetJournalEntryRequest request;
  request.set_name(SomeEntryName());
  if (random_.OneIn(2) && !book_->entries.empty()) {
    request.set_name(
        absl::StrCat(book_->name, "/entries/", random_.Pick(book_->entries).shown.number()));
  }
  if (random_.OneIn(10)) request.set_name(absl::StrCat(book_->name, "/entries/XX-2025-000001"));
  return request;
}

Request Generator::AskJournal() {
  v1::ListJournalEntriesRequest request;
  request.set_parent(book_->name);
  request.set_page_size(random_.OneIn(3) ? 0 : random_.Between(1, 20));
  AddFilters(&request);
  if (random_.OneIn(3)) request.set_from_date(entries_.SomeDay());
  if (random_.OneIn(3)) request.set_to_date(entries_.SomeDay());
  if (random_.OneIn(25)) request.set_to_date("2026-02-30");
  if (random_.OneIn(4)) request.set_min_amount(random_.Pick(kBounds));
  if (random_.OneIn(4)) request.set_max_amount(random_.Pick(kBounds));
  if (random_.OneIn(4)) request.set_currency(random_.Pick(book_->currencies).first);
  if (random_.OneIn(30)) request.set_currency("EUR");
  if (random_.OneIn(4)) request.set_text(random_.Pick(kTexts));
  if (random_.OneIn(6)) request.set_source(random_.Pick(kSources));
  if (random_.OneIn(6)) request.set_kind(v1::EntryKind(random_.Between(1, 5)));
  if (random_.OneIn(15) && !book_->entries.empty()) {
    const std::string& id = random_.Pick(book_->entries).request_id;
    if (id != kNoClientsRequestId) request.set_request_id(id);
  }
  request.set_newest_first(random_.OneIn(2));
  return request;
}

Request Generator::AskBalance() {
  v1::GetBalanceRequest request;
  request.set_parent(book_->name);
  AddFilters(&request);
  if (request.account().empty()) request.set_account(SomeAccount());
  request.set_include_descendants(random_.OneIn(2));
  if (random_.OneIn(2)) request.set_as_of(entries_.SomeDay());
  if (random_.OneIn(25)) request.set_as_of("kemarin");
  AddKnownAt(&request);
  return request;
}

Request Generator::AskTrialBalance() {
  v1::ListBalancesRequest request;
  request.set_parent(book_->name);
  AddFilters(&request);
  if (random_.OneIn(2)) request.set_as_of(entries_.SomeDay());
  if (random_.OneIn(3)) request.set_from_date(entries_.SomeDay());
  AddKnownAt(&request);
  if (random_.OneIn(3)) request.set_depth(random_.Between(1, 3));
  if (random_.OneIn(25)) request.set_depth(-1);
  request.set_group_by_fund(random_.OneIn(3));
  for (const auto& [dimension, values] : book_->dimensions) {
    if (random_.OneIn(4)) request.add_group_by_dimensions(dimension);
  }
  if (random_.OneIn(25)) request.add_group_by_dimensions("cuaca");
  request.set_include_zero(random_.OneIn(4));
  request.set_exclude_closing(random_.OneIn(3));
  return request;
}

Request Generator::AskRegister() {
  v1::QueryPostingsRequest request;
  request.set_parent(book_->name);
  AddFilters(&request);
  if (request.account().empty()) request.set_account(SomeAccount());
  request.set_include_descendants(random_.OneIn(2));
  if (random_.OneIn(2)) request.set_from_date(entries_.SomeDay());
  if (random_.OneIn(2)) request.set_to_date(entries_.SomeDay());
  if (random_.OneIn(3)) request.set_currency(random_.Pick(book_->currencies).first);
  if (random_.OneIn(30)) request.set_currency("EUR");
  if (random_.OneIn(4)) request.set_limit(random_.Between(1, 10));
  if (random_.OneIn(40)) request.set_limit(-1);
  return request;
}

}  // namespace lumbung::auditor
