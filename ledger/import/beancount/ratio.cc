#include "ledger/import/beancount/ratio.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import::beancount {
namespace {

int128 Magnitude(int128 value) {
  return value < 0 ? -value : value;
}

int128 GreatestCommonDivisor(int128 a, int128 b) {
  while (b != 0) {
    const int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

absl::Status DoesNotEnd(absl::string_view operation) {
  return InvalidArgument("UNSUPPORTED", "",
                         absl::StrCat(operation,
                                      " does not come out even as a decimal number, and nothing "
                                      "is rounded here"));
}

absl::Status Overflow() {
  return InvalidArgument("OVERFLOW", "", "a quotient has too many digits");
}

// Multiplies, or returns false.
bool MultiplyInto(int128* value, int128 factor) {
  return !__builtin_mul_overflow(*value, factor, value);
}

}  // namespace

absl::StatusOr<Ratio> Ratio::Of(const Decimal& numerator, const Decimal& denominator) {
  if (denominator.IsZero()) {
    return InvalidArgument("DIVISION_BY_ZERO", "",
                           absl::StrCat(numerator.ToString(), " cannot be divided by zero"));
  }
  if (numerator.IsZero()) return Ratio(numerator);
  const int128 divisor =
      GreatestCommonDivisor(Magnitude(numerator.units()), Magnitude(denominator.units()));
  int128 above = numerator.units() / divisor;
  int128 below = denominator.units() / divisor;
  if (below < 0) {
    above = -above;
    below = -below;
  }
  int scale = numerator.scale() - denominator.scale();
  // A factor 2 below is a 5 above with one more decimal, and the other way round; both together are
  // one more decimal alone.
  while (below % 2 == 0 || below % 5 == 0) {
    const int128 factor = below % 10 == 0 ? 10 : (below % 2 == 0 ? 2 : 5);
    below /= factor;
    if (!MultiplyInto(&above, 10 / factor)) return Overflow();
    ++scale;
  }
  while (scale < 0) {
    if (!MultiplyInto(&above, 10)) return Overflow();
    ++scale;
  }
  while (scale > Decimal::kMaxScale && above % 10 == 0) {
    above /= 10;
    --scale;
  }
  const absl::StatusOr<Decimal> exact_numerator = Decimal::FromUnits(above, scale);
  const absl::StatusOr<Decimal> exact_denominator = Decimal::FromUnits(below, 0);
  if (!exact_numerator.ok() || !exact_denominator.ok()) return Overflow();
  return Ratio(*exact_numerator, *exact_denominator);
}

absl::StatusOr<Decimal> Ratio::Times(const Decimal& factor) const {
  if (IsDecimal()) return MultiplyExact(numerator_, factor);
  LUMBUNG_ASSIGN_OR_RETURN(const Ratio reduced, Ratio::Of(factor, denominator_));
  if (!reduced.IsDecimal()) {
    return DoesNotEnd(absl::StrCat(factor.ToString(), " at ", ToString(), " each"));
  }
  return MultiplyExact(numerator_, reduced.numerator());
}

std::string Ratio::ToString() const {
  if (IsDecimal()) return numerator_.ToString();
  return absl::StrCat(numerator_.ToString(), "/", denominator_.ToString());
}

absl::StatusOr<Decimal> DivideExact(const Decimal& a, const Decimal& b) {
  LUMBUNG_ASSIGN_OR_RETURN(const Ratio quotient, Ratio::Of(a, b));
  if (!quotient.IsDecimal()) {
    return DoesNotEnd(absl::StrCat(a.ToString(), " / ", b.ToString()));
  }
  const Decimal trimmed = quotient.numerator().Trimmed();
  return trimmed.WithScale(std::max(trimmed.scale(), a.scale() - b.scale()));
}

}  // namespace lumbung::import::beancount
