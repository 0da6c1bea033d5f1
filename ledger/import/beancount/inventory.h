// What an account holds: units of each currency, those held at cost lot by lot. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_INVENTORY_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_INVENTORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/ratio.h"

namespace lumbung::import::beancount {

// The identity of a lot: two lots with the same cost are one.
struct Cost {
  Ratio number;
  std::string currency;
  std::optional<Day> date;
  std::string label;

  // `138.93 USD, 2013-05-01, "label"`.
  std::string ToString() const;

  // By currency and number first, so that lots of one price stand together.
  friend bool operator<(const Cost& a, const Cost& b);
};

// Lots of one currency that are held at cost.
struct Lot {
  Decimal units;  // Never zero.
  Cost cost;
  // Lots are numbered as they come into being: beancount's order where it has a choice.
  std::int64_t sequence = 0;
};

// A reduction that is looking for its lots. What is absent matches every lot.
struct LotPattern {
  std::optional<Ratio> number;
  std::string cost_currency;
  std::optional<Day> date;
  std::string label;
};

class Inventory {
 public:
  // Adds units held at `cost`, or without cost. OVERFLOW.
  absl::Status Add(const Decimal& units, const std::string& currency,
                   const std::optional<Cost>& cost);

  // Whether some position in the currency, at cost or not, has the other sign.
  bool IsReducedBy(const Decimal& units, const std::string& currency) const;
  // The lots at cost that match, in the order they came into being.
  std::vector<Lot> Match(const std::string& currency, const LotPattern& pattern) const;

  // Puts a lot back to what Match() found, whatever was taken from it since.
  void Restore(const std::string& currency, const Lot& lot);

  // Units of a currency over all its positions. OVERFLOW.
  absl::StatusOr<Decimal> UnitsOf(const std::string& currency) const;
  bool HoldsAtCost(const std::string& currency) const;
  // The only currency held, or nothing when there are none or several; the same for cost
  // currencies.
  std::optional<std::string> OnlyCurrency() const;
  std::optional<std::string> OnlyCostCurrency() const;

 private:
  struct Holding {
    Decimal without_cost;
    std::map<Cost, Lot> lots;
    // Positions of either sign, the one without cost included.
    int positive = 0;
    int negative = 0;

    // Counts a position of these units in, or out when `by` is -1.
    void Count(const Decimal& units, int by);
  };

  std::map<std::string, Holding> holdings_;
  std::int64_t next_sequence_ = 0;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_INVENTORY_H_
