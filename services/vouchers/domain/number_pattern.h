// Number patterns: how an organization writes the numbers of its vouchers, as data.
//
//   {kind}.{seq:4}/{fund}/{month:roman}/{year}      ->  BKK.0001/MSP/IX/2026
//
//   {seq} {seq:N}        the running number, padded with zeros to N digits (1 to 12)
//   {kind}               BKM, BKK, BBM, BBK, BM
//   {year} {year:2}      2026, 26: of the voucher's date
//   {month} {month:roman}  09, IX
//   {fund}               the fund of the voucher's postings
//   {dimension:KEY}      their value on a dimension, such as {dimension:unit}
//
// Everything else stands for itself. The running number starts anew each year, each month, or
// never; the pattern must name what tells the rounds apart, so that no number is given twice.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_NUMBER_PATTERN_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_NUMBER_PATTERN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

// When the running number starts anew. The numbers are those stored in the database.
enum class NumberReset : std::int16_t { kYearly = 1, kMonthly = 2, kNever = 3 };

inline constexpr std::size_t kMaxPatternBytes = 100;
inline constexpr std::size_t kMaxNumberBytes = 255;
// What a series has until somebody says otherwise.
inline constexpr char kDefaultPattern[] = "{kind}.{seq:4}/{month:roman}/{year}";

class NumberPattern {
 public:
  // INVALID_PATTERN at `pattern`.
  static absl::StatusOr<NumberPattern> Parse(absl::string_view text, NumberReset reset);

  // The number of a voucher. NUMBER_UNDETERMINED when the pattern names a fund or a dimension on
  // which the voucher's postings do not agree, or which none of them has; NUMBER_TOO_LONG.
  absl::StatusOr<std::string> Format(const VoucherContent& content, const std::string& default_fund,
                                     std::int64_t sequence) const;

 private:
  enum class Kind { kLiteral, kSequence, kVoucherKind, kYear, kMonth, kRoman, kFund, kDimension };
  struct Part {
    Kind kind = Kind::kLiteral;
    std::string text;  // Of a literal; the key of a dimension.
    int width = 0;     // Of a sequence and of a year.
  };
  static absl::StatusOr<Part> ParsePlaceholder(absl::string_view placeholder);

  std::vector<Part> parts_;
};

// Which round of numbering a date belongs to: 2026, 202609, or 0.
int NumberPeriod(Date date, NumberReset reset);

// "I" to "XII" for 1 to 12.
absl::string_view RomanMonth(int month);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_NUMBER_PATTERN_H_
