// First digits of amounts, and how far they are from what Benford's law expects. In books that grew
// by themselves a 1 leads about three amounts in ten; invented amounts rarely do.
#ifndef LUMBUNG_REPORTS_AUDIT_TESTS_FIRST_DIGITS_H_
#define LUMBUNG_REPORTS_AUDIT_TESTS_FIRST_DIGITS_H_

#include <array>
#include <cstdint>

#include "ledger/core/decimal.h"
#include "reports/model/label.h"

namespace lumbung::reports {

// What is statistics here is not money, so it may be floating-point.
class FirstDigits {
 public:
  // Zero has none.
  void Add(const Decimal& amount);

  std::int64_t total() const { return total_; }
  // Of digit 1 to 9.
  std::int64_t count(int digit) const { return counts_[static_cast<std::size_t>(digit)]; }
  double Share(int digit) const;
  static double Expected(int digit);
  // Mean absolute deviation of the shares from those expected.
  double Deviation() const;
  // By Nigrini's limits for first digits (Benford's Law, 2012, table 7.1): 0.006, 0.012, 0.015.
  // Fewer than 300 amounts say nothing.
  Label Verdict() const;

 private:
  std::array<std::int64_t, 10> counts_ = {};
  std::int64_t total_ = 0;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_TESTS_FIRST_DIGITS_H_
