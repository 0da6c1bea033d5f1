#include "ledger/import/beancount/tolerance.h"

#include <algorithm>

#include "ledger/core/status.h"

namespace lumbung::import::beancount {
namespace {

// No posting at cost widens a tolerance by more than 0.5.
Decimal MaxCostTolerance() {
  return *Decimal::FromUnits(5, 1);
}

// A tolerance with more digits than this was not chosen by a person and is not rounded to.
constexpr int kMaxQuantumDigits = 4;
// Decimals of a tolerance that comes from a quotient without an end; far finer than any amount.
constexpr int kQuotientScale = 12;

absl::StatusOr<Decimal> LastDecimal(const Decimal& number) {
  return Decimal::FromUnits(1, number.scale());
}

// The tolerance that a cost adds, given the one of its units.
absl::StatusOr<Decimal> CostTolerance(const Decimal& tolerance, const Ratio& number) {
  absl::StatusOr<Decimal> product = number.Times(tolerance);
  if (!product.ok()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal above, MultiplyExact(number.numerator(), tolerance));
    product = Divide(above, number.denominator(), kQuotientScale, Rounding::kHalfEven);
    LUMBUNG_RETURN_IF_ERROR(product.status());
  }
  return std::min(*product, MaxCostTolerance());
}

}  // namespace

absl::StatusOr<Tolerances> Tolerances::OfWritten(const Transaction& transaction,
                                                 const Options& options) {
  Tolerances tolerances(options);
  for (const Posting& posting : transaction.postings) {
    if (!posting.units.has_value() || !posting.units->number.has_value()) continue;
    LUMBUNG_RETURN_IF_ERROR(tolerances.AddUnits(*posting.units->number, posting.units->currency));
    if (options.tolerance_from_cost) LUMBUNG_RETURN_IF_ERROR(tolerances.AddWrittenCost(posting));
  }
  return tolerances;
}

absl::StatusOr<std::optional<Decimal>> Tolerances::Implied(const Decimal& units) const {
  if (units.scale() == 0) return std::nullopt;
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal last, LastDecimal(units));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal implied,
                           MultiplyExact(last, options_->tolerance_multiplier));
  return implied;
}

absl::Status Tolerances::AddUnits(const Decimal& units, const std::string& currency) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Decimal> implied, Implied(units));
  if (!implied.has_value()) return absl::OkStatus();
  const auto [it, created] = by_currency_.try_emplace(currency, *implied);
  if (!created) it->second = std::max(it->second, *implied);
  return absl::OkStatus();
}

absl::Status Tolerances::AddCost(const Decimal& units, const Ratio& number,
                                 const std::string& currency) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Decimal> implied, Implied(units));
  if (!options_->tolerance_from_cost || !implied.has_value()) return absl::OkStatus();
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal widened, CostTolerance(*implied, number));
  Decimal& sum = by_cost_[currency];
  LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, widened));
  return absl::OkStatus();
}

absl::Status Tolerances::AddWrittenCost(const Posting& posting) {
  const Decimal& units = *posting.units->number;
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Decimal> implied, Implied(units));
  if (!implied.has_value()) return absl::OkStatus();
  if (posting.cost.has_value()) {
    Decimal least = MaxCostTolerance();
    for (const std::optional<Decimal>& number : {posting.cost->total, posting.cost->per_unit}) {
      if (!number.has_value()) continue;
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal widened, CostTolerance(*implied, Ratio(*number)));
      least = std::min(least, widened);
    }
    Decimal& sum = by_cost_[posting.cost->currency];
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, least));
  }
  if (posting.price.has_value() && posting.price->number.has_value()) {
    Ratio number(*posting.price->number);
    if (posting.price_is_total && !units.IsZero()) {
      LUMBUNG_ASSIGN_OR_RETURN(number, Ratio::Of(*posting.price->number, units.Abs()));
    }
    LUMBUNG_RETURN_IF_ERROR(AddCost(units, number, posting.price->currency));
  }
  return absl::OkStatus();
}

Decimal Tolerances::Of(const std::string& currency) const {
  const auto found = by_currency_.find(currency);
  const auto by_cost = by_cost_.find(currency);
  if (found != by_currency_.end()) {
    return by_cost == by_cost_.end() ? found->second : std::max(found->second, by_cost->second);
  }
  if (by_cost != by_cost_.end()) return by_cost->second;
  const auto fallback = by_currency_.find("*");
  return fallback == by_currency_.end() ? Decimal() : fallback->second;
}

absl::StatusOr<Decimal> Tolerances::Quantize(const Ratio& number,
                                             const std::string& currency) const {
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal quantum,
                           MultiplyExact(Of(currency), Decimal::FromInteger(2)));
  int128 digits = quantum.units();
  int scale = quantum.scale();
  while (digits != 0 && digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  int count = 0;
  for (int128 rest = digits; rest != 0; rest /= 10) ++count;
  if (count == 0 || count > kMaxQuantumDigits) return number.Times(Decimal::FromInteger(1));
  if (scale >= 0) {
    return Divide(number.numerator(), number.denominator(), scale, Rounding::kHalfEven);
  }
  int128 power = 1;
  for (int i = 0; i < -scale; ++i) power *= 10;  // `scale` is above -Decimal::kMaxDigits.
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal step, Decimal::FromUnits(power, 0));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal divisor, MultiplyExact(number.denominator(), step));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal steps,
                           Divide(number.numerator(), divisor, 0, Rounding::kHalfEven));
  return MultiplyExact(steps, step);
}

absl::StatusOr<Decimal> BalanceTolerance(const Balance& balance, const Options& options) {
  if (balance.tolerance.has_value()) return *balance.tolerance;
  if (balance.number.scale() == 0) return Decimal();
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal last, LastDecimal(balance.number));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal once, MultiplyExact(last, options.tolerance_multiplier));
  return MultiplyExact(once, Decimal::FromInteger(2));
}

}  // namespace lumbung::import::beancount
