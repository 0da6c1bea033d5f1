#include "tests/auditor/plain_values.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/strings/str_format.h"

namespace lumbung::auditor {
namespace {

constexpr std::size_t kMaxTextLength = 128;
constexpr int kMaxScale = 24;
constexpr int kMaxDigits = 38;

bool AreDigits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

bool HasRoomFor(const ExactInteger& units) {
  return boost::multiprecision::abs(units) < testing::PowerOfTen(kMaxDigits);
}

int YearOf(const std::string& date) {
  return std::stoi(date.substr(0, 4));
}
int MonthNumberOf(const std::string& date) {
  return std::stoi(date.substr(5, 2));
}

int DaysIn(int year, int month) {
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

std::optional<PlainAmount> ReadAmount(const std::string& text) {
  if (text.empty() || text.size() > kMaxTextLength) return std::nullopt;
  const bool negative = text.front() == '-';
  const std::string number = text.substr(negative ? 1 : 0);
  const std::size_t point = number.find('.');
  const std::string whole = number.substr(0, point);
  const std::string fraction = point == std::string::npos ? "" : number.substr(point + 1);
  if (!AreDigits(whole)) return std::nullopt;
  if (point != std::string::npos && !AreDigits(fraction)) return std::nullopt;
  if (fraction.size() > kMaxScale) return std::nullopt;
  PlainAmount amount;
  amount.units = testing::IntegerFromDigits(whole + fraction);
  amount.scale = static_cast<int>(fraction.size());
  if (!HasRoomFor(amount.units)) return std::nullopt;
  if (negative) amount.units = -amount.units;
  return amount;
}

std::optional<ExactInteger> UnitsAt(const PlainAmount& amount, int scale) {
  const ExactNumber units = amount.value() * testing::PowerOfTen(scale);
  if (!testing::IsInteger(units)) return std::nullopt;
  const ExactInteger whole = boost::multiprecision::numerator(units);
  return HasRoomFor(whole) ? std::optional(whole) : std::nullopt;
}

std::string AmountText(const ExactInteger& units, int scale) {
  std::string digits = ExactInteger(boost::multiprecision::abs(units)).str();
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return units < 0 ? "-" + digits : digits;
}

std::string TrimmedAmount(const std::string& text) {
  std::optional<PlainAmount> amount = ReadAmount(text);
  if (!amount.has_value()) return text;
  while (amount->scale > 0 && amount->units % 10 == 0) {
    amount->units /= 10;
    --amount->scale;
  }
  return AmountText(amount->units, amount->scale);
}

std::vector<ExactInteger> SplitByLargestRemainder(const ExactInteger& total,
                                                  const std::vector<ExactInteger>& weights) {
  const ExactInteger sum = std::accumulate(weights.begin(), weights.end(), ExactInteger(0));
  std::vector<ExactInteger> parts;
  std::vector<ExactInteger> remainders;
  ExactInteger left = total;
  for (const ExactInteger& weight : weights) {
    parts.push_back(total * weight / sum);
    remainders.push_back(total * weight % sum);
    left -= parts.back();
  }
  for (; left > 0; --left) {
    // The first of the largest.
    const auto largest = std::max_element(remainders.begin(), remainders.end());
    parts[static_cast<std::size_t>(largest - remainders.begin())] += 1;
    *largest = -1;
  }
  return parts;
}

bool IsDate(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!AreDigits(text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2))) return false;
  const int month = MonthNumberOf(text);
  const int day = std::stoi(text.substr(8, 2));
  return YearOf(text) >= 1900 && month >= 1 && month <= 12 && day >= 1 &&
         day <= DaysIn(YearOf(text), month);
}

std::string MonthOf(const std::string& date) {
  return date.substr(0, 7);
}

std::string MonthAfter(const std::string& month, int months) {
  const int count = YearOf(month) * 12 + MonthNumberOf(month) - 1 + months;
  return absl::StrFormat("%04d-%02d", count / 12, count % 12 + 1);
}

std::string FirstDayOf(const std::string& month) {
  return month + "-01";
}

std::string LastDayOf(const std::string& month) {
  return absl::StrFormat("%s-%02d", month, DaysIn(YearOf(month), MonthNumberOf(month)));
}

int FiscalYearOf(const std::string& date, int start_month) {
  return MonthNumberOf(date) >= start_month ? YearOf(date) : YearOf(date) - 1;
}

std::string LastDayOfFiscalYear(int fiscal_year, int start_month) {
  const std::string start = absl::StrFormat("%04d-%02d", fiscal_year, start_month);
  return LastDayOf(MonthAfter(start, 11));
}

}  // namespace lumbung::auditor
