#include "ledger/import/beancount/categorize.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "ledger/core/status.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import::beancount {
namespace {

// A currency of one part of a posting: the part is absent, or its currency is missing (empty) or
// known.
using PartCurrency = std::optional<std::string>;

bool IsMissing(const PartCurrency& part) {
  return part.has_value() && part->empty();
}
bool IsKnown(const PartCurrency& part) {
  return part.has_value() && !part->empty();
}

struct Parts {
  std::size_t index = 0;
  PartCurrency units;
  PartCurrency cost;
  PartCurrency price;

  // The currency in which the posting weighs, or nothing while that is unknown.
  PartCurrency Weight() const {
    if (IsKnown(cost)) return cost;
    if (IsKnown(price)) return price;
    if (!cost.has_value() && !price.has_value() && IsKnown(units)) return units;
    return std::nullopt;
  }
};

Parts PartsOf(const Posting& posting, std::size_t index) {
  Parts parts;
  parts.index = index;
  if (posting.units.has_value()) parts.units = posting.units->currency;
  if (posting.cost.has_value()) parts.cost = posting.cost->currency;
  if (posting.price.has_value()) parts.price = posting.price->currency;
  // A cost and a price are always in the same currency.
  if (IsMissing(parts.cost) && IsKnown(parts.price)) parts.cost = parts.price;
  if (IsMissing(parts.price) && IsKnown(parts.cost)) parts.price = parts.cost;
  return parts;
}

class Grouping {
 public:
  Grouping(const Transaction& transaction, const Inventories& inventories, const Place& place)
      : transaction_(transaction), inventories_(inventories), place_(place) {}

  absl::Status Run() {
    for (std::size_t i = 0; i < transaction_.postings.size(); ++i) {
      const Posting& posting = transaction_.postings[i];
      Parts parts = PartsOf(posting, i);
      if (!posting.units.has_value()) {
        if (elided_.has_value()) {
          return Refuse(posting, "TWO_ELIDED_AMOUNTS",
                        "a second posting without an amount; one at most can be inferred");
        }
        elided_ = i;
      } else if (parts.Weight().has_value()) {
        Put(std::move(parts));
      } else {
        unknown_.push_back(std::move(parts));
      }
    }
    InferFromTheOnlyGroup();
    LUMBUNG_RETURN_IF_ERROR(InferFromInventories());
    FillUnits();
    if (elided_.has_value()) {
      for (auto& [currency, first, members] : groups_) {
        members.push_back(Parts{*elided_, currency, std::nullopt, std::nullopt});
        first = std::min(first, *elided_);
      }
    }
    return CheckComplete();
  }

  std::vector<CurrencyGroup> Result() && {
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return a.first < b.first; });
    std::vector<CurrencyGroup> result;
    for (Group& group : groups_) {
      CurrencyGroup& out = result.emplace_back();
      out.currency = std::move(group.currency);
      std::sort(group.members.begin(), group.members.end(),
                [](const Parts& a, const Parts& b) { return a.index < b.index; });
      for (Parts& parts : group.members) {
        out.members.push_back({parts.index, parts.units.value_or(""), parts.cost.value_or(""),
                               parts.price.value_or("")});
      }
    }
    return result;
  }

 private:
  struct Group {
    std::string currency;
    std::size_t first;  // The posting that brought the currency in.
    std::vector<Parts> members;
  };

  void Put(Parts parts) {
    const std::string currency = *parts.Weight();
    const auto [it, created] = positions_.try_emplace(currency, groups_.size());
    if (created) groups_.push_back(Group{currency, parts.index, {}});
    groups_[it->second].members.push_back(std::move(parts));
  }

  const Inventory* InventoryOf(const Parts& parts) const {
    const auto it = inventories_.find(transaction_.postings[parts.index].account);
    return it == inventories_.end() ? nullptr : &it->second;
  }

  // One posting is in doubt and all others are of one currency: so is this one.
  void InferFromTheOnlyGroup() {
    if (unknown_.size() != 1 || groups_.size() != 1) return;
    Parts parts = std::move(unknown_.front());
    unknown_.clear();
    const std::string& other = groups_.front().currency;
    if (!parts.price.has_value() && !parts.cost.has_value()) {
      parts.units = other;
    } else {
      if (IsMissing(parts.price)) parts.price = other;
      if (IsMissing(parts.cost)) parts.cost = other;
    }
    Put(std::move(parts));
  }

  // The account holds one currency, or lots in one cost currency: so does the posting.
  absl::Status InferFromInventories() {
    for (Parts& parts : unknown_) {
      if (const Inventory* inventory = InventoryOf(parts)) {
        if (IsMissing(parts.units)) parts.units = inventory->OnlyCurrency().value_or("");
        const PartCurrency cost_currency = inventory->OnlyCostCurrency();
        if (cost_currency.has_value() && IsMissing(parts.price)) parts.price = cost_currency;
        if (cost_currency.has_value() && IsMissing(parts.cost)) parts.cost = cost_currency;
      }
      if (!parts.Weight().has_value()) {
        return Refuse(transaction_.postings[parts.index], "INCOMPLETE_AMOUNT",
                      "the currency is missing and cannot be inferred");
      }
      Put(std::move(parts));
    }
    return absl::OkStatus();
  }

  // The units may still lack a currency where a cost or price told the group.
  void FillUnits() {
    for (Group& group : groups_) {
      for (Parts& parts : group.members) {
        const Inventory* inventory = IsMissing(parts.units) ? InventoryOf(parts) : nullptr;
        if (inventory != nullptr) parts.units = inventory->OnlyCurrency().value_or("");
      }
    }
  }

  absl::Status CheckComplete() const {
    for (const Group& group : groups_) {
      for (const Parts& parts : group.members) {
        if (IsMissing(parts.units) || IsMissing(parts.cost) || IsMissing(parts.price)) {
          return Refuse(transaction_.postings[parts.index], "INCOMPLETE_AMOUNT",
                        "a currency is missing and cannot be inferred");
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status Refuse(const Posting& posting, absl::string_view reason,
                      absl::string_view message) const {
    return RefusalAt(Place{place_.file, posting.line}, reason, message);
  }

  const Transaction& transaction_;
  const Inventories& inventories_;
  const Place& place_;
  std::vector<Group> groups_;
  absl::flat_hash_map<std::string, std::size_t> positions_;  // Currency -> its place in groups_.
  std::vector<Parts> unknown_;
  std::optional<std::size_t> elided_;
};

}  // namespace

absl::StatusOr<std::vector<CurrencyGroup>> GroupByCurrency(const Transaction& transaction,
                                                           const Inventories& inventories,
                                                           const Place& place) {
  Grouping grouping(transaction, inventories, place);
  LUMBUNG_RETURN_IF_ERROR(grouping.Run());
  return std::move(grouping).Result();
}

}  // namespace lumbung::import::beancount
