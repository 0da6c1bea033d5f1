// Decimal: the exact number behind every amount, rate and percentage.
//
// A Decimal is a signed integer of at most 38 digits (`units`) and a scale: value = units /
// 10^scale, 0 <= scale <= 24. The scale is part of how the number was written ("1.50" has scale 2)
// and survives formatting; it does not take part in comparison (1.5 == 1.50).
//
// No operation rounds unless its name says so and its caller names the rounding mode (INV-001), and
// no operation overflows silently (INV-002). Nothing here converts to or from binary floating
// point. Values are immutable and may be shared between threads.
#ifndef LUMBUNG_LEDGER_CORE_DECIMAL_H_
#define LUMBUNG_LEDGER_CORE_DECIMAL_H_

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung {

__extension__ typedef __int128 int128;

// How a division or a reduction of scale treats what does not fit.
enum class Rounding {
  kHalfEven,  // To nearest, ties to the even neighbour ("banker's").
  kHalfUp,    // To nearest, ties away from zero: what Indonesian tax forms mean by rounding.
  kDown,      // Towards zero.
  kUp,        // Away from zero.
  kFloor,     // Towards minus infinity.
  kCeiling,   // Towards plus infinity.
};

class Decimal {
 public:
  static constexpr int kMaxScale = 24;
  static constexpr int kMaxDigits = 38;
  // Longer texts are refused before they are read.
  static constexpr int kMaxTextLength = 128;

  // Zero with scale 0.
  constexpr Decimal() = default;
  static constexpr Decimal FromInteger(std::int64_t value) { return Decimal(value, 0); }
  // INVALID_AMOUNT when the scale is outside 0..24 or |units| has more than 38 digits.
  static absl::StatusOr<Decimal> FromUnits(int128 units, int scale);

  // Strict: `-?[0-9]+(\.[0-9]+)?`. Refuses an empty text, a sign alone, a leading '+', exponents,
  // separators, blanks, NaN, non-ASCII digits, more than 24 decimals or 38 significant digits.
  // Leading zeros are read as decimal zeros. "-0" is 0. INVALID_AMOUNT.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);

  // "-1234.50": plain, as many decimals as the scale. Parse(ToString()) gives back value and scale.
  std::string ToString() const;
  void AppendTo(std::string* out) const;

  constexpr int128 units() const { return units_; }
  constexpr int scale() const { return scale_; }
  constexpr bool IsZero() const { return units_ == 0; }
  constexpr bool IsNegative() const { return units_ < 0; }
  // -1, 0 or 1.
  constexpr int Sign() const { return units_ < 0 ? -1 : (units_ > 0 ? 1 : 0); }

  Decimal Negated() const { return Decimal(-units_, scale_); }
  Decimal Abs() const { return units_ < 0 ? Negated() : *this; }
  // The same value with trailing zeros of the fraction removed.
  Decimal Trimmed() const;
  // Smallest scale that holds the value exactly.
  int MinimalScale() const { return Trimmed().scale(); }

  // The same value at another scale. INVALID_AMOUNT when the scale is outside 0..24 (so for every
  // function below that takes one), SCALE_EXCEEDED when a digit would be lost, OVERFLOW when the
  // units would need more than 38 digits.
  absl::StatusOr<Decimal> WithScale(int scale) const;
  // The nearest value at the scale. OVERFLOW as above.
  absl::StatusOr<Decimal> Round(int scale, Rounding rounding) const;

  friend bool operator==(const Decimal& a, const Decimal& b) { return Compare(a, b) == 0; }
  friend bool operator!=(const Decimal& a, const Decimal& b) { return Compare(a, b) != 0; }
  friend bool operator<(const Decimal& a, const Decimal& b) { return Compare(a, b) < 0; }
  friend bool operator<=(const Decimal& a, const Decimal& b) { return Compare(a, b) <= 0; }
  friend bool operator>(const Decimal& a, const Decimal& b) { return Compare(a, b) > 0; }
  friend bool operator>=(const Decimal& a, const Decimal& b) { return Compare(a, b) >= 0; }

  // By value; never fails, whatever the scales.
  static int Compare(const Decimal& a, const Decimal& b);

 private:
  constexpr Decimal(int128 units, int scale)
      : units_(units), scale_(static_cast<std::int8_t>(scale)) {}

  int128 units_ = 0;
  std::int8_t scale_ = 0;
};

std::ostream& operator<<(std::ostream& out, const Decimal& value);

// Exact; the result has the larger scale. OVERFLOW beyond 38 digits.
absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b);
absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b);
// Exact; the scale is the sum of the scales, reduced without loss when that exceeds 24 or the
// digits exceed 38. OVERFLOW when no exact result fits.
absl::StatusOr<Decimal> MultiplyExact(const Decimal& a, const Decimal& b);
// Rounded once, from the exact product.
absl::StatusOr<Decimal> Multiply(const Decimal& a, const Decimal& b, int scale, Rounding rounding);
// Rounded once, from the exact quotient. DIVISION_BY_ZERO, OVERFLOW.
absl::StatusOr<Decimal> Divide(const Decimal& a, const Decimal& b, int scale, Rounding rounding);
// Exact sum of many; the scale of the result is the largest one seen. OVERFLOW.
absl::StatusOr<Decimal> Sum(absl::Span<const Decimal> values);

// Splits `total` in proportion to `weights`, each part at `scale`, by largest remainder: every part
// is first rounded towards zero, then the units left over go one each to the parts with the largest
// remainders, ties to the earlier part. The parts always sum to the total (INV-003). A negative
// total is split like its absolute value. INVALID_WEIGHTS when there are none, one is negative or
// all are zero; SCALE_EXCEEDED when the total is finer than `scale`; OVERFLOW.
absl::StatusOr<std::vector<Decimal>> AllocateByLargestRemainder(const Decimal& total,
                                                                absl::Span<const Decimal> weights,
                                                                int scale);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_DECIMAL_H_
