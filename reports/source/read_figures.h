// Reads what statements are made of: each account's figures by fund, over one period.
#ifndef LUMBUNG_REPORTS_SOURCE_READ_FIGURES_H_
#define LUMBUNG_REPORTS_SOURCE_READ_FIGURES_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/store/transaction.h"
#include "reports/model/figures.h"

namespace lumbung::reports {

struct FiguresRequest {
  // The current period first. Both ends of every range are set.
  std::vector<DateRange> periods;
  // Only what was recorded at or before this moment.
  std::optional<absl::Time> known_at;
  // Accounts of cash and bank by key, each with everything below it. Without them no figure tells
  // cash apart.
  std::vector<std::string> cash;
};

struct ReadResult {
  Figures figures;
  // Of each book: the newest entry that counts.
  std::vector<EntryId> last_entries;
};

// Of these books, in the caller's database transaction, which is Access::kReadOnly, so that all
// figures are of one view. BOOK_NOT_FOUND, FUNCTIONAL_CURRENCY_CHANGED, OVERFLOW.
absl::StatusOr<ReadResult> ReadFigures(
    store::TransactionScope& scope, const std::vector<std::shared_ptr<const BookSnapshot>>& books,
    const FiguresRequest& request);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_SOURCE_READ_FIGURES_H_
