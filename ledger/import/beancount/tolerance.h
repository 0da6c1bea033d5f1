// Beancount's tolerances: how far a transaction may be from balancing, per currency, as its own
// amounts imply. Half a unit of the last decimal of the finest amount, unless options say
// otherwise. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_TOLERANCE_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_TOLERANCE_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/options.h"
#include "ledger/import/beancount/ratio.h"

namespace lumbung::import::beancount {

class Tolerances {
 public:
  explicit Tolerances(const Options& options)
      : options_(&options), by_currency_(options.tolerance_default) {}

  // What the postings imply as they are written, before anything is interpolated. OVERFLOW.
  static absl::StatusOr<Tolerances> OfWritten(const Transaction& transaction,
                                              const Options& options);

  // Takes in one amount, and the cost or the price of each unit of it. OVERFLOW.
  absl::Status AddUnits(const Decimal& units, const std::string& currency);
  absl::Status AddCost(const Decimal& units, const Ratio& number, const std::string& currency);

  Decimal Of(const std::string& currency) const;

  // An interpolated number as beancount writes it: brought to the decimals that the tolerance
  // implies, half to even, or as it is where the tolerance implies none. UNSUPPORTED for a quotient
  // without an end in that case; OVERFLOW.
  absl::StatusOr<Decimal> Quantize(const Ratio& number, const std::string& currency) const;

 private:
  // The tolerance that the decimals of `units` imply; nothing for a whole number.
  absl::StatusOr<std::optional<Decimal>> Implied(const Decimal& units) const;
  absl::Status AddWrittenCost(const Posting& posting);

  const Options* options_;
  std::map<std::string, Decimal> by_currency_;
  // Sums over the postings at cost or price, when the option asks for them.
  std::map<std::string, Decimal> by_cost_;
};

// How far the balance of a `balance` directive may be from its amount. OVERFLOW.
absl::StatusOr<Decimal> BalanceTolerance(const Balance& balance, const Options& options);

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_TOLERANCE_H_
