#include "ledger/import/beancount/group_booker.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/import/beancount/expression.h"

namespace lumbung::import::beancount {
namespace {

// The cost per unit that a complete spec says. DIVISION_BY_ZERO for a total cost of no units.
absl::StatusOr<Ratio> UnitCostOf(const CostSpec& spec, const Decimal& units) {
  if (!spec.has_total) return Ratio(*spec.per_unit);
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_units, MultiplyExact(*spec.per_unit, units.Abs()));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal total, Add(of_units, *spec.total));
  return Ratio::Of(total, units.Abs());
}

absl::Status ResolveCost(Draft* draft) {
  if (!draft->spec.has_value()) return absl::OkStatus();
  LUMBUNG_ASSIGN_OR_RETURN(const Ratio number, UnitCostOf(*draft->spec, *draft->units));
  draft->cost = Cost{number, draft->spec->currency, draft->spec->date, draft->spec->label};
  draft->spec.reset();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Draft> DraftOf(const Posting& posting, const Member& member) {
  Draft draft;
  draft.index = member.index;
  draft.source = &posting;
  draft.currency = member.units_currency;
  if (!posting.units.has_value()) return draft;
  draft.units = posting.units->number;
  draft.spec = posting.cost;
  if (draft.spec.has_value()) draft.spec->currency = member.cost_currency;
  if (!posting.price.has_value()) return draft;
  draft.price_currency = member.price_currency;
  if (!posting.price->number.has_value()) return draft;
  if (!posting.price_is_total) {
    draft.price = Ratio(*posting.price->number);
  } else if (draft.units->IsZero()) {
    draft.price = Ratio(Decimal());
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(draft.price, Ratio::Of(*posting.price->number, draft.units->Abs()));
  }
  return draft;
}

absl::StatusOr<Decimal> WeightOf(const Draft& draft) {
  if (draft.cost.has_value()) return draft.cost->number.Times(*draft.units);
  if (draft.price.has_value()) return draft.price->Times(*draft.units);
  return *draft.units;
}

absl::Status GroupBooker::AddPosting(Draft draft, Booking booking) {
  if (!draft.spec.has_value() || !draft.units.has_value()) {
    drafts_.push_back(std::move(draft));
    return absl::OkStatus();
  }
  const auto inventory = inventories_.find(draft.source->account);
  if (booking != Booking::kNone && inventory != inventories_.end() &&
      inventory->second.IsReducedBy(*draft.units, draft.currency)) {
    const absl::Status reduced = Reduce(draft, booking, inventory->second);
    return reduced.ok() ? reduced : At(PlaceOf(draft), reduced);
  }
  if (!draft.spec->date.has_value()) draft.spec->date = date_;
  drafts_.push_back(std::move(draft));
  return absl::OkStatus();
}

absl::Status GroupBooker::Reduce(const Draft& draft, Booking booking, Inventory& inventory) {
  const CostSpec& spec = *draft.spec;
  LotPattern pattern{std::nullopt, spec.currency, spec.date, spec.label};
  if (spec.per_unit.has_value() && (!spec.has_total || spec.total.has_value())) {
    LUMBUNG_ASSIGN_OR_RETURN(pattern.number, UnitCostOf(spec, *draft.units));
  }
  const std::vector<Lot> matches = inventory.Match(draft.currency, pattern);
  if (matches.empty()) {
    return Refuse(
        draft, "LOT_NOT_FOUND",
        absl::StrCat(draft.source->account, " holds no lot that matches this reduction by ",
                     draft.units->ToString(), " ", draft.currency));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Taking> takings, Choose(draft, booking, matches));
  for (const Taking& taking : takings) {
    Draft& part = drafts_.emplace_back(draft);
    part.spec.reset();
    part.cost = taking.lot.cost;
    part.units = taking.units;
    taken_.push_back({&inventory, draft.currency, taking.lot});
    LUMBUNG_RETURN_IF_ERROR(inventory.Add(taking.units, draft.currency, taking.lot.cost));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<GroupBooker::Taking>> GroupBooker::Choose(
    const Draft& draft, Booking booking, const std::vector<Lot>& matches) const {
  if (booking == Booking::kStrict) return ChooseStrictly(draft, matches);
  if (booking == Booking::kAverage) {
    return Refuse(draft, "UNSUPPORTED",
                  "booking at average cost is not supported, nor is it by beancount");
  }
  std::vector<Lot> lots;
  for (const Lot& lot : matches) {
    // A lot of the same sign as the reduction cannot be reduced by it.
    if (lot.units.Sign() != draft.units->Sign()) lots.push_back(lot);
  }
  const bool newest_first = booking == Booking::kLifo;
  std::stable_sort(lots.begin(), lots.end(), [newest_first](const Lot& a, const Lot& b) {
    return newest_first ? b.cost.date < a.cost.date : a.cost.date < b.cost.date;
  });
  return TakeInOrder(draft, lots);
}

absl::StatusOr<std::vector<GroupBooker::Taking>> GroupBooker::ChooseStrictly(
    const Draft& draft, const std::vector<Lot>& matches) const {
  if (matches.size() == 1) return TakeInOrder(draft, matches);
  // Several lots match: that is clear only when the reduction takes all of them.
  std::vector<Decimal> units;
  for (const Lot& lot : matches) units.push_back(lot.units);
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal held, Sum(units));
  if (held == draft.units->Negated()) {
    std::vector<Taking> all;
    for (const Lot& lot : matches) all.push_back({lot, lot.units.Negated()});
    return all;
  }
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(matches.size(), kNamed); ++i) {
    names.push_back(absl::StrCat(matches[i].units.ToString(), " ", draft.currency, " {",
                                 matches[i].cost.ToString(), "}"));
  }
  return Refuse(draft, "AMBIGUOUS_LOT",
                absl::StrCat("found ", matches.size(),
                             " lots that match this reduction, expected "
                             "one (name its cost, date or label): ",
                             absl::StrJoin(names, "; "), matches.size() > kNamed ? "; ..." : ""));
}

absl::StatusOr<std::vector<GroupBooker::Taking>> GroupBooker::TakeInOrder(
    const Draft& draft, const std::vector<Lot>& lots) const {
  std::vector<Taking> takings;
  Decimal rest = draft.units->Abs();
  for (const Lot& lot : lots) {
    if (rest.IsZero()) break;
    const Decimal size = std::min(lot.units.Abs(), rest);
    LUMBUNG_ASSIGN_OR_RETURN(rest, Subtract(rest, size));
    takings.push_back({lot, draft.units->IsNegative() ? size.Negated() : size});
  }
  if (rest.IsZero()) return takings;
  return Refuse(draft, "LOT_NOT_FOUND",
                absl::StrCat("the matching lots of ", draft.source->account, " are ",
                             rest.ToString(), " ", draft.currency, " too small"));
}

void GroupBooker::RestoreLots() {
  for (auto it = taken_.rbegin(); it != taken_.rend(); ++it) {
    it->inventory->Restore(it->currency, it->lot);
  }
  taken_.clear();
}

absl::StatusOr<std::optional<std::pair<std::size_t, GroupBooker::Gap>>> GroupBooker::FindGap()
    const {
  std::optional<std::pair<std::size_t, Gap>> found;
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    std::vector<Gap> gaps;
    if (!draft.units.has_value()) gaps.push_back(Gap::kUnits);
    if (draft.spec.has_value() && !draft.spec->per_unit.has_value()) {
      gaps.push_back(Gap::kCostPerUnit);
    }
    if (draft.spec.has_value() && draft.spec->has_total && !draft.spec->total.has_value()) {
      gaps.push_back(Gap::kCostTotal);
    }
    if (!draft.price_currency.empty() && !draft.price.has_value()) gaps.push_back(Gap::kPrice);
    if (gaps.empty()) continue;
    if (found.has_value() || gaps.size() > 1) {
      return Refuse(draft, "TWO_ELIDED_AMOUNTS",
                    "a second missing number in one currency; one at most can be inferred");
    }
    found = {i, gaps.front()};
  }
  return found;
}

absl::StatusOr<Decimal> GroupBooker::MissingWeight(std::size_t gap_index) {
  std::vector<Decimal> weights;
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    if (i == gap_index) continue;
    const absl::StatusOr<Decimal> weight = WeightOf(drafts_[i]);
    if (!weight.ok()) return At(PlaceOf(drafts_[i]), weight.status());
    weights.push_back(*weight);
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal sum, Sum(weights));
  return sum.Negated();
}

absl::Status GroupBooker::Interpolate() {
  LUMBUNG_ASSIGN_OR_RETURN(const auto gap, FindGap());
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    if (gap.has_value() && gap->first == i) continue;
    const absl::Status resolved = ResolveCost(&drafts_[i]);
    if (!resolved.ok()) return At(PlaceOf(drafts_[i]), resolved);
  }
  if (gap.has_value()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal weight, MissingWeight(gap->first));
    Draft& draft = drafts_[gap->first];
    const absl::StatusOr<bool> filled = Fill(&draft, gap->second, weight);
    if (!filled.ok()) return At(PlaceOf(draft), filled.status());
    if (!*filled) drafts_.erase(drafts_.begin() + static_cast<std::ptrdiff_t>(gap->first));
  }
  for (const Draft& draft : drafts_) LUMBUNG_RETURN_IF_ERROR(CheckCost(draft));
  return absl::OkStatus();
}

absl::StatusOr<bool> GroupBooker::Fill(Draft* draft, Gap gap, const Decimal& weight) const {
  draft->interpolated = true;
  switch (gap) {
    case Gap::kUnits:
      LUMBUNG_RETURN_IF_ERROR(FillUnits(draft, weight));
      if (weight.IsZero()) return false;
      break;
    case Gap::kCostPerUnit:
      if (draft->units->IsZero()) return false;
      [[fallthrough]];
    case Gap::kCostTotal:
      LUMBUNG_RETURN_IF_ERROR(FillCost(draft, gap, weight));
      return true;
    case Gap::kPrice: {
      if (draft->cost.has_value() || draft->spec.has_value()) {
        return InvalidArgument("INCOMPLETE_AMOUNT", "",
                               "the price of units held at cost cannot be inferred");
      }
      LUMBUNG_ASSIGN_OR_RETURN(draft->price, Ratio::Of(weight.Abs(), draft->units->Abs()));
      return true;
    }
  }
  LUMBUNG_RETURN_IF_ERROR(ResolveCost(draft));
  return true;
}

absl::Status GroupBooker::FillUnits(Draft* draft, const Decimal& weight) const {
  Ratio units(weight);
  if (draft->spec.has_value()) {
    const CostSpec& spec = *draft->spec;
    if (spec.per_unit->IsZero()) {
      return InvalidArgument("INCOMPLETE_AMOUNT", "",
                             "an amount cannot be inferred from its total cost alone");
    }
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_units,
                             Subtract(weight, spec.total.value_or(Decimal())));
    LUMBUNG_ASSIGN_OR_RETURN(units, Ratio::Of(of_units, *spec.per_unit));
  } else if (draft->price.has_value()) {
    // A price before its amount is known is a price per unit, so its denominator is 1.
    LUMBUNG_ASSIGN_OR_RETURN(units, Ratio::Of(weight, draft->price->numerator()));
  }
  LUMBUNG_ASSIGN_OR_RETURN(draft->units, tolerances_.Quantize(units, draft->currency));
  return absl::OkStatus();
}

absl::Status GroupBooker::FillCost(Draft* draft, Gap gap, const Decimal& weight) const {
  CostSpec& spec = *draft->spec;
  const Decimal& units = *draft->units;
  const Decimal sign = Decimal::FromInteger(units.Sign());
  Decimal total = spec.total.value_or(Decimal());
  if (gap == Gap::kCostPerUnit) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_units, Subtract(weight, total));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal signed_units, MultiplyExact(of_units, sign));
    LUMBUNG_ASSIGN_OR_RETURN(total, Add(total, signed_units));
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_units, MultiplyExact(*spec.per_unit, units));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal given, Subtract(weight, of_units));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal cost_of_units, MultiplyExact(of_units, sign));
    LUMBUNG_ASSIGN_OR_RETURN(total, Add(given, cost_of_units));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Ratio number, Ratio::Of(total, units.Abs()));
  draft->cost = Cost{number, spec.currency, spec.date, spec.label};
  draft->spec.reset();
  return absl::OkStatus();
}

absl::Status GroupBooker::CheckCost(const Draft& draft) const {
  if (!draft.cost.has_value()) return absl::OkStatus();
  if (draft.units->IsZero()) {
    return Refuse(draft, "INVALID_COST", "no units may not have a cost");
  }
  if (draft.cost->number.numerator().IsNegative()) {
    return Refuse(draft, "INVALID_COST",
                  absl::StrCat("the cost of ", draft.cost->ToString(), " is negative"));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::import::beancount
