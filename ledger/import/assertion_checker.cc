#include "ledger/import/assertion_checker.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

constexpr Date kFirstDay = Date::FromDays(-25'567);  // 1900-01-01: no date stands before it.
constexpr std::int64_t kStartOfDay = -1;
constexpr std::int64_t kEndOfDay = std::numeric_limits<std::int64_t>::max();

bool IsWithin(absl::string_view account, absl::string_view root) {
  return account == root || (absl::StartsWith(account, root) && account[root.size()] == ':');
}

}  // namespace

void AssertionChecker::AddTransaction(const ParsedTransaction& transaction) {
  if (plan_->assertion_count == 0) return;
  for (const ParsedPosting& posting : transaction.postings) {
    const std::int64_t order = next_order_++;
    if (const auto account = NumberOf(posting.account)) {
      changes_.push_back({transaction.date, *account,
                          CurrencyNumberOf(names_->CodeOf(posting.amount.commodity)), order,
                          posting.amount.quantity});
    }
    if (posting.assertion.has_value()) {
      pending_.push_back({transaction.date, order, *posting.assertion});
    }
  }
}

void AssertionChecker::AddAssertion(const ParsedAssertion& assertion) {
  pending_.push_back(
      {assertion.date, assertion.at_start_of_day ? kStartOfDay : next_order_++, assertion});
}

absl::StatusOr<AssertionReport> AssertionChecker::Check() {
  const auto by_time = [](const auto& a, const auto& b) {
    return std::tie(a.date, a.order) < std::tie(b.date, b.order);
  };
  std::sort(changes_.begin(), changes_.end(), by_time);
  std::stable_sort(pending_.begin(), pending_.end(), by_time);
  AssertionReport report;
  for (const Pending& pending : pending_) {
    if (!held_today_.empty() && held_today_.front()->date != pending.date) {
      LUMBUNG_RETURN_IF_ERROR(EndDay(&report));
    }
    LUMBUNG_RETURN_IF_ERROR(AdvanceTo(pending.date, pending.order));
    LUMBUNG_RETURN_IF_ERROR(CheckOne(pending, &report));
  }
  LUMBUNG_RETURN_IF_ERROR(EndDay(&report));
  return report;
}

absl::Status AssertionChecker::CheckOne(const Pending& pending, AssertionReport* report) {
  const ParsedAssertion& assertion = pending.assertion;
  ++report->checked;
  LUMBUNG_ASSIGN_OR_RETURN(const Found found, Find(assertion));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal off,
                           Subtract(found.balance, assertion.expected.quantity));
  const bool is_off = off.Abs() > assertion.tolerance;
  if (is_off || (assertion.sole_commodity && !found.others_are_zero)) {
    ++report->failure_count;
    if (report->failures.size() < kMaxExamples) {
      report->failures.push_back(
          absl::StrCat(assertion.place.ToString(), ": ", assertion.account, ": expected ",
                       assertion.expected.quantity.ToString(), " ", assertion.expected.commodity,
                       ", found ", found.balance.ToString(),
                       is_off ? "" : " and other commodities besides"));
    }
  } else if (pending.order != kStartOfDay) {
    held_today_.push_back(&pending);
  } else if (off.IsZero() && pending.date > kFirstDay) {
    Keep(pending, pending.date.AddDays(-1), report);
  }
  return absl::OkStatus();
}

absl::Status AssertionChecker::EndDay(AssertionReport* report) {
  for (const Pending* pending : held_today_) {
    LUMBUNG_RETURN_IF_ERROR(AdvanceTo(pending->date, kEndOfDay));
    LUMBUNG_ASSIGN_OR_RETURN(const Found found, Find(pending->assertion));
    if (found.balance == pending->assertion.expected.quantity) {
      Keep(*pending, pending->date, report);
    }
  }
  held_today_.clear();
  return absl::OkStatus();
}

void AssertionChecker::Keep(const Pending& pending, Date day, AssertionReport* report) const {
  const ParsedAssertion& assertion = pending.assertion;
  report->day_end.push_back({assertion.account, assertion.include_descendants,
                             names_->CodeOf(assertion.expected.commodity), day,
                             assertion.expected.quantity, assertion.place});
}

absl::Status AssertionChecker::AdvanceTo(Date date, std::int64_t order) {
  for (; next_change_ < changes_.size(); ++next_change_) {
    const Change& change = changes_[next_change_];
    if (std::tie(change.date, change.order) > std::tie(date, order)) break;
    Decimal& balance = balances_[account_names_[change.account]][change.currency];
    LUMBUNG_ASSIGN_OR_RETURN(balance, Add(balance, change.amount));
  }
  return absl::OkStatus();
}

absl::StatusOr<AssertionChecker::Found> AssertionChecker::Find(const ParsedAssertion& assertion) {
  const std::uint32_t currency = CurrencyNumberOf(names_->CodeOf(assertion.expected.commodity));
  Found found;
  std::map<std::uint32_t, Decimal> others;
  for (auto account = balances_.lower_bound(assertion.account);
       account != balances_.end() && absl::StartsWith(account->first, assertion.account);
       ++account) {
    const bool counts = assertion.include_descendants ? IsWithin(account->first, assertion.account)
                                                      : account->first == assertion.account;
    if (!counts) continue;
    for (const auto& [number, balance] : account->second) {
      Decimal& sum = number == currency ? found.balance : others[number];
      LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, balance));
    }
    if (!assertion.include_descendants) break;
  }
  found.others_are_zero = std::all_of(others.begin(), others.end(),
                                      [](const auto& other) { return other.second.IsZero(); });
  return found;
}

bool AssertionChecker::IsAsserted(absl::string_view account) const {
  if (plan_->asserted_accounts.count(std::string(account)) > 0) return true;
  for (std::size_t end = account.size(); end != absl::string_view::npos;
       end = account.substr(0, end).rfind(':')) {
    if (plan_->asserted_subtrees.count(std::string(account.substr(0, end))) > 0) return true;
  }
  return false;
}

std::optional<std::uint32_t> AssertionChecker::NumberOf(const std::string& account) {
  const auto [known, is_new] = account_numbers_.try_emplace(account);
  if (is_new && IsAsserted(account)) {
    known->second = static_cast<std::uint32_t>(account_names_.size());
    account_names_.push_back(account);
  }
  return known->second;
}

std::uint32_t AssertionChecker::CurrencyNumberOf(const std::string& code) {
  return currency_numbers_
      .try_emplace(code, static_cast<std::uint32_t>(currency_numbers_.size()))
      .first->second;
}

}  // namespace lumbung::import
