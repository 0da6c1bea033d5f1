// Completing a transaction as beancount does: infer missing currencies, find the lots that are
// reduced, interpolate missing numbers, and check that all balances.
//
// The steps and their order are those of beancount's full booking, except that nothing is computed
// to 28 digits: a quotient without an end is kept as a fraction, or refused where an amount would
// be needed. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_BOOKING_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_BOOKING_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/inventory.h"
#include "ledger/import/beancount/options.h"
#include "ledger/import/beancount/ratio.h"
#include "ledger/import/beancount/tolerance.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import::beancount {

using Inventories = absl::flat_hash_map<std::string, Inventory>;

struct UnitPrice {
  Ratio number;
  std::string currency;
};

struct BookedPosting {
  const Posting* source = nullptr;
  Decimal units;
  std::string currency;
  std::optional<Cost> cost;
  std::optional<UnitPrice> price;
  bool units_inferred = false;
  Decimal weight;
  std::string weight_currency;
};

struct BookedTransaction {
  // In the order they were written; a reduction of several lots has one for each.
  std::vector<BookedPosting> postings;
  // What does not sum to exactly zero, per currency, although within the tolerance.
  std::vector<ParsedAmount> residue;
};

class Booker {
 public:
  // `options` must outlive the booker.
  explicit Booker(const Options& options) : options_(options) {}

  // How the account books reductions, where it is not the option's way.
  void SetBooking(const std::string& account, Booking booking) { bookings_[account] = booking; }

  // Completes the transaction and applies it to the inventories. The result points into
  // `transaction`. TWO_ELIDED_AMOUNTS, INCOMPLETE_AMOUNT (a currency or number that cannot be
  // inferred), INVALID_COST, LOT_NOT_FOUND, AMBIGUOUS_LOT, UNSUPPORTED, OVERFLOW, UNBALANCED.
  absl::StatusOr<BookedTransaction> Book(const Transaction& transaction, const Place& place,
                                         Day date);

 private:
  const Options& options_;
  absl::flat_hash_map<std::string, Booking> bookings_;
  Inventories inventories_;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_BOOKING_H_
