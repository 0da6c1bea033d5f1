#include "services/host/demo/journal.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/host/demo/foundation.h"

namespace lumbung::demo {
namespace {

constexpr absl::string_view kSource = "demo";

const char* CodeOf(Coin coin) {
  return coin == Coin::kRupiah ? "IDR" : "USD";
}

const char* PrefixOf(Voucher voucher) {
  switch (voucher) {
    case Voucher::kCashOut:
      return "BKK";
    case Voucher::kBankIn:
      return "BBM";
    case Voucher::kBankOut:
      return "BBK";
    case Voucher::kMemorial:
      return "BM";
  }
  return "";
}

const char* RomanMonth(Date date) {
  static constexpr const char* kMonths[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                            "VII", "VIII", "IX",  "X",  "XI", "XII"};
  return kMonths[date.month() - 1];
}

v1::Posting ToPosting(const Line& line, Date date) {
  v1::Posting posting;
  posting.set_account(line.account);
  posting.mutable_amount()->set_amount(absl::StrCat(line.amount));
  posting.mutable_amount()->set_currency(CodeOf(line.coin));
  // At the rate of the day the ledger finds the value by itself.
  if (line.coin != Coin::kRupiah && line.rupiah != line.amount * DollarRateOn(date)) {
    posting.mutable_functional_amount()->set_amount(absl::StrCat(line.rupiah));
    posting.mutable_functional_amount()->set_currency(CodeOf(Coin::kRupiah));
  }
  posting.set_fund(line.fund);
  posting.mutable_dimensions()->insert(line.dimensions.begin(), line.dimensions.end());
  posting.set_memo(line.memo);
  return posting;
}

}  // namespace

Line Line::In(absl::string_view fund_id) && {
  fund = std::string(fund_id);
  return std::move(*this);
}

Line Line::For(absl::string_view dimension, absl::string_view value) && {
  dimensions[std::string(dimension)] = std::string(value);
  return std::move(*this);
}

Line Line::Noting(absl::string_view text) && {
  memo = std::string(text);
  return std::move(*this);
}

Line DebitDollars(absl::string_view account, std::int64_t dollars, std::int64_t rupiah) {
  Line line;
  line.account = std::string(account);
  line.coin = Coin::kDollar;
  line.amount = dollars;
  line.rupiah = rupiah;
  return line;
}

Line CreditDollars(absl::string_view account, std::int64_t dollars, std::int64_t rupiah) {
  return DebitDollars(account, -dollars, -rupiah);
}

Line Debit(absl::string_view account, std::int64_t rupiah) {
  Line line = DebitDollars(account, rupiah, rupiah);
  line.coin = Coin::kRupiah;
  return line;
}

Line Credit(absl::string_view account, std::int64_t rupiah) {
  return Debit(account, -rupiah);
}

void Journal::Post(Voucher voucher, Date date, std::string description, std::vector<Line> lines) {
  Enter(voucher, date, std::move(description), std::move(lines), v1::ENTRY_KIND_STANDARD);
}

void Journal::PostAdjusting(Date date, std::string description, std::vector<Line> lines) {
  Enter(Voucher::kMemorial, date, std::move(description), std::move(lines),
        v1::ENTRY_KIND_ADJUSTING);
}

void Journal::PostOpening(Date date, std::string description, std::vector<Line> lines) {
  Enter(Voucher::kMemorial, date, std::move(description), std::move(lines), v1::ENTRY_KIND_OPENING);
}

void Journal::PostMistake(Voucher voucher, Date date, std::string description,
                          std::vector<Line> lines, Date reversal_date, std::string reason) {
  written_.push_back(
      Write(voucher, date, std::move(description), std::move(lines), v1::ENTRY_KIND_STANDARD));
  written_.back().reversal.emplace(reversal_date, std::move(reason));
}

Journal::Written Journal::Write(Voucher voucher, Date date, std::string description,
                                std::vector<Line> lines, v1::EntryKind kind) const {
  Written written;
  written.voucher = voucher;
  written.date = date;
  written.entry.set_effective_date(date.ToString());
  written.entry.set_kind(kind);
  written.entry.set_description(std::move(description));
  written.entry.set_source(std::string(kSource));
  for (const Line& line : lines) *written.entry.add_postings() = ToPosting(line, date);
  return written;
}

void Journal::Enter(Voucher voucher, Date date, std::string description, std::vector<Line> lines,
                    v1::EntryKind kind) {
  lines.erase(
      std::remove_if(lines.begin(), lines.end(), [](const Line& line) { return line.amount == 0; }),
      lines.end());
  if (lines.empty()) return;
  for (const Line& line : lines) {
    auto& [amount, rupiah] = balances_[{line.account, line.fund, line.coin}];
    amount += line.amount;
    rupiah += line.rupiah;
  }
  written_.push_back(Write(voucher, date, std::move(description), std::move(lines), kind));
}

std::int64_t Journal::Balance(absl::string_view account, Coin coin) const {
  std::int64_t balance = 0;
  for (const auto& [key, sums] : balances_) {
    if (std::get<0>(key) == account && std::get<2>(key) == coin) balance += sums.first;
  }
  return balance;
}

std::int64_t Journal::Balance(absl::string_view account, Coin coin, absl::string_view fund) const {
  const auto found = balances_.find({std::string(account), std::string(fund), coin});
  return found == balances_.end() ? 0 : found->second.first;
}

std::int64_t Journal::Value(absl::string_view account, absl::string_view fund) const {
  std::int64_t value = 0;
  for (const Coin coin : {Coin::kRupiah, Coin::kDollar}) {
    const auto found = balances_.find({std::string(account), std::string(fund), coin});
    if (found != balances_.end()) value += found->second.second;
  }
  return value;
}

void Journal::Assert(absl::string_view account, Coin coin, Date date, absl::string_view source) {
  v1::BalanceAssertion assertion;
  assertion.set_account(std::string(account));
  assertion.set_date(date.ToString());
  assertion.mutable_expected()->set_amount(absl::StrCat(Balance(account, coin)));
  assertion.mutable_expected()->set_currency(CodeOf(coin));
  assertion.set_source(std::string(source));
  assertions_.push_back(std::move(assertion));
}

DemoMonth Journal::TakeMonth(Date first) {
  std::stable_sort(written_.begin(), written_.end(),
                   [](const Written& a, const Written& b) { return a.date < b.date; });
  DemoMonth month;
  month.first = first;
  for (Written& written : written_) {
    written.entry.set_reference(NextReference(written.voucher, written.date));
    if (written.reversal.has_value()) {
      month.reversals.push_back(
          {month.entries.size(), written.reversal->first, written.reversal->second});
    }
    month.entries.push_back(std::move(written.entry));
  }
  month.assertions = std::move(assertions_);
  written_.clear();
  assertions_.clear();
  return month;
}

std::string Journal::NextReference(Voucher voucher, Date date) {
  return absl::StrFormat("%s.%04d/YLN/%s/%d", PrefixOf(voucher),
                         ++last_reference_[{voucher, date.year()}], RomanMonth(date), date.year());
}

}  // namespace lumbung::demo
