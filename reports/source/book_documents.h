// The book itself as documents: trial balance, general ledger, journal. Rows go to the writer as
// they are read, so that memory does not grow with postings; nothing is left out, however long.
//
// Amounts are in the functional currency. Each document says below itself what must agree.
#ifndef LUMBUNG_REPORTS_SOURCE_BOOK_DOCUMENTS_H_
#define LUMBUNG_REPORTS_SOURCE_BOOK_DOCUMENTS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/store/transaction.h"
#include "reports/model/document.h"

namespace lumbung::reports {

struct BookDocumentRequest {
  std::shared_ptr<const BookSnapshot> book;
  // Both ends are set.
  DateRange period;
  // Of a general ledger or register; all when empty.
  std::vector<AccountId> accounts;
  // Not of a journal.
  std::optional<FundId> fund;
  DocumentFrame frame;
};

// Each in the caller's database transaction, which is Access::kReadOnly.
// FUNCTIONAL_CURRENCY_CHANGED, OVERFLOW, and what the writer refuses.

// Opening balance, turnover and closing balance of every account that has any, by the chart's tree.
absl::Status WriteTrialBalance(store::TransactionScope& scope, const BookDocumentRequest& request,
                               DocumentWriter& writer);
// The postings of each account by date, with the running balance.
absl::Status WriteGeneralLedger(store::TransactionScope& scope, const BookDocumentRequest& request,
                                DocumentWriter& writer);
// The same, and at each posting the other accounts of its entry.
absl::Status WriteAccountRegister(store::TransactionScope& scope,
                                  const BookDocumentRequest& request, DocumentWriter& writer);
// Every entry by date, with all its postings.
absl::Status WriteJournal(store::TransactionScope& scope, const BookDocumentRequest& request,
                          DocumentWriter& writer);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_SOURCE_BOOK_DOCUMENTS_H_
