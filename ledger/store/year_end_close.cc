#include "ledger/store/year_end_close.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/date.h"
#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/journal_query.h"

namespace lumbung::store {
namespace {

constexpr char kReversalSeries[] = "JB";

// The turnover of the fiscal year, closing entries included.
absl::StatusOr<std::vector<BalanceRow>> YearTurnover(TransactionScope& scope,
                                                     const BookSnapshot& book, int fiscal_year) {
  const int start_month = book.book().fiscal_year_start_month;
  BalanceFilter filter;
  filter.dates = {FiscalYearStart(fiscal_year, start_month),
                  FiscalYearEnd(fiscal_year, start_month)};
  filter.by_dimensions = true;
  LUMBUNG_ASSIGN_OR_RETURN(Balances balances, ReadBalances(scope, book.book().key, filter));
  return std::move(balances.rows);
}

absl::StatusOr<std::optional<PostedEntry>> ReadInForce(TransactionScope& scope, BookKey book,
                                                       int fiscal_year) {
  std::optional<PostedEntry> entry;
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<EntryId> id,
                           FindClosingEntry(scope, book, fiscal_year));
  if (!id.has_value()) return entry;
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<PostedEntry> read, ReadEntriesIn(scope, book, {*id}));
  entry = std::move(read.front());
  return entry;
}

EntryDraft ReversalDraft(const BookSnapshot& book, const PostedEntry& in_force,
                         const std::string& request_id) {
  EntryDraft draft = ReversalOf(book, in_force, in_force.content.effective_date);
  draft.series = kReversalSeries;
  draft.description = absl::StrCat("Pembalikan (reversal of) ", in_force.content.description);
  draft.request_id = absl::StrCat(request_id, "-reversal");
  return draft;
}

// The refusal of an entry that the caller did not write: its place in our batch means nothing to
// him.
absl::Status WithoutPlace(const absl::Status& status) {
  return Refusal(status.code(), ReasonOf(status), "fiscal_year", status.message());
}

}  // namespace

absl::StatusOr<FiscalYearClose> CloseFiscalYear(TransactionScope& scope, BookKey book,
                                                const posting::FiscalYearClosing& closing,
                                                PostingPermissions permissions,
                                                const TransactionalPoster::Options& options) {
  LUMBUNG_ASSIGN_OR_RETURN(TransactionalPoster poster,
                           TransactionalPoster::Open(scope, book, options));
  FiscalYearClose result;
  result.book = poster.shared_book();
  LUMBUNG_ASSIGN_OR_RETURN(std::optional<PostedEntry> in_force,
                           ReadInForce(scope, book, closing.fiscal_year));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<BalanceRow> turnover,
                           YearTurnover(scope, *result.book, closing.fiscal_year));
  LUMBUNG_ASSIGN_OR_RETURN(std::optional<EntryDraft> wanted,
                           posting::ClosingEntry(*result.book, closing, turnover,
                                                 in_force.has_value() ? &*in_force : nullptr));
  const bool fits = wanted.has_value() && in_force.has_value() &&
                    posting::HasSamePostings(*result.book, *wanted, *in_force);
  if (fits || (!wanted.has_value() && !in_force.has_value())) {
    result.closing = std::move(in_force);
    return result;
  }

  const std::string request_id =
      absl::StrCat("close-", closing.fiscal_year, "-", poster.head().last_entry_id);
  std::vector<EntryDraft> drafts;
  if (in_force.has_value()) {
    drafts.push_back(ReversalDraft(*result.book, *in_force, request_id));
  }
  if (wanted.has_value()) {
    wanted->request_id = request_id;
    drafts.push_back(*std::move(wanted));
  }
  absl::StatusOr<std::vector<PostedEntry>> posted = poster.Post(drafts, permissions);
  if (!posted.ok()) return WithoutPlace(posted.status());
  LUMBUNG_RETURN_IF_ERROR(poster.Finish());
  for (PostedEntry& entry : *posted) {
    const bool reverses = entry.content.kind == EntryKind::kReversal;
    (reverses ? result.reversal : result.closing) = std::move(entry);
  }
  result.posted = true;
  return result;
}

}  // namespace lumbung::store
