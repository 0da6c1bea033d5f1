#include "ledger/core/entry_validation.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

constexpr char kDefaultSeries[] = "JU";

std::string PostingPath(std::size_t index, absl::string_view field) {
  return absl::StrCat("postings[", index, "]", field.empty() ? "" : ".", field);
}

absl::Status CheckRequestId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxRequestIdBytes) {
    return InvalidArgument("INVALID_REQUEST_ID", "request_id",
                           absl::StrCat("found ", id.size(), " characters; 1 to ",
                                        kMaxRequestIdBytes, " are allowed"));
  }
  for (const char c : id) {
    if (c < 0x21 || c > 0x7e) {
      return InvalidArgument("INVALID_REQUEST_ID", "request_id",
                             "only printable ASCII characters without blanks are allowed");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckText(absl::string_view text, std::size_t limit, absl::string_view field) {
  if (text.size() > limit) {
    return InvalidArgument(
        "TEXT_TOO_LONG", field,
        absl::StrCat("found ", text.size(), " bytes; at most ", limit, " are allowed"));
  }
  if (text.find('\0') != absl::string_view::npos) {
    return InvalidArgument("INVALID_TEXT", field, "a text must not contain a NUL character");
  }
  return absl::OkStatus();
}

absl::Status CheckShape(const EntryDraft& draft) {
  if (draft.postings.size() < 2) {
    return InvalidArgument(
        "TOO_FEW_POSTINGS", "postings",
        absl::StrCat("found ", draft.postings.size(), "; an entry has at least 2 postings"));
  }
  if (draft.postings.size() > kMaxPostings) {
    return InvalidArgument("TOO_MANY_POSTINGS", "postings",
                           absl::StrCat("found ", draft.postings.size(), "; at most ", kMaxPostings,
                                        " are allowed"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckText(draft.description, kMaxTextBytes, "description"));
  LUMBUNG_RETURN_IF_ERROR(CheckText(draft.reference, kMaxKeyBytes, "reference"));
  LUMBUNG_RETURN_IF_ERROR(CheckText(draft.source, kMaxKeyBytes, "source"));
  if (draft.tags.size() > kMaxTags) {
    return InvalidArgument(
        "TEXT_TOO_LONG", "tags",
        absl::StrCat("found ", draft.tags.size(), " tags; at most ", kMaxTags, " are allowed"));
  }
  for (const auto& [key, value] : draft.tags) {
    LUMBUNG_RETURN_IF_ERROR(CheckText(key, kMaxKeyBytes, "tags"));
    LUMBUNG_RETURN_IF_ERROR(CheckText(value, kMaxTextBytes, "tags"));
  }
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    LUMBUNG_RETURN_IF_ERROR(
        CheckText(draft.postings[i].memo, kMaxTextBytes, PostingPath(i, "memo")));
  }
  return absl::OkStatus();
}

absl::StatusOr<const Account*> ResolveAccount(const BookSnapshot& book, const std::string& key,
                                              std::size_t index) {
  const Account* account = book.FindAccount(key);
  if (account == nullptr) {
    return NotFound("UNKNOWN_ACCOUNT", PostingPath(index, "account"),
                    absl::StrCat("the book has no account '", key, "'"));
  }
  if (!account->postable) {
    return InvalidArgument("ACCOUNT_NOT_POSTABLE", PostingPath(index, "account"),
                           absl::StrCat("'", key, "' is a header; post to one of its accounts"));
  }
  if (account->closed) {
    return FailedPrecondition("ACCOUNT_CLOSED", PostingPath(index, "account"),
                              absl::StrCat("'", key, "' is closed"));
  }
  return account;
}

constexpr int128 AmountLimit() {
  int128 limit = 1;
  for (int i = 0; i < kMaxAmountDigits; ++i) limit *= 10;
  return limit;
}

absl::Status TooLarge(const Decimal& amount, const std::string& path) {
  return InvalidArgument("OVERFLOW", path,
                         absl::StrCat("found ", amount.ToString(), "; an amount has at most ",
                                      kMaxAmountDigits, " digits, decimals included"));
}

// The amount at the currency's own scale, or why it does not fit.
absl::StatusOr<Decimal> AtCurrencyScale(const Decimal& amount, const Currency& currency,
                                        const std::string& path) {
  if (amount.MinimalScale() > currency.scale) {
    return InvalidArgument("SCALE_EXCEEDED", path,
                           absl::StrCat("found ", amount.ToString(), "; ", currency.code,
                                        " has at most ", currency.scale, " decimals"));
  }
  absl::StatusOr<Decimal> scaled = amount.WithScale(currency.scale);
  if (!scaled.ok() || scaled->Abs().units() >= AmountLimit()) return TooLarge(amount, path);
  return scaled;
}

absl::StatusOr<DimensionSet> ResolveDimensions(const BookSnapshot& book, const PostingDraft& draft,
                                               const Account& account, std::size_t index) {
  DimensionSet set;
  const Fund* fund =
      draft.fund.empty() ? book.FindFund(book.book().default_fund) : book.FindFund(draft.fund);
  if (fund == nullptr) {
    return NotFound("UNKNOWN_FUND", PostingPath(index, "fund"),
                    absl::StrCat("the book has no fund '", draft.fund, "'"));
  }
  if (fund->closed) {
    return FailedPrecondition("FUND_CLOSED", PostingPath(index, "fund"),
                              absl::StrCat("fund '", fund->key, "' is closed"));
  }
  set.fund = fund->id;
  for (const auto& [dimension_key, value_key] : draft.dimensions) {
    const std::string path = PostingPath(index, absl::StrCat("dimensions[", dimension_key, "]"));
    const Dimension* dimension = book.FindDimension(dimension_key);
    if (dimension == nullptr) {
      return NotFound("UNKNOWN_DIMENSION", path,
                      absl::StrCat("the book has no dimension '", dimension_key, "'"));
    }
    const DimensionValue* value = book.FindValue(*dimension, value_key);
    if (value == nullptr) {
      return NotFound(
          "UNKNOWN_DIMENSION_VALUE", path,
          absl::StrCat("dimension '", dimension_key, "' has no value '", value_key, "'"));
    }
    if (value->closed) {
      return FailedPrecondition(
          "DIMENSION_VALUE_CLOSED", path,
          absl::StrCat("value '", value_key, "' of dimension '", dimension_key, "' is closed"));
    }
    set.members.emplace_back(dimension->id, value->id);
  }
  std::sort(set.members.begin(), set.members.end());
  for (const AccountDimensionRule& rule : account.rules) {
    const bool present =
        std::any_of(set.members.begin(), set.members.end(),
                    [&](const auto& member) { return member.first == rule.dimension; });
    const std::string& name = book.FindDimension(rule.dimension)->key;
    if (rule.requirement == DimensionRequirement::kRequired && !present) {
      return InvalidArgument(
          "DIMENSION_REQUIRED", PostingPath(index, "dimensions"),
          absl::StrCat("account '", account.key, "' requires dimension '", name, "'"));
    }
    if (rule.requirement == DimensionRequirement::kForbidden && present) {
      return InvalidArgument(
          "DIMENSION_FORBIDDEN", PostingPath(index, absl::StrCat("dimensions[", name, "]")),
          absl::StrCat("account '", account.key, "' does not take dimension '", name, "'"));
    }
  }
  return set;
}

// Fills the functional amount where the draft states it or where it follows without a rate. Returns
// whether it did.
absl::StatusOr<bool> ResolveFunctional(const BookSnapshot& book, const PostingDraft& draft,
                                       const Currency& currency, std::size_t index,
                                       ValidPosting* posting) {
  const CurrencyId functional = book.book().functional_currency;
  if (!draft.functional.has_value()) {
    if (currency.id != functional && !currency.commodity) return false;
    posting->functional_currency = currency.id;
    posting->functional_amount = posting->amount;
    return true;
  }
  const std::string path = PostingPath(index, "functional_amount");
  const Currency* stated = book.FindCurrency(draft.functional->currency);
  if (stated == nullptr) {
    return NotFound("UNKNOWN_CURRENCY", path,
                    absl::StrCat("the book has no currency '", draft.functional->currency, "'"));
  }
  if (stated->id != functional && !(currency.commodity && stated->commodity)) {
    return InvalidArgument("FUNCTIONAL_AMOUNT_INVALID", path,
                           absl::StrCat("found ", stated->code, "; a posting in ", currency.code,
                                        " is valued in ", book.FindCurrency(functional)->code));
  }
  LUMBUNG_ASSIGN_OR_RETURN(posting->functional_amount,
                           AtCurrencyScale(draft.functional->amount, *stated, path));
  posting->functional_currency = stated->id;
  if (stated->id == currency.id && posting->functional_amount != posting->amount) {
    return InvalidArgument(
        "FUNCTIONAL_AMOUNT_INVALID", path,
        absl::StrCat("found ", posting->functional_amount.ToString(), " for an amount of ",
                     posting->amount.ToString(), " in the same currency"));
  }
  if (posting->functional_amount.Sign() * posting->amount.Sign() < 0) {
    return InvalidArgument("FUNCTIONAL_AMOUNT_INVALID", path,
                           "an amount and its functional amount have opposite signs");
  }
  return true;
}

// Values the postings of one currency and fund that lean on a rate. Debits and credits are
// converted as totals, half to even, and spread by largest remainder, so that what sums to zero
// before conversion sums to zero after it (INV-007).
absl::Status ConvertGroup(const ExchangeRate& rate, const Currency& functional,
                          const std::vector<ValidPosting*>& group) {
  for (const int side : {1, -1}) {
    std::vector<ValidPosting*> members;
    std::vector<Decimal> weights;
    for (ValidPosting* posting : group) {
      if (posting->amount.Sign() != side) continue;
      members.push_back(posting);
      weights.push_back(posting->amount.Abs());
    }
    if (members.empty()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal total, Sum(weights));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal converted,
                             Multiply(total, rate.rate, functional.scale, Rounding::kHalfEven));
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Decimal> parts,
                             AllocateByLargestRemainder(converted, weights, functional.scale));
    for (std::size_t i = 0; i < members.size(); ++i) {
      members[i]->functional_amount = side > 0 ? parts[i] : parts[i].Negated();
    }
  }
  return absl::OkStatus();
}

absl::Status ConvertByRate(const BookSnapshot& book, Date date, std::vector<ValidPosting>& postings,
                           const std::vector<std::size_t>& unvalued) {
  const Currency& functional = *book.FindCurrency(book.book().functional_currency);
  std::map<std::pair<CurrencyId, FundId>, std::vector<ValidPosting*>> groups;
  for (const std::size_t index : unvalued) {
    ValidPosting& posting = postings[index];
    posting.functional_currency = functional.id;
    LUMBUNG_ASSIGN_OR_RETURN(posting.functional_amount,
                             Decimal::FromInteger(0).WithScale(functional.scale));
    if (book.FindRate(posting.currency, functional.id, date) == nullptr) {
      return FailedPrecondition(
          "RATE_MISSING", PostingPath(index, "functional_amount"),
          absl::StrCat("no rate of ", book.FindCurrency(posting.currency)->code, " in ",
                       functional.code, " on or before ", date.ToString(),
                       "; add one or state the functional amount"));
    }
    groups[{posting.currency, posting.dimensions.fund}].push_back(&posting);
  }
  for (const auto& [key, group] : groups) {
    absl::Status converted =
        ConvertGroup(*book.FindRate(key.first, functional.id, date), functional, group);
    if (!converted.ok()) return PrefixField(std::move(converted), "postings");
  }
  for (const std::size_t index : unvalued) {
    const Decimal& amount = postings[index].functional_amount;
    if (amount.Abs().units() < AmountLimit()) continue;
    return TooLarge(amount, PostingPath(index, "functional_amount"));
  }
  return absl::OkStatus();
}

absl::Status CheckBalanced(const BookSnapshot& book, const std::vector<ValidPosting>& postings) {
  std::map<CurrencyId, Decimal> totals;
  std::map<std::pair<CurrencyId, FundId>, Decimal> fund_totals;
  for (const ValidPosting& posting : postings) {
    for (Decimal* total :
         {&totals[posting.functional_currency],
          &fund_totals[{posting.functional_currency, posting.dimensions.fund}]}) {
      LUMBUNG_ASSIGN_OR_RETURN(*total, Add(*total, posting.functional_amount));
    }
  }
  for (const auto& [currency, total] : totals) {
    if (total.IsZero()) continue;
    return InvalidArgument(
        "UNBALANCED", "postings",
        absl::StrCat(total.IsNegative() ? "credits exceed debits by " : "debits exceed credits by ",
                     total.Abs().ToString(), " ", book.FindCurrency(currency)->code));
  }
  for (const auto& [key, total] : fund_totals) {
    if (total.IsZero()) continue;
    return InvalidArgument(
        "FUND_UNBALANCED", "postings",
        absl::StrCat("in fund '", book.FindFund(key.second)->key, "' ",
                     total.IsNegative() ? "credits exceed debits by " : "debits exceed credits by ",
                     total.Abs().ToString(), " ", book.FindCurrency(key.first)->code,
                     "; an entry balances in each of its funds"));
  }
  return absl::OkStatus();
}

absl::Status CheckPeriod(const BookSnapshot& book, Date date, PostingPermissions permissions) {
  switch (book.PeriodStateOf(date)) {
    case PeriodState::kOpen:
      return absl::OkStatus();
    case PeriodState::kSoftClosed:
      if (permissions.adjuster) return absl::OkStatus();
      return FailedPrecondition("PERIOD_SOFT_CLOSED", "effective_date",
                                absl::StrCat(date.ToString(),
                                             " is in a soft-closed period; only an adjuster posts "
                                             "there"));
    case PeriodState::kHardClosed:
      return FailedPrecondition(
          "PERIOD_HARD_CLOSED", "effective_date",
          absl::StrCat(date.ToString(), " is hard-closed; the book is closed through ",
                       book.HardClosedThrough()->ToString()));
  }
  return absl::InternalError("unknown period state");
}

}  // namespace

absl::StatusOr<ValidEntry> ValidateEntry(const BookSnapshot& book, const EntryDraft& draft,
                                         PostingPermissions permissions) {
  LUMBUNG_RETURN_IF_ERROR(CheckRequestId(draft.request_id));
  const Series* series = book.FindSeries(draft.series.empty() ? kDefaultSeries : draft.series);
  if (series == nullptr) {
    return NotFound("UNKNOWN_SERIES", "series",
                    absl::StrCat("the book has no number series '", draft.series, "'"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckShape(draft));

  ValidEntry entry;
  entry.postings.reserve(draft.postings.size());
  std::vector<std::size_t> by_rate;
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    const PostingDraft& posting_draft = draft.postings[i];
    LUMBUNG_ASSIGN_OR_RETURN(const Account* account,
                             ResolveAccount(book, posting_draft.account, i));
    const Currency* currency = book.FindCurrency(posting_draft.currency);
    if (currency == nullptr) {
      return NotFound("UNKNOWN_CURRENCY", PostingPath(i, "amount.currency"),
                      absl::StrCat("the book has no currency '", posting_draft.currency, "'"));
    }
    ValidPosting posting;
    posting.account = account->id;
    posting.currency = currency->id;
    posting.memo = posting_draft.memo;
    LUMBUNG_ASSIGN_OR_RETURN(posting.amount, AtCurrencyScale(posting_draft.amount, *currency,
                                                             PostingPath(i, "amount.amount")));
    LUMBUNG_ASSIGN_OR_RETURN(posting.dimensions,
                             ResolveDimensions(book, posting_draft, *account, i));
    LUMBUNG_ASSIGN_OR_RETURN(const bool valued,
                             ResolveFunctional(book, posting_draft, *currency, i, &posting));
    if (!valued) by_rate.push_back(i);
    entry.postings.push_back(std::move(posting));
  }
  LUMBUNG_RETURN_IF_ERROR(ConvertByRate(book, draft.effective_date, entry.postings, by_rate));
  LUMBUNG_RETURN_IF_ERROR(CheckBalanced(book, entry.postings));
  LUMBUNG_RETURN_IF_ERROR(CheckPeriod(book, draft.effective_date, permissions));

  entry.effective_date = draft.effective_date;
  entry.fiscal_year = FiscalYearOf(draft.effective_date, book.book().fiscal_year_start_month);
  entry.kind = draft.kind;
  entry.series = series->id;
  entry.description = draft.description;
  entry.reference = draft.reference;
  entry.source = draft.source;
  entry.tags = draft.tags;
  std::sort(entry.tags.begin(), entry.tags.end());
  entry.request_id = draft.request_id;
  entry.reverses = draft.reverses;
  entry.adjuster = permissions.adjuster;
  return entry;
}

EntryDraft ReversalOf(const BookSnapshot& book, const PostedEntry& original, Date effective_date) {
  EntryDraft draft;
  draft.effective_date = effective_date;
  draft.kind = EntryKind::kReversal;
  draft.reverses = original.id;
  draft.reference = original.content.reference;
  draft.source = original.content.source;
  for (const ValidPosting& posting : original.content.postings) {
    PostingDraft mirror;
    mirror.account = book.FindAccount(posting.account)->key;
    mirror.amount = posting.amount.Negated();
    mirror.currency = book.FindCurrency(posting.currency)->code;
    mirror.functional = FunctionalAmount{posting.functional_amount.Negated(),
                                         book.FindCurrency(posting.functional_currency)->code};
    mirror.fund = book.FindFund(posting.dimensions.fund)->key;
    for (const auto& [dimension_id, value_id] : posting.dimensions.members) {
      const Dimension* dimension = book.FindDimension(dimension_id);
      mirror.dimensions.emplace_back(dimension->key, book.FindValue(*dimension, value_id)->key);
    }
    mirror.memo = posting.memo;
    draft.postings.push_back(std::move(mirror));
  }
  return draft;
}

}  // namespace lumbung
