// DimensionFilter: a fund and dimension values that a posting must have.
#ifndef LUMBUNG_LEDGER_STORE_DIMENSION_FILTER_H_
#define LUMBUNG_LEDGER_STORE_DIMENSION_FILTER_H_

#include <optional>
#include <utility>
#include <vector>

#include "ledger/core/ids.h"

namespace lumbung::store {

struct DimensionFilter {
  std::optional<FundId> fund;
  std::vector<std::pair<DimensionId, ValueId>> values;
  bool IsEmpty() const { return !fund.has_value() && values.empty(); }
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_DIMENSION_FILTER_H_
