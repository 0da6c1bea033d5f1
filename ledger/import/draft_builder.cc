#include "ledger/import/draft_builder.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

absl::Status At(const Place& place, absl::string_view reason, absl::string_view message) {
  return FailedPrecondition(reason, "", absl::StrCat(place.ToString(), ": ", message));
}

// Spreads `total` over the postings of one sign, in proportion to their weights.
absl::Status Spread(const Decimal& total, const Currency& functional,
                    const std::vector<std::pair<PostingDraft*, Decimal>>& shares) {
  if (shares.empty()) return absl::OkStatus();
  std::vector<Decimal> weights;
  for (const auto& share : shares) weights.push_back(share.second.Abs());
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Decimal> parts,
                           AllocateByLargestRemainder(total, weights, functional.scale));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i].first->functional = FunctionalAmount{parts[i], functional.code};
  }
  return absl::OkStatus();
}

// The tags a posting or entry carries beyond its own fields; a tag that names a dimension or the fund
// of the book becomes one.
void ApplyTags(const BookSnapshot& book,
               const std::vector<std::pair<std::string, std::string>>& tags,
               PostingDraft* posting) {
  for (const auto& [key, value] : tags) {
    if (key == "fund" && book.FindFund(value) != nullptr) {
      posting->fund = value;
    } else if (const Dimension* dimension = book.FindDimension(key)) {
      if (book.FindValue(*dimension, value) == nullptr) continue;
      posting->dimensions.emplace_back(key, value);
    }
  }
}

}  // namespace

absl::StatusOr<EntryDraft> DraftBuilder::Build(const ParsedTransaction& transaction) const {
  EntryDraft draft;
  draft.effective_date = transaction.date;
  draft.series = "IM";
  draft.source = source_;
  draft.reference = transaction.code;
  draft.description = transaction.payee.empty()
                          ? transaction.description
                          : absl::StrCat(transaction.payee, " | ", transaction.description);
  std::map<std::string, std::string> tags(transaction.tags.begin(), transaction.tags.end());
  if (!transaction.comment.empty()) tags["comment"] = transaction.comment;
  if (transaction.status != ' ') tags["status"] = std::string(1, transaction.status);
  draft.tags.assign(tags.begin(), tags.end());
  for (const ParsedPosting& parsed : transaction.postings) {
    PostingDraft posting;
    posting.account = parsed.account;
    posting.amount = parsed.amount.quantity;
    posting.currency = names_->CodeOf(parsed.amount.commodity);
    posting.memo = parsed.comment;
    ApplyTags(*book_, transaction.tags, &posting);
    ApplyTags(*book_, parsed.tags, &posting);
    draft.postings.push_back(std::move(posting));
  }
  LUMBUNG_RETURN_IF_ERROR(ValueGroups(transaction, &draft));
  LUMBUNG_RETURN_IF_ERROR(AddResidues(transaction, &draft));
  return draft;
}

absl::Status DraftBuilder::ValueGroups(const ParsedTransaction& transaction,
                                       EntryDraft* draft) const {
  const Currency& functional = *book_->FindCurrency(book_->book().functional_currency);
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < transaction.postings.size(); ++i) {
    groups[names_->CodeOf(transaction.postings[i].weight.commodity)].push_back(i);
  }
  for (const auto& [code, members] : groups) {
    const Currency* weight_currency = book_->FindCurrency(code);
    if (weight_currency == nullptr) {
      return At(transaction.place, "UNKNOWN_CURRENCY",
                absl::StrCat("the book has no currency '", code, "'"));
    }
    // Rule 2: what the functional currency itself says, and who shares it.
    Decimal stated;
    std::vector<std::pair<PostingDraft*, Decimal>> others[2];
    bool has_functional = false;
    for (const std::size_t i : members) {
      PostingDraft& posting = draft->postings[i];
      const Decimal& weight = transaction.postings[i].weight.quantity;
      if (posting.currency == functional.code) {
        has_functional = true;
        LUMBUNG_ASSIGN_OR_RETURN(stated, Add(stated, posting.amount));
      } else {
        others[weight.IsNegative() ? 1 : 0].emplace_back(&posting, weight);
      }
    }
    if (weight_currency->id == functional.id || (!has_functional && weight_currency->commodity)) {
      LUMBUNG_RETURN_IF_ERROR(ValueAtWeights(transaction, members, *weight_currency, draft));
    } else if (has_functional) {
      if (!others[0].empty() && !others[1].empty()) {
        return At(transaction.place, "FUNCTIONAL_AMOUNT_INVALID",
                  "amounts of both signs share one exchange; split the transaction");
      }
      auto& sharers = others[0].empty() ? others[1] : others[0];
      LUMBUNG_RETURN_IF_ERROR(Spread(stated.Negated(), functional, sharers));
    } else {
      const ExchangeRate* rate =
          book_->FindRate(weight_currency->id, functional.id, transaction.date);
      if (rate == nullptr) {
        return At(transaction.place, "RATE_MISSING",
                  absl::StrCat("no rate of ", code, " in ", functional.code, " on or before ",
                               transaction.date.ToString()));
      }
      for (auto& side : others) {
        Decimal total;
        for (const auto& share : side) {
          LUMBUNG_ASSIGN_OR_RETURN(total, Add(total, share.second));
        }
        LUMBUNG_ASSIGN_OR_RETURN(
            const Decimal worth,
            Multiply(total, rate->rate, functional.scale, Rounding::kHalfEven));
        LUMBUNG_RETURN_IF_ERROR(Spread(worth, functional, side));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status DraftBuilder::ValueAtWeights(const ParsedTransaction& transaction,
                                          const std::vector<std::size_t>& members,
                                          const Currency& currency, EntryDraft* draft) const {
  for (const std::size_t i : members) {
    PostingDraft& posting = draft->postings[i];
    if (posting.currency == currency.code) continue;
    const Decimal& weight = transaction.postings[i].weight.quantity;
    if (weight.MinimalScale() > currency.scale && residue_account_.empty()) {
      return At(transaction.postings[i].place, "RESIDUE",
                absl::StrCat("the cost is ", weight.ToString(), " ", currency.code, ", but ",
                             currency.code, " has ", currency.scale,
                             " decimals; name a residue account"));
    }
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal worth,
                             weight.Round(currency.scale, Rounding::kHalfEven));
    posting.functional = FunctionalAmount{worth, currency.code};
  }
  return absl::OkStatus();
}

absl::Status DraftBuilder::AddResidues(const ParsedTransaction& transaction,
                                       EntryDraft* draft) const {
  if (!transaction.residue.empty() && residue_account_.empty()) {
    const ParsedAmount& residue = transaction.residue.front();
    return At(transaction.place, "RESIDUE",
              absl::StrCat("the transaction is off balance by ", residue.quantity.ToString(), " ",
                           residue.commodity, ", within its format's tolerance; name a residue "
                           "account to book it"));
  }
  if (residue_account_.empty()) return absl::OkStatus();
  // What the functional amounts, as they will be booked, do not sum to.
  std::map<std::string, Decimal> sums;
  for (const PostingDraft& posting : draft->postings) {
    const std::string& currency =
        posting.functional.has_value() ? posting.functional->currency : posting.currency;
    const Decimal& amount =
        posting.functional.has_value() ? posting.functional->amount : posting.amount;
    LUMBUNG_ASSIGN_OR_RETURN(sums[currency], Add(sums[currency], amount));
  }
  for (const auto& [currency, sum] : sums) {
    const Currency* known = book_->FindCurrency(currency);
    // A currency that leans on a rate is balanced by the ledger itself.
    const bool leans_on_rate = known != nullptr && !known->commodity &&
                               known->id != book_->book().functional_currency;
    if (sum.IsZero() || leans_on_rate) continue;
    PostingDraft residue;
    residue.account = residue_account_;
    residue.amount = sum.Negated();
    residue.currency = currency;
    residue.memo = "tolerance residue";
    draft->postings.push_back(std::move(residue));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::import
