#include "ledger/import/assertion_checker.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

constexpr std::int64_t kStartOfDay = -1;

bool IsWithin(absl::string_view account, absl::string_view root) {
  return account == root || (absl::StartsWith(account, root) && account.size() > root.size() &&
                             account[root.size()] == ':');
}

}  // namespace

bool AssertionChecker::IsAsserted(const std::string& account) const {
  if (plan_->asserted_accounts.count(account) > 0) return true;
  return std::any_of(plan_->asserted_subtrees.begin(), plan_->asserted_subtrees.end(),
                     [&](const std::string& root) { return IsWithin(account, root); });
}

std::uint32_t AssertionChecker::Intern(std::vector<std::string>* names,
                                       std::map<std::string, std::uint32_t>* ids,
                                       const std::string& name) {
  const auto [found, is_new] = ids->emplace(name, static_cast<std::uint32_t>(names->size()));
  if (is_new) names->push_back(name);
  return found->second;
}

void AssertionChecker::AddTransaction(const ParsedTransaction& transaction) {
  if (plan_->assertion_count == 0) return;
  for (const ParsedPosting& posting : transaction.postings) {
    const std::int64_t order = next_order_++;
    if (IsAsserted(posting.account)) {
      changes_.push_back({transaction.date, order,
                          Intern(&account_names_, &account_ids_, posting.account),
                          Intern(&currency_names_, &currency_ids_,
                                 names_->CodeOf(posting.amount.commodity)),
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

absl::StatusOr<Decimal> AssertionChecker::BalanceOf(const Balances& balances,
                                                    const ParsedAssertion& assertion,
                                                    bool* others_are_zero) const {
  const std::string code = names_->CodeOf(assertion.expected.commodity);
  Decimal total;
  std::map<std::uint32_t, Decimal> others;
  for (const auto& [key, amount] : balances) {
    const std::string& account = account_names_[key.first];
    const bool counts = assertion.include_descendants ? IsWithin(account, assertion.account)
                                                      : account == assertion.account;
    if (!counts) continue;
    Decimal& sum = currency_names_[key.second] == code ? total : others[key.second];
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, amount));
  }
  *others_are_zero = std::all_of(others.begin(), others.end(),
                                 [](const auto& other) { return other.second.IsZero(); });
  return total;
}

absl::StatusOr<AssertionReport> AssertionChecker::Check() {
  const auto by_time = [](const auto& a, const auto& b) {
    return std::tie(a.date, a.order) < std::tie(b.date, b.order);
  };
  std::stable_sort(changes_.begin(), changes_.end(), by_time);
  std::stable_sort(pending_.begin(), pending_.end(), by_time);
  AssertionReport report;
  Balances balances;
  auto next = changes_.begin();
  for (auto pending = pending_.begin(); pending != pending_.end(); ++pending) {
    while (next != changes_.end() &&
           std::tie(next->date, next->order) <= std::tie(pending->date, pending->order)) {
      Decimal& balance = balances[{next->account, next->currency}];
      LUMBUNG_ASSIGN_OR_RETURN(balance, Add(balance, next->amount));
      ++next;
    }
    const ParsedAssertion& assertion = pending->assertion;
    ++report.checked;
    bool others_are_zero = true;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal found, BalanceOf(balances, assertion, &others_are_zero));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal off, Subtract(found, assertion.expected.quantity));
    if (off.Abs() > assertion.tolerance || (assertion.sole_commodity && !others_are_zero)) {
      if (report.failures.size() < kMaxExamples) {
        report.failures.push_back(absl::StrCat(
            assertion.place.ToString(), ": ", assertion.account, ": expected ",
            assertion.expected.quantity.ToString(), " ", assertion.expected.commodity, ", found ",
            found.ToString(),
            off.Abs() > assertion.tolerance ? "" : " and other commodities besides"));
      }
      continue;
    }
    // To be kept, it must be exact, and nothing later on that day may change it.
    ParsedAssertion at_end = assertion;
    Balances day_end = balances;
    for (auto later = next; later != changes_.end() && later->date == pending->date &&
                            pending->order != kStartOfDay;
         ++later) {
      Decimal& balance = day_end[{later->account, later->currency}];
      LUMBUNG_ASSIGN_OR_RETURN(balance, Add(balance, later->amount));
    }
    bool unused = true;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal final_balance, BalanceOf(day_end, at_end, &unused));
    if (final_balance != assertion.expected.quantity) continue;
    const Date day = pending->order == kStartOfDay ? pending->date.AddDays(-1) : pending->date;
    report.day_end.push_back({assertion.account, assertion.include_descendants,
                              names_->CodeOf(assertion.expected.commodity), day,
                              assertion.expected.quantity, assertion.place});
  }
  return report;
}

}  // namespace lumbung::import
