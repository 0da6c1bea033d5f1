// The independent oracle for Decimal: exact rationals of Boost.Multiprecision, rounded by the
// textbook definition of each mode. It shares no code with ledger/core/decimal.cc and has no
// limits.
#ifndef LUMBUNG_TESTS_SUPPORT_EXACT_NUMBER_H_
#define LUMBUNG_TESTS_SUPPORT_EXACT_NUMBER_H_

#include <algorithm>
#include <cstddef>
#include <string>

#include <boost/multiprecision/cpp_int.hpp>

#include "ledger/core/decimal.h"

namespace lumbung::testing {

using ExactInteger = boost::multiprecision::cpp_int;
using ExactNumber = boost::multiprecision::cpp_rational;

inline ExactInteger PowerOfTen(int exponent) {
  return boost::multiprecision::pow(ExactInteger(10), static_cast<unsigned>(exponent));
}

// The integer that `digits` spell. (Boost alone would take a leading zero for the mark of an
// octal.)
inline ExactInteger IntegerFromDigits(const std::string& digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? ExactInteger(0) : ExactInteger(digits.substr(first));
}

// The value, read from the digits that ToString writes and not from the bits.
inline ExactNumber Exact(const Decimal& value) {
  std::string text = value.ToString();
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
  const bool negative = text.front() == '-';
  const ExactInteger units = IntegerFromDigits(text.substr(negative ? 1 : 0));
  return ExactNumber(negative ? ExactInteger(-units) : units, PowerOfTen(value.scale()));
}

inline bool IsInteger(const ExactNumber& value) {
  return boost::multiprecision::denominator(value) == 1;
}

inline ExactInteger Floor(const ExactNumber& value) {
  const ExactInteger quotient =
      boost::multiprecision::numerator(value) / boost::multiprecision::denominator(value);
  return quotient > value ? ExactInteger(quotient - 1) : quotient;
}

// The integer that the mode asks for: one of the two neighbours of `value`.
inline ExactInteger RoundedInteger(const ExactNumber& value, Rounding rounding) {
  const ExactInteger below = Floor(value);
  if (below == value) return below;
  const ExactInteger above = below + 1;
  const ExactInteger nearer_zero = value < 0 ? above : below;
  const ExactInteger farther = value < 0 ? below : above;
  const ExactNumber to_below = value - below;
  const ExactNumber to_above = above - value;
  switch (rounding) {
    case Rounding::kFloor:
      return below;
    case Rounding::kCeiling:
      return above;
    case Rounding::kDown:
      return nearer_zero;
    case Rounding::kUp:
      return farther;
    case Rounding::kHalfUp:
      if (to_below == to_above) return farther;
      break;
    case Rounding::kHalfEven:
      if (to_below == to_above) return below % 2 == 0 ? below : above;
      break;
  }
  return to_below < to_above ? below : above;
}

inline bool FitsDigits(const ExactInteger& units) {
  return boost::multiprecision::abs(units) < PowerOfTen(Decimal::kMaxDigits);
}

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_EXACT_NUMBER_H_
