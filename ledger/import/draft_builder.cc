#include "ledger/import/draft_builder.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

using Tags = std::vector<std::pair<std::string, std::string>>;
// A posting, and what it weighs in the shared commodity.
using Share = std::pair<PostingDraft*, Decimal>;

constexpr char kFundTag[] = "fund";

absl::Status At(const Place& place, absl::string_view reason, absl::string_view message) {
  return FailedPrecondition(reason, "", absl::StrCat(place.ToString(), ": ", message));
}

// Spreads `total` over the postings of one sign, in proportion to their weights.
absl::Status Spread(const Place& place, const Decimal& total, const Currency& functional,
                    const std::vector<Share>& shares) {
  if (shares.empty()) return absl::OkStatus();
  std::vector<Decimal> weights;
  for (const Share& share : shares) weights.push_back(share.second.Abs());
  const auto parts = AllocateByLargestRemainder(total, weights, functional.scale);
  if (!parts.ok()) return At(place, ReasonOf(parts.status()), parts.status().message());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i].first->functional = FunctionalAmount{(*parts)[i], functional.code};
  }
  return absl::OkStatus();
}

bool Forbids(const BookSnapshot& book, const std::string& account, const Dimension& dimension) {
  const Account* known = book.FindAccount(account);
  if (known == nullptr) return false;
  return std::any_of(known->rules.begin(), known->rules.end(), [&](const auto& rule) {
    return rule.dimension == dimension.id && rule.requirement == DimensionRequirement::kForbidden;
  });
}

// A tag that names the fund or a dimension of the book becomes one. Those of the transaction hold
// for each posting whose account takes them; a posting's own come first.
void ApplyTags(const BookSnapshot& book, const Tags& tags, bool of_transaction,
               PostingDraft* posting) {
  for (const auto& [key, value] : tags) {
    if (key == kFundTag) {
      if (posting->fund.empty() && book.FindFund(value) != nullptr) posting->fund = value;
      continue;
    }
    const Dimension* dimension = book.FindDimension(key);
    if (dimension == nullptr || book.FindValue(*dimension, value) == nullptr) continue;
    if (of_transaction && Forbids(book, posting->account, *dimension)) continue;
    const bool present =
        std::any_of(posting->dimensions.begin(), posting->dimensions.end(),
                    [&known = key](const auto& member) { return member.first == known; });
    if (!present) posting->dimensions.emplace_back(key, value);
  }
}

void AppendToMemo(absl::string_view key, absl::string_view value, std::string* memo) {
  absl::StrAppend(memo, memo->empty() ? "" : ", ", key, ":", value.empty() ? "" : " ", value);
}

// The comment, and the tags that do not stand in it.
std::string MemoOf(const ParsedPosting& posting) {
  std::string memo = posting.comment;
  for (const auto& [key, value] : posting.tags) {
    if (!absl::StrContains(posting.comment, key)) AppendToMemo(key, value, &memo);
  }
  if (posting.status != ' ') AppendToMemo("status", std::string(1, posting.status), &memo);
  return memo;
}

Tags TagsOf(const ParsedTransaction& transaction) {
  std::map<std::string, std::string> tags;
  const auto add = [&tags](const std::string& key, const std::string& value) {
    std::string& text = tags[key];
    absl::StrAppend(&text, text.empty() || value.empty() ? "" : ", ", value);
  };
  for (const auto& [key, value] : transaction.tags) add(key, value);
  if (!transaction.comment.empty()) add("comment", transaction.comment);
  if (transaction.status != ' ') add("status", std::string(1, transaction.status));
  return Tags(tags.begin(), tags.end());
}

}  // namespace

absl::StatusOr<EntryDraft> DraftBuilder::Build(const ParsedTransaction& transaction) const {
  EntryDraft draft;
  draft.effective_date = transaction.date;
  draft.series = kImportSeries;
  draft.source = options_.source;
  draft.reference = transaction.code;
  draft.description = transaction.payee.empty()
                          ? transaction.description
                          : absl::StrCat(transaction.payee, " | ", transaction.description);
  draft.tags = TagsOf(transaction);
  for (const ParsedPosting& parsed : transaction.postings) {
    draft.postings.push_back(PostingOf(transaction, parsed));
  }
  LUMBUNG_RETURN_IF_ERROR(ValueGroups(transaction, &draft));
  LUMBUNG_RETURN_IF_ERROR(AddResidues(transaction, &draft));
  return draft;
}

PostingDraft DraftBuilder::PostingOf(const ParsedTransaction& transaction,
                                     const ParsedPosting& parsed) const {
  PostingDraft posting;
  const auto key = options_.account_keys.find(parsed.account);
  posting.account = key == options_.account_keys.end() ? parsed.account : key->second;
  posting.amount = parsed.amount.quantity;
  posting.currency = names_->CodeOf(parsed.amount.commodity);
  posting.memo = MemoOf(parsed);
  ApplyTags(*book_, parsed.tags, false, &posting);
  ApplyTags(*book_, transaction.tags, true, &posting);
  return posting;
}

absl::Status DraftBuilder::ValueGroups(const ParsedTransaction& transaction,
                                       EntryDraft* draft) const {
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < transaction.postings.size(); ++i) {
    const std::string code = names_->CodeOf(transaction.postings[i].weight.commodity);
    groups[{code, draft->postings[i].fund}].push_back(i);
  }
  for (const auto& [key, members] : groups) {
    const Currency* weight_currency = book_->FindCurrency(key.first);
    if (weight_currency == nullptr) {
      return At(transaction.place, "UNKNOWN_CURRENCY",
                absl::StrCat("the book has no currency '", key.first, "'"));
    }
    LUMBUNG_RETURN_IF_ERROR(ValueGroup(transaction, *weight_currency, members, draft));
  }
  return absl::OkStatus();
}

absl::Status DraftBuilder::ValueGroup(const ParsedTransaction& transaction,
                                      const Currency& weight_currency,
                                      const std::vector<std::size_t>& members,
                                      EntryDraft* draft) const {
  if (weight_currency.id == functional().id) {
    return ValueAtWeights(transaction, members, weight_currency, draft);
  }
  const bool has_functional =
      std::any_of(members.begin(), members.end(), [&](const std::size_t i) {
        return draft->postings[i].currency == functional().code;
      });
  if (has_functional) return ValueAtExchange(transaction, members, draft);
  if (weight_currency.commodity) {
    return ValueAtWeights(transaction, members, weight_currency, draft);
  }
  return ValueAtRate(transaction, members, weight_currency, draft);
}

absl::Status DraftBuilder::ValueAtWeights(const ParsedTransaction& transaction,
                                          const std::vector<std::size_t>& members,
                                          const Currency& currency, EntryDraft* draft) const {
  for (const std::size_t i : members) {
    PostingDraft& posting = draft->postings[i];
    if (posting.currency == currency.code) continue;
    const Decimal& weight = transaction.postings[i].weight.quantity;
    if (weight.MinimalScale() > currency.scale && options_.residue_account.empty()) {
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

absl::Status DraftBuilder::ValueAtExchange(const ParsedTransaction& transaction,
                                           const std::vector<std::size_t>& members,
                                           EntryDraft* draft) const {
  Decimal stated;
  std::vector<Share> debits, credits;
  for (const std::size_t i : members) {
    PostingDraft& posting = draft->postings[i];
    const Decimal& weight = transaction.postings[i].weight.quantity;
    if (posting.currency == functional().code) {
      LUMBUNG_ASSIGN_OR_RETURN(stated, Add(stated, posting.amount));
    } else if (weight.IsZero()) {
      posting.functional = FunctionalAmount{Decimal(), functional().code};
    } else {
      (weight.IsNegative() ? credits : debits).emplace_back(&posting, weight);
    }
  }
  if (!debits.empty() && !credits.empty()) {
    return At(transaction.place, "FUNCTIONAL_AMOUNT_INVALID",
              "amounts of both signs share one exchange; split the transaction");
  }
  return Spread(transaction.place, stated.Negated(), functional(),
                debits.empty() ? credits : debits);
}

absl::Status DraftBuilder::ValueAtRate(const ParsedTransaction& transaction,
                                       const std::vector<std::size_t>& members,
                                       const Currency& currency, EntryDraft* draft) const {
  const ExchangeRate* rate =
      book_->FindRate(currency.id, functional().id, transaction.date);
  if (rate == nullptr) {
    return At(transaction.place, "RATE_MISSING",
              absl::StrCat("no rate of ", currency.code, " in ", functional().code,
                           " on or before ", transaction.date.ToString()));
  }
  for (const int sign : {1, -1}) {
    Decimal total;
    std::vector<Share> shares;
    for (const std::size_t i : members) {
      const Decimal& weight = transaction.postings[i].weight.quantity;
      if (weight.IsZero()) {
        draft->postings[i].functional = FunctionalAmount{Decimal(), functional().code};
      }
      if (weight.Sign() != sign) continue;
      LUMBUNG_ASSIGN_OR_RETURN(total, Add(total, weight));
      shares.emplace_back(&draft->postings[i], weight);
    }
    LUMBUNG_ASSIGN_OR_RETURN(
        const Decimal worth,
        Multiply(total, rate->rate, functional().scale, Rounding::kHalfEven));
    LUMBUNG_RETURN_IF_ERROR(Spread(transaction.place, worth, functional(), shares));
  }
  return absl::OkStatus();
}

absl::Status DraftBuilder::AddResidues(const ParsedTransaction& transaction,
                                       EntryDraft* draft) const {
  if (options_.residue_account.empty()) {
    if (transaction.residue.empty()) return absl::OkStatus();
    const ParsedAmount& residue = transaction.residue.front();
    return At(transaction.place, "RESIDUE",
              absl::StrCat("the transaction is off balance by ", residue.quantity.ToString(), " ",
                           residue.commodity, ", within its format's tolerance; name a residue "
                           "account to book it"));
  }
  // What the functional amounts, as they will be booked, do not sum to.
  std::map<std::string, std::map<std::string, Decimal>> sums;  // By currency, then fund.
  for (const PostingDraft& posting : draft->postings) {
    const std::string& currency =
        posting.functional.has_value() ? posting.functional->currency : posting.currency;
    Decimal& sum = sums[currency][posting.fund];
    LUMBUNG_ASSIGN_OR_RETURN(
        sum, Add(sum, posting.functional.has_value() ? posting.functional->amount
                                                     : posting.amount));
  }
  for (const auto& [currency, by_fund] : sums) {
    // Funds that lend to each other balance in total; that is not a residue, and is refused later.
    Decimal total;
    for (const auto& [fund, sum] : by_fund) {
      LUMBUNG_ASSIGN_OR_RETURN(total, Add(total, sum));
    }
    if (total.IsZero()) continue;
    for (const auto& [fund, sum] : by_fund) {
      if (sum.IsZero()) continue;
      PostingDraft residue;
      residue.account = options_.residue_account;
      residue.amount = sum.Negated();
      residue.currency = currency;
      residue.fund = fund;
      residue.memo = "tolerance residue";
      draft->postings.push_back(std::move(residue));
    }
  }
  return absl::OkStatus();
}

}  // namespace lumbung::import
