#include "ledger/core/decimal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>
#include <ostream>

#include <boost/multiprecision/cpp_int.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

__extension__ typedef unsigned __int128 uint128;

// Holds every intermediate exactly: the largest is a product of 38 by 62 digits (a weight of 38
// digits brought to 24 decimals, times the total), and 512 bits hold 154.
using Wide = boost::multiprecision::int512_t;

constexpr auto kPowersOfTen = [] {
  std::array<int128, Decimal::kMaxDigits + 1> powers{};
  int128 power = 1;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    powers[i] = power;
    if (i + 1 < powers.size()) power *= 10;
  }
  return powers;
}();

constexpr int128 PowerOfTen(int exponent) {
  return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

constexpr int128 kMaxUnits = PowerOfTen(Decimal::kMaxDigits) - 1;

Wide WidePowerOfTen(int exponent) {
  if (exponent <= Decimal::kMaxDigits) return Wide(PowerOfTen(exponent));
  return Wide(PowerOfTen(Decimal::kMaxDigits)) * WidePowerOfTen(exponent - Decimal::kMaxDigits);
}

template <typename Int>
bool FitsUnits(const Int& value) {
  return value <= kMaxUnits && value >= -kMaxUnits;
}

absl::Status Overflow(absl::string_view operation) {
  return InvalidArgument("OVERFLOW", "",
                         absl::StrCat("the result of ", operation, " needs more than ",
                                      Decimal::kMaxDigits, " digits"));
}

absl::Status CheckScale(int scale) {
  if (scale >= 0 && scale <= Decimal::kMaxScale) return absl::OkStatus();
  return InvalidArgument(
      "INVALID_AMOUNT", "",
      absl::StrCat("a scale of ", scale, " is outside 0 to ", Decimal::kMaxScale));
}

template <typename Int>
absl::StatusOr<Decimal> FromResult(const Int& units, int scale, absl::string_view operation) {
  if (!FitsUnits(units)) return Overflow(operation);
  return Decimal::FromUnits(static_cast<int128>(units), scale);
}

// The quotient as an integer, rounded as asked. The one place where a digit may be lost.
template <typename Int>
Int DivideRounded(const Int& numerator, const Int& denominator, Rounding rounding) {
  const Int quotient = numerator / denominator;
  const Int remainder = numerator % denominator;
  if (remainder == 0) return quotient;

  const bool negative = (numerator < 0) != (denominator < 0);
  const Int rest = remainder < 0 ? Int(-remainder) : remainder;
  const Int divisor = denominator < 0 ? Int(-denominator) : denominator;
  const Int complement = divisor - rest;  // Compared with `rest`, because 2 * rest may not fit.
  bool away_from_zero = false;
  switch (rounding) {
    case Rounding::kHalfEven:
      away_from_zero = rest > complement || (rest == complement && quotient % 2 != 0);
      break;
    case Rounding::kHalfUp:
      away_from_zero = rest >= complement;
      break;
    case Rounding::kDown:
      away_from_zero = false;
      break;
    case Rounding::kUp:
      away_from_zero = true;
      break;
    case Rounding::kFloor:
      away_from_zero = negative;
      break;
    case Rounding::kCeiling:
      away_from_zero = !negative;
      break;
  }
  if (!away_from_zero) return quotient;
  return negative ? Int(quotient - 1) : Int(quotient + 1);
}

// units * 10^exponent, or nothing when that does not fit 128 bits. The exponent is at most 24.
std::optional<int128> ScaledUp(int128 units, int exponent) {
  int128 scaled = 0;
  if (__builtin_mul_overflow(units, PowerOfTen(exponent), &scaled)) return std::nullopt;
  return scaled;
}

// The units of `value` at a scale that is not smaller than its own.
Wide WideUnits(const Decimal& value, int scale) {
  return Wide(value.units()) * WidePowerOfTen(scale - value.scale());
}

// units / 10^from at the scale `to`, rounded.
absl::StatusOr<Decimal> Rescale(const Wide& units, int from, int to, Rounding rounding,
                                absl::string_view operation) {
  if (to >= from) return FromResult(Wide(units * WidePowerOfTen(to - from)), to, operation);
  return FromResult(DivideRounded<Wide>(units, WidePowerOfTen(from - to), rounding), to, operation);
}

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

absl::Status NotANumber(absl::string_view text, absl::string_view expected) {
  return InvalidArgument("INVALID_AMOUNT", "",
                         absl::StrCat("\"", absl::CHexEscape(text.substr(0, kQuotedLength)),
                                      text.size() > kQuotedLength ? "..." : "", "\" ", expected));
}

// The digits of `text` as one integer; a point among them is passed over.
template <typename Int>
Int ReadDigits(absl::string_view text) {
  Int value = 0;
  for (const char c : text) {
    if (c != '.') value = value * 10 + static_cast<Int>(c - '0');
  }
  return value;
}

// Writes the digits of `value` so that they end before `end`; returns where they begin.
char* WriteDigits(std::uint64_t value, char* end) {
  do {
    *--end = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  return end;
}

char* WriteDigits(uint128 value, char* end) {
  // Division of 128 bits is slow: it is used once for every 18 digits, and hardly ever at all.
  constexpr std::uint64_t kChunk = 1'000'000'000'000'000'000;
  while (value > std::numeric_limits<std::uint64_t>::max()) {
    char* const chunk_begin = end - 18;
    char* const begin = WriteDigits(static_cast<std::uint64_t>(value % kChunk), end);
    std::fill(chunk_begin, begin, '0');
    end = chunk_begin;
    value /= kChunk;
  }
  return WriteDigits(static_cast<std::uint64_t>(value), end);
}

template <typename Int>
int CountTrailingZeros(Int units, int at_most) {
  int zeros = 0;
  while (zeros < at_most && units % 10 == 0) {
    units /= 10;
    ++zeros;
  }
  return zeros;
}

}  // namespace

absl::StatusOr<Decimal> Decimal::FromUnits(int128 units, int scale) {
  LUMBUNG_RETURN_IF_ERROR(CheckScale(scale));
  if (!FitsUnits(units)) {
    return InvalidArgument("INVALID_AMOUNT", "",
                           absl::StrCat("a number has at most ", kMaxDigits, " digits"));
  }
  return Decimal(units, scale);
}

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  constexpr absl::string_view kGrammar =
      "is not a plain decimal number; expected digits, optionally a '-' before them and a '.' "
      "with more digits after them";
  if (text.size() > kMaxTextLength) return NotANumber(text, "is too long for a number");

  absl::string_view digits = text;
  const bool negative = !digits.empty() && digits.front() == '-';
  if (negative) digits.remove_prefix(1);

  std::size_t point = digits.size();
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (IsDigit(digits[i])) continue;
    if (digits[i] != '.' || point != digits.size()) return NotANumber(text, kGrammar);
    point = i;
  }
  // A digit must stand on each side of the point, and somewhere when there is none.
  if (point == 0 || point + 1 == digits.size()) return NotANumber(text, kGrammar);

  const std::size_t scale = point == digits.size() ? 0 : digits.size() - point - 1;
  if (scale > kMaxScale) {
    return NotANumber(
        text, absl::StrCat("has ", scale, " decimals; at most ", kMaxScale, " are allowed"));
  }
  constexpr std::size_t kFitsOneWord = 18;  // Digits and a point: below 10^18 in any case.
  int128 units = 0;
  if (digits.size() <= kFitsOneWord) {
    units = static_cast<int128>(ReadDigits<std::uint64_t>(digits));
  } else {
    const std::size_t first = std::min(digits.find_first_not_of("0."), digits.size());
    const absl::string_view significant = digits.substr(first);
    const std::size_t count = significant.size() - (first < point && point < digits.size() ? 1 : 0);
    if (count > kMaxDigits) {
      return NotANumber(text, absl::StrCat("has ", count, " significant digits; at most ",
                                           kMaxDigits, " are allowed"));
    }
    units = static_cast<int128>(ReadDigits<uint128>(significant));
  }
  return Decimal(negative ? -units : units, static_cast<int>(scale));
}

std::string Decimal::ToString() const {
  std::string out;
  AppendTo(&out);
  return out;
}

void Decimal::AppendTo(std::string* out) const {
  char buffer[kMaxDigits + 2];
  char* const end = buffer + sizeof(buffer);
  const auto magnitude = static_cast<uint128>(units_ < 0 ? -units_ : units_);
  char* begin = WriteDigits(magnitude, end);
  // At least one digit stands before the point.
  while (end - begin <= scale_) *--begin = '0';

  if (units_ < 0) out->push_back('-');
  char* const point = end - scale_;
  out->append(begin, point);
  if (scale_ == 0) return;
  out->push_back('.');
  out->append(point, end);
}

Decimal Decimal::Trimmed() const {
  const bool fits_one_word = units_ >= std::numeric_limits<std::int64_t>::min() &&
                             units_ <= std::numeric_limits<std::int64_t>::max();
  const int zeros = fits_one_word ? CountTrailingZeros(static_cast<std::int64_t>(units_), scale_)
                                  : CountTrailingZeros(units_, scale_);
  return Decimal(units_ / PowerOfTen(zeros), scale_ - zeros);
}

absl::StatusOr<Decimal> Decimal::WithScale(int scale) const {
  LUMBUNG_RETURN_IF_ERROR(CheckScale(scale));
  if (scale >= scale_) {
    const std::optional<int128> scaled = ScaledUp(units_, scale - scale_);
    if (!scaled || !FitsUnits(*scaled)) return Overflow("a change of scale");
    return Decimal(*scaled, scale);
  }
  const int128 divisor = PowerOfTen(scale_ - scale);
  if (units_ % divisor != 0) {
    return InvalidArgument("SCALE_EXCEEDED", "",
                           absl::StrCat(ToString(), " has ", MinimalScale(), " decimals; at most ",
                                        scale, " are allowed"));
  }
  return Decimal(units_ / divisor, scale);
}

absl::StatusOr<Decimal> Decimal::Round(int scale, Rounding rounding) const {
  LUMBUNG_RETURN_IF_ERROR(CheckScale(scale));
  if (scale >= scale_) return WithScale(scale);
  return Decimal(DivideRounded(units_, PowerOfTen(scale_ - scale), rounding), scale);
}

int Decimal::Compare(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  const std::optional<int128> left = ScaledUp(a.units_, scale - a.scale_);
  const std::optional<int128> right = ScaledUp(b.units_, scale - b.scale_);
  // Only one side is ever scaled up. If it leaves 128 bits it is the larger in magnitude, since the
  // other one has at most 38 digits: its sign alone decides.
  if (!left) return a.Sign();
  if (!right) return -b.Sign();
  return *left < *right ? -1 : (*left > *right ? 1 : 0);
}

std::ostream& operator<<(std::ostream& out, const Decimal& value) {
  return out << value.ToString();
}

absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b) {
  return Sum({a, b});
}

absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b) {
  return Sum({a, b.Negated()});
}

absl::StatusOr<Decimal> MultiplyExact(const Decimal& a, const Decimal& b) {
  int scale = a.scale() + b.scale();
  int128 product = 0;
  if (!__builtin_mul_overflow(a.units(), b.units(), &product) && FitsUnits(product) &&
      scale <= Decimal::kMaxScale) {
    return Decimal::FromUnits(product, scale);
  }
  Wide units = Wide(a.units()) * Wide(b.units());
  while ((scale > Decimal::kMaxScale || !FitsUnits(units)) && scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  if (scale > Decimal::kMaxScale) return Overflow("an exact multiplication");
  return FromResult(units, scale, "an exact multiplication");
}

absl::StatusOr<Decimal> Multiply(const Decimal& a, const Decimal& b, int scale, Rounding rounding) {
  LUMBUNG_RETURN_IF_ERROR(CheckScale(scale));
  return Rescale(Wide(a.units()) * Wide(b.units()), a.scale() + b.scale(), scale, rounding,
                 "a multiplication");
}

absl::StatusOr<Decimal> Divide(const Decimal& a, const Decimal& b, int scale, Rounding rounding) {
  LUMBUNG_RETURN_IF_ERROR(CheckScale(scale));
  if (b.IsZero()) {
    return InvalidArgument("DIVISION_BY_ZERO", "",
                           absl::StrCat(a.ToString(), " cannot be divided by zero"));
  }
  // a / b = (a.units / b.units) * 10^(b.scale - a.scale); the quotient is wanted in units of
  // 10^-scale.
  const int exponent = scale + b.scale() - a.scale();
  Wide numerator = Wide(a.units());
  Wide denominator = Wide(b.units());
  (exponent >= 0 ? numerator : denominator) *= WidePowerOfTen(exponent >= 0 ? exponent : -exponent);
  return FromResult(DivideRounded(numerator, denominator, rounding), scale, "a division");
}

absl::StatusOr<Decimal> Sum(absl::Span<const Decimal> values) {
  int scale = 0;
  for (const Decimal& value : values) scale = std::max(scale, value.scale());

  int128 total = 0;
  bool fits = true;
  for (const Decimal& value : values) {
    const std::optional<int128> units = ScaledUp(value.units(), scale - value.scale());
    fits = units && !__builtin_add_overflow(total, *units, &total);
    if (!fits) break;
  }
  if (fits) return FromResult(total, scale, "an addition");

  // Something in between left 128 bits, but the whole may still come back: what a sum is does not
  // depend on the order of its terms.
  Wide wide_total = 0;
  for (const Decimal& value : values) wide_total += WideUnits(value, scale);
  return FromResult(wide_total, scale, "an addition");
}

absl::StatusOr<std::vector<Decimal>> AllocateByLargestRemainder(const Decimal& total,
                                                                absl::Span<const Decimal> weights,
                                                                int scale) {
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal whole, total.WithScale(scale));
  int weight_scale = 0;
  for (const Decimal& weight : weights) weight_scale = std::max(weight_scale, weight.scale());
  Wide weight_sum = 0;
  for (const Decimal& weight : weights) {
    if (weight.IsNegative()) {
      return InvalidArgument("INVALID_WEIGHTS", "",
                             absl::StrCat("the weight ", weight.ToString(), " is negative"));
    }
    weight_sum += WideUnits(weight, weight_scale);
  }
  if (weight_sum == 0) {
    return InvalidArgument("INVALID_WEIGHTS", "", "at least one weight must be above zero");
  }

  const Wide magnitude = Wide(whole.Abs().units());
  std::vector<int128> shares(weights.size());
  std::vector<Wide> remainders(weights.size());
  int128 left_over = whole.Abs().units();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = magnitude * WideUnits(weights[i], weight_scale);
    shares[i] = static_cast<int128>(Wide(product / weight_sum));
    remainders[i] = product % weight_sum;
    left_over -= shares[i];
  }

  // What is left over is smaller than the number of parts that have a remainder.
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&remainders](std::size_t a, std::size_t b) {
    return remainders[a] > remainders[b];
  });
  for (std::size_t i = 0; left_over > 0; ++i, --left_over) ++shares[order[i]];

  std::vector<Decimal> parts;
  parts.reserve(shares.size());
  for (const int128 share : shares) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal part,
                             Decimal::FromUnits(whole.IsNegative() ? -share : share, scale));
    parts.push_back(part);
  }
  return parts;
}

}  // namespace lumbung
