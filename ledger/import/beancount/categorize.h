// The first step of booking: which currency each posting helps to balance. Pure.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CATEGORIZE_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CATEGORIZE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/import/beancount/booking.h"
#include "ledger/import/beancount/directive.h"

namespace lumbung::import::beancount {

// A posting within a group, with its currencies filled in. One without an amount is a member of
// every group, with a number to be interpolated in each.
struct Member {
  std::size_t index = 0;  // Of the posting in its transaction.
  std::string units_currency;
  std::string cost_currency;   // Empty without a cost.
  std::string price_currency;  // Empty without a price.
};

struct CurrencyGroup {
  std::string currency;
  std::vector<Member> members;  // In the order of the postings.
};

// The groups in the order in which their currencies first appear. TWO_ELIDED_AMOUNTS,
// INCOMPLETE_AMOUNT.
absl::StatusOr<std::vector<CurrencyGroup>> GroupByCurrency(const Transaction& transaction,
                                                           const Inventories& inventories,
                                                           const Place& place);

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CATEGORIZE_H_
