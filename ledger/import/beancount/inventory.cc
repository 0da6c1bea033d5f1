#include "ledger/import/beancount/inventory.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "ledger/core/date.h"
#include "ledger/core/status.h"

namespace lumbung::import::beancount {

std::string Cost::ToString() const {
  std::string out = absl::StrCat(number.ToString(), " ", currency);
  if (date.has_value()) absl::StrAppend(&out, ", ", Date::FromDays(*date).ToString());
  if (!label.empty()) absl::StrAppend(&out, ", \"", label, "\"");
  return out;
}

bool operator<(const Cost& a, const Cost& b) {
  return std::tie(a.currency, a.number, a.date, a.label) <
         std::tie(b.currency, b.number, b.date, b.label);
}

void Inventory::Holding::Count(const Decimal& units, int by) {
  if (units.Sign() > 0) positive += by;
  if (units.Sign() < 0) negative += by;
}

absl::Status Inventory::Add(const Decimal& units, const std::string& currency,
                            const std::optional<Cost>& cost) {
  if (units.IsZero()) return absl::OkStatus();
  Holding& holding = holdings_[currency];
  if (cost.has_value()) {
    const auto [it, created] = holding.lots.try_emplace(*cost, Lot{Decimal(), *cost});
    Lot& lot = it->second;
    if (created) lot.sequence = next_sequence_++;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal sum, lumbung::Add(lot.units, units));
    holding.Count(lot.units, -1);
    holding.Count(sum, 1);
    lot.units = sum;
    if (sum.IsZero()) holding.lots.erase(it);
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal sum, lumbung::Add(holding.without_cost, units));
    holding.Count(holding.without_cost, -1);
    holding.Count(sum, 1);
    holding.without_cost = sum;
  }
  if (holding.positive == 0 && holding.negative == 0) holdings_.erase(currency);
  return absl::OkStatus();
}

bool Inventory::IsReducedBy(const Decimal& units, const std::string& currency) const {
  const auto it = holdings_.find(currency);
  if (it == holdings_.end() || units.IsZero()) return false;
  return units.IsNegative() ? it->second.positive > 0 : it->second.negative > 0;
}

std::vector<Lot> Inventory::Match(const std::string& currency, const LotPattern& pattern) const {
  std::vector<Lot> matches;
  const auto holding = holdings_.find(currency);
  if (holding == holdings_.end()) return matches;
  const auto& lots = holding->second.lots;
  auto it = lots.begin();
  if (pattern.number.has_value()) {
    it = lots.lower_bound(Cost{*pattern.number, pattern.cost_currency, std::nullopt, ""});
  }
  for (; it != lots.end(); ++it) {
    const Cost& cost = it->first;
    // Lots of one number stand together, so that the first other one ends the search.
    if (pattern.number.has_value() &&
        (cost.currency != pattern.cost_currency || !(cost.number == *pattern.number))) {
      break;
    }
    const bool matched = cost.currency == pattern.cost_currency &&
                         (!pattern.date.has_value() || cost.date == pattern.date) &&
                         (pattern.label.empty() || cost.label == pattern.label);
    if (matched) matches.push_back(it->second);
  }
  std::sort(matches.begin(), matches.end(),
            [](const Lot& a, const Lot& b) { return a.sequence < b.sequence; });
  return matches;
}

void Inventory::Restore(const std::string& currency, const Lot& lot) {
  Holding& holding = holdings_[currency];
  const auto [it, created] = holding.lots.try_emplace(lot.cost, lot);
  if (!created) {
    holding.Count(it->second.units, -1);
    it->second = lot;
  }
  holding.Count(lot.units, 1);
}

absl::StatusOr<Decimal> Inventory::UnitsOf(const std::string& currency) const {
  const auto it = holdings_.find(currency);
  if (it == holdings_.end()) return Decimal();
  std::vector<Decimal> units = {it->second.without_cost};
  for (const auto& [cost, lot] : it->second.lots) units.push_back(lot.units);
  return Sum(units);
}

bool Inventory::HoldsAtCost(const std::string& currency) const {
  const auto it = holdings_.find(currency);
  return it != holdings_.end() && !it->second.lots.empty();
}

std::optional<std::string> Inventory::OnlyCurrency() const {
  if (holdings_.size() != 1) return std::nullopt;
  return holdings_.begin()->first;
}

std::optional<std::string> Inventory::OnlyCostCurrency() const {
  std::optional<std::string> only;
  for (const auto& [currency, holding] : holdings_) {
    if (holding.lots.empty()) continue;
    // The lots are sorted by cost currency: the first and the last tell whether there is one alone.
    const std::string& first = holding.lots.begin()->first.currency;
    const std::string& last = holding.lots.rbegin()->first.currency;
    if (first != last || (only.has_value() && *only != first)) return std::nullopt;
    only = first;
  }
  return only;
}

}  // namespace lumbung::import::beancount
