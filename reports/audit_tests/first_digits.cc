#include "reports/audit_tests/first_digits.h"

#include <cmath>
#include <cstddef>

namespace lumbung::reports {
namespace {

constexpr std::int64_t kFewest = 300;

}  // namespace

void FirstDigits::Add(const Decimal& amount) {
  int128 units = amount.Abs().units();
  if (units == 0) return;
  while (units >= 10) units /= 10;
  ++counts_[static_cast<std::size_t>(units)];
  ++total_;
}

double FirstDigits::Share(int digit) const {
  return total_ == 0 ? 0 : static_cast<double>(count(digit)) / static_cast<double>(total_);
}

double FirstDigits::Expected(int digit) {
  return std::log10(1 + 1.0 / digit);
}

double FirstDigits::Deviation() const {
  double sum = 0;
  for (int digit = 1; digit <= 9; ++digit) sum += std::abs(Share(digit) - Expected(digit));
  return sum / 9;
}

Label FirstDigits::Verdict() const {
  if (total_ < kFewest) {
    return {"terlalu sedikit untuk disimpulkan (kurang dari 300)",
            "too few to conclude from (fewer than 300)"};
  }
  const double deviation = Deviation();
  if (deviation < 0.006) return {"sangat sesuai", "close conformity"};
  if (deviation < 0.012) return {"sesuai", "acceptable conformity"};
  if (deviation < 0.015) return {"cukup sesuai", "marginally acceptable conformity"};
  return {"tidak sesuai: periksa angka yang menonjol", "nonconformity: look at what stands out"};
}

}  // namespace lumbung::reports
