#include "services/vouchers/store/voucher_posting.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/transactional_posting.h"
#include "services/vouchers/domain/voucher_entry.h"
#include "services/vouchers/domain/voucher_moves.h"
#include "services/vouchers/store/number_store.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::vouchers {
namespace {

absl::StatusOr<VoucherNumber> TakeNumber(store::TransactionScope& scope, const BookSnapshot& book,
                                         const VoucherContent& content) {
  const BookKey key = book.book().key;
  LUMBUNG_ASSIGN_OR_RETURN(const NumberSeries series, FindSeries(scope, key, content));
  LUMBUNG_ASSIGN_OR_RETURN(const NumberPattern pattern,
                           NumberPattern::Parse(series.pattern, series.reset));
  VoucherNumber number;
  number.series = series.key;
  number.period = NumberPeriod(content.date, series.reset);
  number.sequence = NextNumber(scope, key, number.series, number.period);
  LUMBUNG_ASSIGN_OR_RETURN(
      number.text,
      pattern.Format(content, book.FindFund(book.book().default_fund)->key, number.sequence));
  if (IsNumberTaken(scope, key, number.text)) {
    return FailedPrecondition(
        "NUMBER_TAKEN", "series",
        absl::StrCat("number ", number.text, " is given already; the pattern of series ",
                     series.key, " is not told apart from another one's"));
  }
  return number;
}

// The refusal of the entry, told of the voucher.
absl::Status AboutVoucher(const absl::Status& refused) {
  std::string field = FieldOf(refused);
  if (absl::StartsWith(field, "[0].")) field = field.substr(4);
  if (field == "effective_date") field = "date";
  return Refusal(refused.code(), ReasonOf(refused), field, refused.message());
}

}  // namespace

absl::Status CheckValue(const Voucher& voucher, const Decimal& now_worth) {
  if (voucher.amount.has_value() && *voucher.amount == now_worth) return absl::OkStatus();
  return FailedPrecondition(
      "VALUE_CHANGED", "amount",
      absl::StrCat("the voucher was submitted when it was worth ",
                   voucher.amount.has_value() ? voucher.amount->ToString() : "nothing",
                   " and is now worth ", now_worth.ToString(), "; revise and submit it again"));
}

absl::Status PostVoucher(store::TransactionScope& scope, const BookSnapshot& book,
                         const Caller& caller, const PostingTools& tools, Voucher* voucher) {
  LUMBUNG_ASSIGN_OR_RETURN(voucher->state, Move(voucher->state, VoucherAction::kPost));
  LUMBUNG_ASSIGN_OR_RETURN(VoucherNumber number, TakeNumber(scope, book, voucher->content));
  const BookKey key = book.book().key;
  LUMBUNG_ASSIGN_OR_RETURN(
      store::TransactionalPoster poster,
      store::TransactionalPoster::Open(scope, key, {false, tools.now, tools.random_bytes}));
  // The book as it stands under its lock may differ from the one the caller read.
  const PostingPermissions permissions{caller.adjuster};
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherFacts facts,
                           CheckVoucher(poster.book(), voucher->content, permissions));
  LUMBUNG_RETURN_IF_ERROR(CheckValue(*voucher, facts.amount));
  const std::string name = VoucherName(book.book().slug, voucher->id);
  const absl::StatusOr<std::vector<PostedEntry>> posted =
      poster.Post({EntryOf(voucher->content, name, number.text)}, permissions);
  if (!posted.ok()) return AboutVoucher(posted.status());
  voucher->number = std::move(number);
  voucher->entry = posted->front().id;
  return SaveVoucher(scope, key, VoucherAction::kPost, caller.person, "", voucher);
}

}  // namespace lumbung::vouchers
