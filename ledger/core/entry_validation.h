// The ladder of refusals that a journal entry climbs before it may be posted. Pure: draft and
// snapshot in, valid entry or the first refusal out.
#ifndef LUMBUNG_LEDGER_CORE_ENTRY_VALIDATION_H_
#define LUMBUNG_LEDGER_CORE_ENTRY_VALIDATION_H_

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/core/key.h"

namespace lumbung {

inline constexpr std::size_t kMaxPostings = 10'000;
inline constexpr std::size_t kMaxTags = 64;
inline constexpr std::size_t kMaxTextBytes = 4'096;
inline constexpr std::size_t kMaxRequestIdBytes = 128;
// Of a posting's amount and of its functional amount, decimals included: ten thousand million of
// the largest still sum to a Decimal, so that no book outgrows its own balances (INV-002).
inline constexpr int kMaxAmountDigits = 28;

struct PostingPermissions {
  // May post into soft-closed periods.
  bool adjuster = false;
};

// Checks, in this order, and refuses with these reasons; paths are relative to the entry:
//   INVALID_REQUEST_ID, UNKNOWN_SERIES, TOO_FEW_POSTINGS, TOO_MANY_POSTINGS, TEXT_TOO_LONG,
//   INVALID_TEXT,
//   then posting by posting UNKNOWN_ACCOUNT, ACCOUNT_NOT_POSTABLE, ACCOUNT_CLOSED,
//   UNKNOWN_CURRENCY, SCALE_EXCEEDED, OVERFLOW, UNKNOWN_FUND, FUND_CLOSED, UNKNOWN_DIMENSION,
//   UNKNOWN_DIMENSION_VALUE, DIMENSION_VALUE_CLOSED, DIMENSION_REQUIRED, DIMENSION_FORBIDDEN,
//   FUNCTIONAL_AMOUNT_INVALID,
//   then for the entry RATE_MISSING, OVERFLOW, UNBALANCED, FUND_UNBALANCED, PERIOD_HARD_CLOSED,
//   PERIOD_SOFT_CLOSED.
absl::StatusOr<ValidEntry> ValidateEntry(const BookSnapshot& book, const EntryDraft& draft,
                                         PostingPermissions permissions);

// The exact opposite of a posted entry, dated `effective_date`, at the same functional amounts.
EntryDraft ReversalOf(const BookSnapshot& book, const PostedEntry& original, Date effective_date);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_ENTRY_VALIDATION_H_
