#include "ledger/import/beancount/booking.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/beancount/categorize.h"
#include "ledger/import/beancount/expression.h"
#include "ledger/import/beancount/group_booker.h"

namespace lumbung::import::beancount {
namespace {

// Weighs the drafts, and checks that they balance within the tolerance that they imply.
absl::StatusOr<BookedTransaction> Weigh(const std::vector<Draft>& drafts, const Options& options,
                                        const Place& place) {
  BookedTransaction booked;
  Tolerances tolerances(options);
  std::map<std::string, std::vector<Decimal>> weights;
  for (const Draft& draft : drafts) {
    const absl::StatusOr<Decimal> weight = WeightOf(draft);
    if (!weight.ok()) return At(Place{place.file, draft.source->line}, weight.status());
    BookedPosting& posting = booked.postings.emplace_back();
    posting.source = draft.source;
    posting.units = *draft.units;
    posting.currency = draft.currency;
    posting.cost = draft.cost;
    if (draft.price.has_value()) posting.price = UnitPrice{*draft.price, draft.price_currency};
    posting.units_inferred =
        !draft.source->units.has_value() || !draft.source->units->number.has_value();
    posting.weight = *weight;
    posting.weight_currency = draft.cost.has_value()    ? draft.cost->currency
                              : draft.price.has_value() ? draft.price_currency
                                                        : draft.currency;
    weights[posting.weight_currency].push_back(*weight);
    if (draft.interpolated) continue;
    LUMBUNG_RETURN_IF_ERROR(tolerances.AddUnits(*draft.units, draft.currency));
    if (draft.cost.has_value()) {
      LUMBUNG_RETURN_IF_ERROR(
          tolerances.AddCost(*draft.units, draft.cost->number, draft.cost->currency));
    }
    if (draft.price.has_value()) {
      LUMBUNG_RETURN_IF_ERROR(tolerances.AddCost(*draft.units, *draft.price, draft.price_currency));
    }
  }
  for (const auto& [currency, of_currency] : weights) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal residue, Sum(of_currency));
    if (residue.IsZero()) continue;
    if (residue.Abs() > tolerances.Of(currency)) {
      return RefusalAt(
          place, "UNBALANCED",
          absl::StrCat("the transaction is off by ", residue.ToString(), " ", currency,
                       "; at most ", tolerances.Of(currency).ToString(), " is tolerated"));
    }
    booked.residue.push_back(ParsedAmount{residue, currency});
  }
  return booked;
}

}  // namespace

absl::StatusOr<BookedTransaction> Booker::Book(const Transaction& transaction, const Place& place,
                                               Day date) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<CurrencyGroup> groups,
                           GroupByCurrency(transaction, inventories_, place));
  LUMBUNG_ASSIGN_OR_RETURN(const Tolerances tolerances,
                           Tolerances::OfWritten(transaction, options_));
  std::vector<Draft> drafts;
  for (const CurrencyGroup& group : groups) {
    GroupBooker booker(place, date, tolerances, inventories_);
    for (const Member& member : group.members) {
      const Posting& posting = transaction.postings[member.index];
      const auto booking = bookings_.find(posting.account);
      LUMBUNG_ASSIGN_OR_RETURN(Draft draft, DraftOf(posting, member));
      LUMBUNG_RETURN_IF_ERROR(booker.AddPosting(
          std::move(draft), booking == bookings_.end() ? options_.booking : booking->second));
    }
    booker.RestoreLots();
    LUMBUNG_RETURN_IF_ERROR(booker.Interpolate());
    std::move(booker.drafts().begin(), booker.drafts().end(), std::back_inserter(drafts));
  }
  std::stable_sort(drafts.begin(), drafts.end(),
                   [](const Draft& a, const Draft& b) { return a.index < b.index; });
  LUMBUNG_ASSIGN_OR_RETURN(BookedTransaction booked, Weigh(drafts, options_, place));
  for (const BookedPosting& posting : booked.postings) {
    LUMBUNG_RETURN_IF_ERROR(
        inventories_[posting.source->account].Add(posting.units, posting.currency, posting.cost));
  }
  return booked;
}

}  // namespace lumbung::import::beancount
