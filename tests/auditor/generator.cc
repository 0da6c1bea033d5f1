#include "tests/auditor/generator.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/auditor/chart.h"

namespace lumbung::auditor {
namespace {

constexpr const char* kNoRequestIds[] = {"", "dua kata", "café", "\x7f"};
constexpr const char* kNoMonths[] = {"2026-13", "2026-1", "tahun", "2026-03-01"};
constexpr const char* kNoRates[] = {"0", "-15000", "mahal", "1e4"};

// The changes that a batch or a single entry may be altered by.
struct Altering {
  EntryGenerator& entries;
  RandomSource& random;

  void operator()(v1::CreateJournalEntryRequest& request) const {
    entries.Alter(request.mutable_journal_entry());
  }
  void operator()(v1::BatchCreateJournalEntriesRequest& request) const {
    if (request.journal_entries().empty() || random.OneIn(4)) {
      *request.add_journal_entries() = entries.NextEntry();
    } else if (random.OneIn(2)) {
      request.mutable_journal_entries()->RemoveLast();
    } else {
      entries.Alter(request.mutable_journal_entries(0));
    }
  }
  void operator()(v1::ReverseJournalEntryRequest& request) const {
    if (random.OneIn(2)) {
      request.set_description(request.description() + "!");
    } else {
      request.set_effective_date(entries.SomeDay());
    }
  }
  void operator()(v1::ClosePeriodRequest& request) const { request.set_hard(!request.hard()); }
  void operator()(v1::CreateExchangeRateRequest& request) const {
    request.mutable_rate()->set_source("lain");
  }
  template <typename Other>
  void operator()(Other& /*request*/) const {}
};

struct Respelling {
  EntryGenerator& entries;

  void operator()(v1::CreateJournalEntryRequest& request) const {
    entries.Respell(request.mutable_journal_entry());
  }
  template <typename Other>
  void operator()(Other& /*request*/) const {}
};

}  // namespace

Command Generator::Next() {
  Command command;
  command.request = NextRequest();
  command.adjuster = random_.OneIn(12);
  return command;
}

Request Generator::NextRequest() {
  struct Choice {
    int weight;
    Request (Generator::*make)();
    bool changes;
  };
  static constexpr Choice kChoices[] = {
      {40, &Generator::Post, true},     {9, &Generator::Batch, true},
      {4, &Generator::Stream, true},    {10, &Generator::Reverse, true},
      {12, &Generator::Again, false},   {8, &Generator::ChangePeriod, true},
      {2, &Generator::CloseYear, true}, {2, &Generator::AssertBalance, true},
      {3, &Generator::AddRate, true},   {2, &Generator::OpenOrClosePart, true},
      {28, &Generator::Ask, false},
  };
  if (random_.OneIn(100)) {
    return random_.OneIn(3) ? Housekeeping::kRestart : Housekeeping::kFoldTurnover;
  }
  int total = 0;
  for (const Choice& choice : kChoices) total += choice.weight;
  int ticket = random_.Below(total);
  const Choice* choice = kChoices;
  for (; ticket >= choice->weight; ++choice) ticket -= choice->weight;
  Request request = (this->*choice->make)();
  if (choice->changes) sent_.push_back(request);
  return request;
}

std::string Generator::NewRequestId() {
  if (random_.OneIn(60)) return random_.Pick(kNoRequestIds);
  if (random_.OneIn(60)) return std::string(129, 'r');
  return absl::StrCat("permintaan-", ++last_request_id_);
}

std::string Generator::OptionalRequestId() {
  // Changes other than postings share their request ids with the organization's other books.
  return random_.OneIn(3) ? absl::StrCat(book_->name, "/ubah-", ++last_request_id_) : "";
}

v1::JournalEntry Generator::SomeEntry() {
  v1::JournalEntry entry = entries_.NextEntry();
  if (random_.OneIn(4)) entries_.Spoil(&entry);
  if (random_.OneIn(16)) entries_.Spoil(&entry);
  return entry;
}

Request Generator::Post() {
  v1::CreateJournalEntryRequest request;
  request.set_parent(random_.OneIn(100) ? "books/tidak-ada" : book_->name);
  *request.mutable_journal_entry() = SomeEntry();
  request.set_request_id(NewRequestId());
  request.set_validate_only(random_.OneIn(20));
  return request;
}

Request Generator::Batch() {
  v1::BatchCreateJournalEntriesRequest request;
  request.set_parent(book_->name);
  for (int n = random_.Below(6); n > 0; --n) {
    v1::JournalEntry* entry = request.add_journal_entries();
    *entry = entries_.NextEntry();
    if (random_.OneIn(10)) entries_.Spoil(entry);
  }
  if (!random_.OneIn(30)) request.set_request_id(absl::StrCat("kumpulan-", ++last_request_id_));
  request.set_validate_only(random_.OneIn(10));
  return request;
}

Request Generator::Stream() {
  StreamCall call;
  for (int n = random_.Below(8); n > 0; --n) {
    v1::StreamJournalEntriesRequest& request = call.requests.emplace_back();
    // Required in the first message, ignored afterwards.
    if (call.requests.size() == 1) request.set_parent(book_->name);
    *request.mutable_journal_entry() = SomeEntry();
    request.set_request_id(NewRequestId());
    if (call.requests.size() > 1 && random_.OneIn(6)) request = call.requests.front();
  }
  return call;
}

Request Generator::Reverse() {
  v1::ReverseJournalEntryRequest request;
  request.set_name(SomeEntryName());
  if (random_.OneIn(3)) request.set_effective_date(entries_.SomeDay());
  if (random_.OneIn(40)) request.set_effective_date("2026-02-30");
  if (random_.OneIn(3)) request.set_description(entries_.SomeText());
  request.set_request_id(NewRequestId());
  request.set_validate_only(random_.OneIn(12));
  return request;
}

Request Generator::Again() {
  if (sent_.empty()) return Post();
  Request request = random_.Pick(sent_);
  if (random_.OneIn(3)) {
    std::visit(Altering{entries_, random_}, request);
  } else if (random_.OneIn(3)) {
    std::visit(Respelling{entries_}, request);
  }
  return request;
}

Request Generator::ChangePeriod() {
  std::string month = entries_.SomeMonth();
  const std::string name = absl::StrCat(book_->name, "/periods/");
  if (random_.OneIn(2)) {
    v1::ReopenPeriodRequest request;
    // Preferably one that is closed.
    for (const auto& [closed, period] : book_->periods) {
      if (period.state == v1::PERIOD_STATE_SOFT_CLOSED && random_.OneIn(2)) month = closed;
    }
    request.set_name(name + (random_.OneIn(25) ? random_.Pick(kNoMonths) : month));
    request.set_request_id(OptionalRequestId());
    request.set_validate_only(random_.OneIn(15));
    return request;
  }
  v1::ClosePeriodRequest request;
  request.set_hard(random_.OneIn(5));
  if (request.hard() && !book_->hard_closed_through.empty() && random_.OneIn(2)) {
    month = MonthAfter(book_->hard_closed_through, 1);
  }
  request.set_name(name + (random_.OneIn(25) ? random_.Pick(kNoMonths) : month));
  request.set_request_id(OptionalRequestId());
  request.set_validate_only(random_.OneIn(15));
  return request;
}

Request Generator::CloseYear() {
  v1::CloseFiscalYearRequest request;
  request.set_parent(book_->name);
  request.set_fiscal_year(FiscalYearOf(entries_.SomeDay(), book_->fiscal_year_start_month));
  if (random_.OneIn(20)) request.set_fiscal_year(random_.OneIn(2) ? 0 : 9'999);
  request.set_unrestricted_account(kUnrestrictedNetAssets);
  request.set_restricted_account(kRestrictedNetAssets);
  request.set_request_id(OptionalRequestId());
  request.set_validate_only(random_.OneIn(10));
  return request;
}

Request Generator::AssertBalance() {
  v1::CreateBalanceAssertionRequest request;
  request.set_parent(book_->name);
  v1::BalanceAssertion* assertion = request.mutable_assertion();
  assertion->set_account(random_.OneIn(15) ? "9.9" : SomeAccount());
  assertion->set_include_descendants(random_.OneIn(2));
  assertion->set_date(random_.OneIn(15) ? "besok" : entries_.SomeDay());
  assertion->mutable_expected()->set_currency(random_.Pick(book_->currencies).first);
  if (random_.OneIn(3)) assertion->set_fund(random_.Pick(book_->funds).first);
  // Mostly true; where the account is unknown or the day is none, anything.
  const std::string& currency = assertion->expected().currency();
  assertion->mutable_expected()->set_amount(
      random_.OneIn(4) ? entries_.SomeAmount("USD")
                       : AmountText(book_->BalanceOf(*assertion), book_->ScaleOf(currency)));
  request.set_request_id(OptionalRequestId());
  request.set_validate_only(random_.OneIn(8));
  return request;
}

Request Generator::AddRate() {
  v1::CreateExchangeRateRequest request;
  request.set_parent(book_->name);
  v1::ExchangeRate* rate = request.mutable_rate();
  rate->set_base(random_.OneIn(15) ? "EUR" : random_.OneIn(2) ? "USD" : "JPY");
  rate->set_quote(book_->functional_currency);
  rate->set_date(random_.OneIn(20) ? "2026-06-31" : entries_.SomeDay());
  rate->set_rate(absl::StrCat(random_.Between(90, 17'000), ".", random_.Below(1'000), 7));
  if (random_.OneIn(15)) rate->set_rate(random_.Pick(kNoRates));
  rate->set_source("BI-JISDOR");
  request.set_request_id(OptionalRequestId());
  request.set_validate_only(random_.OneIn(10));
  return request;
}

Request Generator::OpenOrClosePart() {
  const bool closed = random_.OneIn(3);
  if (random_.OneIn(2)) {
    v1::UpdateFundRequest request;
    const char* const fund = random_.OneIn(5) ? "umum" : random_.OneIn(3) ? "tidak-ada" : "usaha";
    request.mutable_fund()->set_name(absl::StrCat(book_->name, "/funds/", fund));
    request.mutable_fund()->set_closed(closed);
    request.add_update_paths("closed");
    request.set_request_id(OptionalRequestId());
    return request;
  }
  v1::UpdateAccountRequest request;
  const char* const account = random_.OneIn(6) ? "9.9" : random_.OneIn(2) ? "1.1.3" : "2.1";
  request.mutable_account()->set_name(absl::StrCat(book_->name, "/accounts/", account));
  request.mutable_account()->set_closed(closed);
  request.add_update_paths("closed");
  request.set_request_id(OptionalRequestId());
  request.set_validate_only(random_.OneIn(8));
  return request;
}

}  // namespace lumbung::auditor
