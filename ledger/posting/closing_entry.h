// The year-end closing entry: moves the balances of income and expenses of a fiscal year to net
// assets, per fund and dimension set (INV-020). Pure; ledger/store/year_end_close.h posts it.
#ifndef LUMBUNG_LEDGER_POSTING_CLOSING_ENTRY_H_
#define LUMBUNG_LEDGER_POSTING_CLOSING_ENTRY_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/core/balance.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"

namespace lumbung::posting {

struct FiscalYearClosing {
  int fiscal_year = 0;
  // Keys of the net asset accounts that receive the surplus of funds without and with restriction;
  // one that is not needed may be empty.
  std::string unrestricted_account;
  std::string restricted_account;
};

// The closing entry that the turnover asks for, or nothing when income and expenses are nil
// already. `turnover` is that of the whole fiscal year, told apart by dimensions; other accounts in
// it are ignored. `in_force`, when there is one, is the closing entry that is part of the turnover:
// the answer is what should stand in its place. Without request_id.
//
// UNKNOWN_ACCOUNT and TYPE_MISMATCH (at `unrestricted_account` or `restricted_account`);
// AGENCY_FUND_INCOME when a fund that is held for others has income or expenses; OVERFLOW.
absl::StatusOr<std::optional<EntryDraft>> ClosingEntry(const BookSnapshot& book,
                                                       const FiscalYearClosing& closing,
                                                       absl::Span<const BalanceRow> turnover,
                                                       const PostedEntry* in_force);

// Whether the posted entry says just what the draft says, in whatever order of postings.
bool HasSamePostings(const BookSnapshot& book, const EntryDraft& draft, const PostedEntry& entry);

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_CLOSING_ENTRY_H_
