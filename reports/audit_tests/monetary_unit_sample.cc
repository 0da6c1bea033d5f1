#include "reports/audit_tests/monetary_unit_sample.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::reports {
namespace {

__extension__ typedef unsigned __int128 uint128;

constexpr std::size_t kSeedDigits = 16;

}  // namespace

absl::StatusOr<MonetaryUnitSample> MonetaryUnitSample::Draw(const Decimal& population, int size,
                                                            absl::string_view seed) {
  const int128 interval = population.units() / size;
  if (interval < 1) {
    return InvalidArgument("INVALID_SETTING", "size",
                           absl::StrCat("found ", size, ", but the postings to sample are worth ",
                                        population.ToString(), " only"));
  }
  const std::string digest = log::Sha256(seed);
  uint128 number = 0;
  for (std::size_t i = 0; i < kSeedDigits; ++i) {
    number = (number << 8) | static_cast<unsigned char>(digest[i]);
  }
  const auto start = static_cast<int128>(number % static_cast<uint128>(interval));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_interval,
                           Decimal::FromUnits(interval, population.scale()));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal of_start, Decimal::FromUnits(start, population.scale()));
  return MonetaryUnitSample(of_interval, of_start, size);
}

int MonetaryUnitSample::Take(const Decimal& amount) {
  position_ += amount.units();
  int hits = 0;
  while (left_ > 0 && next_ < position_) {
    next_ += interval_.units();
    --left_;
    ++hits;
  }
  return hits;
}

}  // namespace lumbung::reports
