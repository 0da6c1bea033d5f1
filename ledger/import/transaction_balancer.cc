#include "ledger/import/transaction_balancer.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import {
namespace {

constexpr std::size_t kPostingsInMessage = 12;

// The sum of the weights in one commodity; with lots, of one lot of it. The names belong to the
// postings.
struct Total {
  absl::string_view commodity;
  absl::string_view lot;
  Decimal sum;
};

bool ByName(const Total& a, const Total& b) {
  return std::make_pair(a.commodity, a.lot) < std::make_pair(b.commodity, b.lot);
}

std::string ToText(const Decimal& quantity, absl::string_view commodity) {
  return absl::StrCat(quantity.ToString(), commodity.empty() ? "" : " ", commodity);
}

// What `quantity` costs at `price`.
absl::StatusOr<Decimal> Cost(const Decimal& quantity, const DraftPrice& price) {
  if (!price.is_total) return MultiplyExact(quantity, price.amount.quantity);
  return quantity.IsNegative() ? price.amount.quantity.Negated() : price.amount.quantity;
}

class Balancer {
 public:
  Balancer(PostingKind kind, const BalanceRules& rules, DraftTransaction* draft)
      : kind_(kind), rules_(rules), draft_(*draft) {}

  absl::StatusOr<std::vector<ParsedAmount>> Run() {
    LUMBUNG_RETURN_IF_ERROR(WeighAll());
    if (!elided_.has_value() && !any_price_) LUMBUNG_RETURN_IF_ERROR(InferPrice());
    if (!elided_.has_value()) return Residue();
    FillElided();
    return std::vector<ParsedAmount>();
  }

 private:
  absl::Status WeighAll();
  absl::Status Weigh(DraftPosting& posting);
  // ledger weighs a lot at its own price, so that a gain must be posted. Returns by how much that
  // changed the weight.
  absl::StatusOr<Decimal> WeighAtLotPrice(DraftPosting& posting);
  absl::Status AddToTotal(absl::string_view commodity, absl::string_view lot,
                          const Decimal& amount);
  absl::Status InferPrice();
  absl::Status WeighIn(const Total& from, Total* to);
  const Total* FindFrom(const Total& a, const Total& b) const;
  void FillElided();
  absl::StatusOr<std::vector<ParsedAmount>> Residue();
  absl::StatusOr<bool> IsNegligible(const Decimal& amount, absl::string_view commodity);
  absl::Status Unbalanced() const;

  const PostingKind kind_;
  const BalanceRules& rules_;
  DraftTransaction& draft_;
  std::vector<Total> totals_;
  std::optional<std::size_t> elided_;
  bool any_price_ = false;
};

absl::Status Balancer::WeighAll() {
  for (std::size_t i = 0; i < draft_.postings.size(); ++i) {
    DraftPosting& posting = draft_.postings[i];
    if (posting.kind != kind_) continue;
    if (posting.has_amount) {
      const absl::Status status = Weigh(posting);
      if (!status.ok()) {
        return RefusalAt(posting.parsed.place, ReasonOf(status), status.message());
      }
    } else if (elided_.has_value()) {
      return RefusalAt(posting.parsed.place, "TWO_ELIDED_AMOUNTS",
                       absl::StrCat("the posting to \"", posting.parsed.account,
                                    "\" has no amount, but neither has the one at line ",
                                    draft_.postings[*elided_].parsed.place.line,
                                    "; one posting of a transaction may leave it out (two spaces "
                                    "separate an account from its amount)"));
    } else {
      elided_ = i;
    }
  }
  return absl::OkStatus();
}

absl::Status Balancer::Weigh(DraftPosting& posting) {
  ParsedPosting& parsed = posting.parsed;
  if (!posting.price.has_value()) {
    parsed.weight = parsed.amount;
    return AddToTotal(parsed.amount.commodity, posting.lot, parsed.amount.quantity);
  }
  any_price_ = true;
  LUMBUNG_ASSIGN_OR_RETURN(parsed.weight.quantity, Cost(parsed.amount.quantity, *posting.price));
  parsed.weight.commodity = posting.price->amount.commodity;
  LUMBUNG_RETURN_IF_ERROR(WeighAtLotPrice(posting).status());
  return AddToTotal(posting.price->amount.commodity, "", parsed.weight.quantity);
}

absl::StatusOr<Decimal> Balancer::WeighAtLotPrice(DraftPosting& posting) {
  ParsedAmount& weight = posting.parsed.weight;
  if (!posting.lot_price.has_value()) return Decimal();
  if (posting.lot_price->amount.commodity != weight.commodity) return Decimal();
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal basis,
                           Cost(posting.parsed.amount.quantity, *posting.lot_price));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal gain, Subtract(basis, weight.quantity));
  LUMBUNG_ASSIGN_OR_RETURN(const bool negligible, IsNegligible(gain, weight.commodity));
  if (negligible) return Decimal();
  weight.quantity = basis;
  return gain;
}

absl::Status Balancer::AddToTotal(absl::string_view commodity, absl::string_view lot,
                                  const Decimal& amount) {
  for (Total& total : totals_) {
    if (total.commodity != commodity || total.lot != lot) continue;
    LUMBUNG_ASSIGN_OR_RETURN(total.sum, Add(total.sum, amount));
    return absl::OkStatus();
  }
  totals_.push_back(Total{commodity, lot, amount});
  return absl::OkStatus();
}

absl::Status Balancer::InferPrice() {
  std::vector<Total*> open;
  for (Total& total : totals_) {
    if (!total.sum.IsZero()) open.push_back(&total);
  }
  if (open.size() != 2 || open[0]->sum.Sign() == open[1]->sum.Sign()) return absl::OkStatus();
  Total* const from = FindFrom(*open[0], *open[1]) == open[0] ? open[0] : open[1];
  Total* const to = from == open[0] ? open[1] : open[0];
  const absl::Status status = WeighIn(*from, to);
  if (!status.ok()) return RefusalAt(draft_.parsed.place, ReasonOf(status), status.message());
  from->sum = Decimal();
  return absl::OkStatus();
}

// The total that is converted: that of a lot if there is one, or else of the first posting.
const Total* Balancer::FindFrom(const Total& a, const Total& b) const {
  const Total* first = nullptr;
  for (const DraftPosting& posting : draft_.postings) {
    if (posting.kind != kind_) continue;
    for (const Total* total : {&a, &b}) {
      const bool matches =
          posting.parsed.amount.commodity == total->commodity && posting.lot == total->lot;
      if (matches && (first == nullptr || !posting.lot.empty())) first = total;
    }
  }
  return first;
}

absl::Status Balancer::WeighIn(const Total& from, Total* to) {
  const Decimal price = to->sum.Negated();
  const std::string commodity(to->commodity);
  Decimal quantity_so_far;
  Decimal weight_so_far;
  Decimal gains;
  for (DraftPosting& posting : draft_.postings) {
    ParsedPosting& parsed = posting.parsed;
    if (posting.kind != kind_ || parsed.amount.commodity != from.commodity ||
        posting.lot != from.lot) {
      continue;
    }
    LUMBUNG_ASSIGN_OR_RETURN(quantity_so_far, Add(quantity_so_far, parsed.amount.quantity));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal product, MultiplyExact(quantity_so_far, price));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal weight,
                             Divide(product, from.sum, price.scale(), Rounding::kHalfEven));
    LUMBUNG_ASSIGN_OR_RETURN(parsed.weight.quantity, Subtract(weight, weight_so_far));
    parsed.weight.commodity = commodity;
    weight_so_far = weight;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal gain, WeighAtLotPrice(posting));
    LUMBUNG_ASSIGN_OR_RETURN(gains, Add(gains, gain));
  }
  to->sum = gains;
  return absl::OkStatus();
}

void Balancer::FillElided() {
  std::sort(totals_.begin(), totals_.end(), ByName);
  std::vector<ParsedAmount> amounts;
  for (const Total& total : totals_) {
    if (total.sum.IsZero()) continue;
    amounts.push_back({total.sum.Negated(), std::string(total.commodity)});
  }
  if (amounts.empty() && totals_.empty()) amounts.emplace_back();
  if (amounts.empty()) {
    amounts.push_back({totals_.front().sum, std::string(totals_.front().commodity)});
  }

  DraftPosting& elided = draft_.postings[*elided_];
  elided.has_amount = true;
  elided.parsed.amount_inferred = true;
  std::vector<DraftPosting> more(amounts.size() - 1, elided);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    DraftPosting& posting = i == 0 ? elided : more[i - 1];
    posting.parsed.weight = amounts[i];
    posting.parsed.amount = std::move(amounts[i]);
  }
  const auto where = rules_.elided_postings_last
                         ? draft_.postings.end()
                         : draft_.postings.begin() + static_cast<std::ptrdiff_t>(*elided_) + 1;
  draft_.postings.insert(where, std::make_move_iterator(more.begin()),
                         std::make_move_iterator(more.end()));
}

absl::StatusOr<std::vector<ParsedAmount>> Balancer::Residue() {
  std::vector<ParsedAmount> residue;
  for (const Total& total : totals_) {
    if (total.sum.IsZero()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(const bool negligible, IsNegligible(total.sum, total.commodity));
    if (!negligible) return Unbalanced();
    residue.push_back({total.sum, std::string(total.commodity)});
  }
  return residue;
}

absl::StatusOr<bool> Balancer::IsNegligible(const Decimal& amount, absl::string_view commodity) {
  if (amount.IsZero()) return true;
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<int> decimals, rules_.decimals_shown(commodity));
  if (!decimals.has_value()) return false;
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal last_unit, Decimal::FromUnits(1, *decimals));
  const absl::StatusOr<Decimal> twice = Add(amount.Abs(), amount.Abs());
  return twice.ok() && *twice <= last_unit;
}

absl::Status Balancer::Unbalanced() const {
  std::string left;
  for (const Total& total : totals_) {
    if (total.sum.IsZero()) continue;
    absl::StrAppend(&left, left.empty() ? "" : " and ", ToText(total.sum, total.commodity));
  }
  std::string postings;
  std::size_t shown = 0;
  int last_line = draft_.parsed.place.line;
  for (const DraftPosting& posting : draft_.postings) {
    last_line = std::max(last_line, posting.parsed.place.line);
    if (posting.kind != kind_) continue;
    if (++shown > kPostingsInMessage) continue;
    const ParsedPosting& parsed = posting.parsed;
    absl::StrAppend(&postings, postings.empty() ? "" : "; ", parsed.account, " ",
                    ToText(parsed.amount.quantity, parsed.amount.commodity));
    if (posting.price.has_value()) {
      absl::StrAppend(&postings, " (", ToText(parsed.weight.quantity, parsed.weight.commodity),
                      ")");
    }
  }
  if (shown > kPostingsInMessage) {
    absl::StrAppend(&postings, "; and ", shown - kPostingsInMessage, " more");
  }
  return RefusalAt(draft_.parsed.place, "UNBALANCED",
                   absl::StrCat("the transaction of ", draft_.parsed.date.ToString(), " (lines ",
                                draft_.parsed.place.line, "-", last_line, ") leaves ", left,
                                "; its postings must sum to zero: ", postings));
}

}  // namespace

absl::StatusOr<std::vector<ParsedAmount>> BalancePostings(PostingKind kind,
                                                          const BalanceRules& rules,
                                                          DraftTransaction* draft) {
  return Balancer(kind, rules, draft).Run();
}

}  // namespace lumbung::import
