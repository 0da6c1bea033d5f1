// Year-end close: posts the closing entry of a fiscal year, or puts a new one in the place of one
// that no longer fits (INV-020). Which one is in force is read from the journal itself.
#ifndef LUMBUNG_LEDGER_STORE_YEAR_END_CLOSE_H_
#define LUMBUNG_LEDGER_STORE_YEAR_END_CLOSE_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/ids.h"
#include "ledger/posting/closing_entry.h"
#include "ledger/store/transaction.h"
#include "ledger/store/transactional_posting.h"

namespace lumbung::store {

struct FiscalYearClose {
  // The closing entry in force; nothing when the year has no income or expenses.
  std::optional<PostedEntry> closing;
  // The reversal of the closing entry that it replaces.
  std::optional<PostedEntry> reversal;
  // False when nothing had changed and nothing was posted.
  bool posted = false;
  // The names in the entries resolve against this.
  std::shared_ptr<const BookSnapshot> book;
};

// Runs inside the caller's database transaction and holds the book's row lock to its end, so that
// nothing is posted between reading the balances and posting their closing entry. The reasons of
// posting::ClosingEntry and of ValidateEntry; BOOK_NOT_FOUND, ASSERTION_FAILED.
absl::StatusOr<FiscalYearClose> CloseFiscalYear(TransactionScope& scope, BookKey book,
                                                const posting::FiscalYearClosing& closing,
                                                PostingPermissions permissions,
                                                const TransactionalPoster::Options& options);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_YEAR_END_CLOSE_H_
