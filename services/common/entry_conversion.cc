#include "services/common/entry_conversion.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// Protobuf maps have no order; a draft has one, so that equal requests have equal hashes.
template <typename Map>
std::vector<std::pair<std::string, std::string>> SortedPairs(const Map& map) {
  std::vector<std::pair<std::string, std::string>> pairs(map.begin(), map.end());
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

absl::StatusOr<EntryKind> KindFromProto(ledger::v1::EntryKind kind) {
  switch (kind) {
    case ledger::v1::ENTRY_KIND_UNSPECIFIED:
    case ledger::v1::ENTRY_KIND_STANDARD:
      return EntryKind::kStandard;
    case ledger::v1::ENTRY_KIND_OPENING:
      return EntryKind::kOpening;
    case ledger::v1::ENTRY_KIND_ADJUSTING:
      return EntryKind::kAdjusting;
    default:
      return InvalidArgument(
          "INVALID_KIND", "kind",
          absl::StrCat("found ", static_cast<int>(kind),
                       "; a standard, opening or adjusting entry is written like this, a reversal "
                       "by ReverseJournalEntry and a closing entry by CloseFiscalYear"));
  }
}

absl::StatusOr<Decimal> AmountFromProto(const ledger::v1::Money& money, absl::string_view field) {
  absl::StatusOr<Decimal> amount = Decimal::Parse(money.amount());
  if (amount.ok()) return amount;
  return InvalidArgument("INVALID_AMOUNT", absl::StrCat(field, ".amount"),
                         amount.status().message());
}

absl::StatusOr<PostingDraft> PostingFromProto(const ledger::v1::Posting& posting) {
  PostingDraft draft;
  draft.account = posting.account();
  LUMBUNG_ASSIGN_OR_RETURN(draft.amount, AmountFromProto(posting.amount(), "amount"));
  draft.currency = posting.amount().currency();
  if (posting.has_functional_amount()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                             AmountFromProto(posting.functional_amount(), "functional_amount"));
    draft.functional = FunctionalAmount{amount, posting.functional_amount().currency()};
  }
  draft.fund = posting.fund();
  draft.dimensions = SortedPairs(posting.dimensions());
  draft.memo = posting.memo();
  return draft;
}

void SetMoney(const BookSnapshot& book, const Decimal& amount, CurrencyId currency,
              ledger::v1::Money* money) {
  money->set_amount(amount.ToString());
  money->set_currency(book.FindCurrency(currency)->code);
}

}  // namespace

std::string EntryName(const BookSnapshot& book, EntryId id) {
  return absl::StrCat("books/", book.book().slug, "/entries/", ToInteger(id));
}

absl::StatusOr<EntryDraft> DraftFromProto(const ledger::v1::JournalEntry& entry,
                                          absl::string_view request_id) {
  EntryDraft draft;
  absl::StatusOr<Date> date = Date::Parse(entry.effective_date());
  if (!date.ok()) {
    return InvalidArgument("INVALID_DATE", "effective_date", date.status().message());
  }
  draft.effective_date = *date;
  LUMBUNG_ASSIGN_OR_RETURN(draft.kind, KindFromProto(entry.kind()));
  const auto count = static_cast<std::size_t>(entry.postings_size());
  if (count > kMaxPostings) {
    return InvalidArgument(
        "TOO_MANY_POSTINGS", "postings",
        absl::StrCat("found ", count, "; at most ", kMaxPostings, " are allowed"));
  }
  draft.series = entry.series();
  draft.description = entry.description();
  draft.reference = entry.reference();
  draft.source = entry.source();
  draft.tags = SortedPairs(entry.tags());
  draft.request_id = std::string(request_id);
  draft.postings.reserve(count);
  for (int i = 0; i < entry.postings_size(); ++i) {
    absl::StatusOr<PostingDraft> posting = PostingFromProto(entry.postings(i));
    if (!posting.ok()) {
      return PrefixField(std::move(posting).status(), absl::StrCat("postings[", i, "]."));
    }
    draft.postings.push_back(*std::move(posting));
  }
  return draft;
}

ledger::v1::JournalEntry EntryToProto(const BookSnapshot& book, const PostedEntry& entry) {
  ledger::v1::JournalEntry out = ContentToProto(book, entry.content);
  out.set_name(EntryName(book, entry.id));
  out.set_sequence(ToInteger(entry.id));
  out.set_number(FormatEntryNumber(out.series(), entry.content.fiscal_year, entry.number));
  *out.mutable_record_time() = TimestampOf(entry.recorded_at);
  if (entry.reversed_by.has_value()) out.set_reversed_by(EntryName(book, *entry.reversed_by));
  out.set_leaf_hash(entry.leaf_hash);
  return out;
}

ledger::v1::JournalEntry ContentToProto(const BookSnapshot& book, const ValidEntry& content) {
  ledger::v1::JournalEntry out;
  out.set_series(book.FindSeries(content.series)->code);
  out.set_effective_date(content.effective_date.ToString());
  // The numbers of the API's kinds are those of the library's.
  out.set_kind(static_cast<ledger::v1::EntryKind>(content.kind));
  out.set_description(content.description);
  out.set_reference(content.reference);
  out.set_source(content.source);
  for (const auto& [key, value] : content.tags) (*out.mutable_tags())[key] = value;
  for (const ValidPosting& posting : content.postings) {
    *out.add_postings() = PostingToProto(book, posting);
  }
  if (content.reverses.has_value()) out.set_reverses(EntryName(book, *content.reverses));
  return out;
}

ledger::v1::Posting PostingToProto(const BookSnapshot& book, const ValidPosting& posting) {
  ledger::v1::Posting out;
  out.set_account(book.FindAccount(posting.account)->key);
  SetMoney(book, posting.amount, posting.currency, out.mutable_amount());
  SetMoney(book, posting.functional_amount, posting.functional_currency,
           out.mutable_functional_amount());
  out.set_fund(book.FindFund(posting.dimensions.fund)->key);
  for (const auto& [dimension_id, value_id] : posting.dimensions.members) {
    const Dimension* dimension = book.FindDimension(dimension_id);
    (*out.mutable_dimensions())[dimension->key] = book.FindValue(*dimension, value_id)->key;
  }
  out.set_memo(posting.memo);
  return out;
}

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  const std::int64_t micros = absl::ToUnixMicros(time);
  std::int64_t seconds = micros / 1'000'000;
  std::int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    --seconds;
    rest += 1'000'000;
  }
  google::protobuf::Timestamp out;
  out.set_seconds(seconds);
  out.set_nanos(static_cast<std::int32_t>(rest * 1'000));
  return out;
}

}  // namespace lumbung
