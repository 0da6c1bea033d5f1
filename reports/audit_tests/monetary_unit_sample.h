// Monetary unit sampling: every unit of money has the same chance, so that large amounts are drawn
// more often and those above the interval always are. Which units are drawn follows from the seed
// alone, so that anybody draws the same sample from the same books.
#ifndef LUMBUNG_REPORTS_AUDIT_TESTS_MONETARY_UNIT_SAMPLE_H_
#define LUMBUNG_REPORTS_AUDIT_TESTS_MONETARY_UNIT_SAMPLE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::reports {

// The units are the smallest of the population's scale, counted from 0 along the items. Drawn are
// start, start + interval, start + 2 x interval ..., `size` of them; interval is the population
// divided by the size, rounded down, and start is the first 16 bytes of SHA-256 over the seed, as a
// big-endian integer, modulo interval.
class MonetaryUnitSample {
 public:
  // `size` is positive. INVALID_SETTING at `size` when the population has fewer units.
  static absl::StatusOr<MonetaryUnitSample> Draw(const Decimal& population, int size,
                                                 absl::string_view seed);

  const Decimal& interval() const { return interval_; }
  // The first unit drawn, as an amount.
  const Decimal& start() const { return start_; }

  // How many drawn units lie in the next item, whose amount is not negative and at the population's
  // scale. Every item once, in order.
  int Take(const Decimal& amount);

 private:
  MonetaryUnitSample(Decimal interval, Decimal start, int size)
      : interval_(interval), start_(start), next_(start.units()), left_(size) {}

  Decimal interval_;
  Decimal start_;
  // Where the next drawn unit is, and where the next item begins.
  int128 next_ = 0;
  int128 position_ = 0;
  int left_ = 0;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_TESTS_MONETARY_UNIT_SAMPLE_H_
