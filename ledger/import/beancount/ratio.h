// Exact division. A lot bought at a total price costs total / units each, which may have no end as
// a decimal number; it is kept as a fraction, so that the whole lot still weighs the total.
//
// Pure values; a Ratio may be shared between threads.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_RATIO_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_RATIO_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"

namespace lumbung::import::beancount {

class Ratio {
 public:
  // The number itself.
  explicit Ratio(const Decimal& number) : numerator_(number) {}
  // numerator / denominator. DIVISION_BY_ZERO, OVERFLOW.
  static absl::StatusOr<Ratio> Of(const Decimal& numerator, const Decimal& denominator);

  // Whether the quotient ends as a decimal number, which is then `numerator()`.
  bool IsDecimal() const { return denominator_ == Decimal::FromInteger(1); }
  const Decimal& numerator() const { return numerator_; }
  const Decimal& denominator() const { return denominator_; }

  // The exact product. UNSUPPORTED when it does not end as a decimal number; OVERFLOW.
  absl::StatusOr<Decimal> Times(const Decimal& factor) const;
  // "12.5", or "100/3" when the quotient has no end.
  std::string ToString() const;

  // Equality is by value. The order is total but otherwise arbitrary: it serves as a map key only.
  friend bool operator==(const Ratio& a, const Ratio& b) {
    return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
  }
  friend bool operator<(const Ratio& a, const Ratio& b) {
    const int order = Decimal::Compare(a.numerator_, b.numerator_);
    return order != 0 ? order < 0 : a.denominator_ < b.denominator_;
  }

 private:
  // In lowest terms: the denominator is a positive integer without the factors 2 and 5, which go
  // into the numerator's scale.
  Ratio(const Decimal& numerator, const Decimal& denominator)
      : numerator_(numerator), denominator_(denominator) {}

  Decimal numerator_;
  Decimal denominator_ = Decimal::FromInteger(1);
};

// The exact quotient, with the decimals that Python's decimal module gives it: those of `a` less
// those of `b`, or as many as the quotient needs. UNSUPPORTED when it does not end;
// DIVISION_BY_ZERO, OVERFLOW.
absl::StatusOr<Decimal> DivideExact(const Decimal& a, const Decimal& b);

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_RATIO_H_
