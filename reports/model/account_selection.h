// Which figures a line takes: its selectors, worked out for the accounts of each book.
#ifndef LUMBUNG_REPORTS_MODEL_ACCOUNT_SELECTION_H_
#define LUMBUNG_REPORTS_MODEL_ACCOUNT_SELECTION_H_

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "reports/model/figures.h"
#include "reports/model/statement_definition.h"

namespace lumbung::reports {

// Debits positive.
Decimal MeasureOf(const Figure& figure, Measure measure);

bool IsInClass(const Figures& figures, const Figure& figure, ClassFilter filter);

// One selector over all books. Accounts that a book does not have are none of its own.
class AccountSelection {
 public:
  AccountSelection(const Figures& figures, const Selector& selector);

  // Whether the account is one of the selector's, and its fund one of the selector's class.
  bool Takes(const Figure& figure) const;
  const Selector& selector() const { return *selector_; }
  // With the sign that the selector gives it.
  Decimal AmountOf(const Figure& figure) const;

 private:
  const Figures* figures_;
  const Selector* selector_;
  // By book.
  std::vector<absl::flat_hash_set<AccountId>> accounts_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_ACCOUNT_SELECTION_H_
