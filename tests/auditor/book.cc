#include "tests/auditor/book.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace lumbung::auditor {
namespace {

ExactInteger DebitPart(const ExactInteger& amount) {
  return amount > 0 ? amount : ExactInteger(0);
}

ExactInteger CreditPart(const ExactInteger& amount) {
  return amount < 0 ? ExactInteger(-amount) : ExactInteger(0);
}

}  // namespace

void Turnover::Add(const Line& line) {
  debit += DebitPart(line.amount);
  credit += CreditPart(line.amount);
  functional_debit += DebitPart(line.functional_amount);
  functional_credit += CreditPart(line.functional_amount);
}

bool Turnover::IsZero() const {
  return debit == 0 && credit == 0 && functional_debit == 0 && functional_credit == 0;
}

const Account* Book::FindAccount(const std::string& id) const {
  const auto found = accounts.find(id);
  return found == accounts.end() ? nullptr : &found->second;
}

std::set<std::string> Book::Subtree(const std::string& root) const {
  std::set<std::string> members;
  for (const auto& [id, account] : accounts) {
    for (std::string at = id; !at.empty(); at = accounts.at(at).parent) {
      if (at == root) members.insert(id);
    }
  }
  return members;
}

std::string Book::AncestorAt(const std::string& account, int depth) const {
  std::vector<std::string> path;  // From the account up.
  for (std::string at = account; !at.empty(); at = accounts.at(at).parent) path.push_back(at);
  const auto own_depth = static_cast<int>(path.size());
  return path[static_cast<std::size_t>(std::max(0, own_depth - depth))];
}

const Rate* Book::FindRate(const std::string& currency, const std::string& date) const {
  const Rate* newest = nullptr;
  for (const Rate& rate : rates) {
    if (rate.currency != currency || rate.date > date) continue;
    if (newest == nullptr || rate.date >= newest->date) newest = &rate;
  }
  return newest;
}

v1::PeriodState Book::StateOf(const std::string& month) const {
  if (month <= hard_closed_through) return v1::PERIOD_STATE_HARD_CLOSED;
  const auto found = periods.find(month);
  return found == periods.end() ? v1::PERIOD_STATE_OPEN : found->second.state;
}

v1::Period Book::ShowPeriod(const std::string& month) const {
  v1::Period out;
  const auto found = periods.find(month);
  if (found != periods.end() && found->second.was_closed) out = found->second.shown;
  out.set_name(absl::StrCat(name, "/periods/", month));
  out.set_start_date(FirstDayOf(month));
  out.set_end_date(LastDayOf(month));
  out.set_state(StateOf(month));
  out.set_entry_count(std::count_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return MonthOf(entry.shown.effective_date()) == month;
  }));
  return out;
}

const Entry* Book::FindRequest(const std::string& request_id) const {
  if (request_id.empty()) return nullptr;
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return entry.request_id == request_id;
  });
  return found == entries.end() ? nullptr : &*found;
}

const Entry* Book::FindEntry(const std::string& entry_name) const {
  absl::string_view id = entry_name;
  std::size_t sequence = 0;
  if (!absl::ConsumePrefix(&id, name + "/entries/") || !absl::SimpleAtoi(id, &sequence) ||
      sequence < 1 || sequence > entries.size()) {
    return nullptr;
  }
  return &entries[sequence - 1];
}

const Entry& Book::Append(Entry entry) {
  v1::JournalEntry& shown = entry.shown;
  const int fiscal_year = FiscalYearOf(shown.effective_date(), fiscal_year_start_month);
  if (shown.series().empty()) shown.set_series("JU");
  shown.set_sequence(static_cast<std::int64_t>(entries.size()) + 1);
  shown.set_name(absl::StrCat(name, "/entries/", shown.sequence()));
  shown.set_number(absl::StrFormat("%s-%04d-%06d", shown.series(), fiscal_year,
                                   ++last_numbers[{shown.series(), fiscal_year}]));
  shown.clear_postings();
  for (const Line& line : entry.lines) *shown.add_postings() = ShowLine(line);
  if (const Entry* original = FindEntry(shown.reverses())) {
    const auto at = static_cast<std::size_t>(original->shown.sequence()) - 1;
    entries[at].shown.set_reversed_by(shown.name());
  }
  entries.push_back(std::move(entry));
  return entries.back();
}

void Book::RemoveLast() {
  const v1::JournalEntry& shown = entries.back().shown;
  --last_numbers[{shown.series(), FiscalYearOf(shown.effective_date(), fiscal_year_start_month)}];
  if (const Entry* original = FindEntry(shown.reverses())) {
    entries[static_cast<std::size_t>(original->shown.sequence()) - 1].shown.clear_reversed_by();
  }
  entries.pop_back();
}

Rows Book::Sum(const Counting& counts) const {
  Rows rows;
  for (const Entry& entry : entries) {
    for (const Line& line : entry.lines) {
      const std::optional<RowKey> key = counts(entry.shown, line);
      if (key.has_value()) rows[*key].Add(line);
    }
  }
  return rows;
}

ExactInteger Book::BalanceOf(const v1::BalanceAssertion& asked) const {
  std::set<std::string> members = {asked.account()};
  if (asked.include_descendants()) members = Subtree(asked.account());
  ExactInteger balance;
  for (const Entry& entry : entries) {
    if (entry.shown.effective_date() > asked.date()) continue;
    for (const Line& line : entry.lines) {
      const bool in_fund = asked.fund().empty() || line.fund == asked.fund();
      if (in_fund && members.count(line.account) > 0 &&
          line.currency == asked.expected().currency()) {
        balance += line.amount;
      }
    }
  }
  return balance;
}

v1::Posting Book::ShowLine(const Line& line) const {
  v1::Posting out;
  out.set_account(line.account);
  out.mutable_amount()->set_amount(AmountText(line.amount, ScaleOf(line.currency)));
  out.mutable_amount()->set_currency(line.currency);
  out.mutable_functional_amount()->set_amount(
      AmountText(line.functional_amount, ScaleOf(line.functional_currency)));
  out.mutable_functional_amount()->set_currency(line.functional_currency);
  out.set_fund(line.fund);
  for (const auto& [dimension, value] : line.dimensions) {
    (*out.mutable_dimensions())[dimension] = value;
  }
  out.set_memo(line.memo);
  return out;
}

v1::AccountBalance Book::ShowRow(const RowKey& key, const Turnover& turnover) const {
  v1::AccountBalance out;
  out.set_account(key.account);
  out.set_fund(key.fund);
  for (const auto& [dimension, value] : key.dimensions) {
    (*out.mutable_dimensions())[dimension] = value;
  }
  // Totals have no currency of their own.
  if (!key.currency.empty()) {
    const int scale = ScaleOf(key.currency);
    out.set_currency(key.currency);
    out.set_debit(AmountText(turnover.debit, scale));
    out.set_credit(AmountText(turnover.credit, scale));
    out.set_balance(AmountText(turnover.debit - turnover.credit, scale));
  }
  const int scale = ScaleOf(key.functional_currency);
  out.set_functional_currency(key.functional_currency);
  out.set_functional_debit(AmountText(turnover.functional_debit, scale));
  out.set_functional_credit(AmountText(turnover.functional_credit, scale));
  out.set_functional_balance(
      AmountText(turnover.functional_debit - turnover.functional_credit, scale));
  return out;
}

}  // namespace lumbung::auditor
