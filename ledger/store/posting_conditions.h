// Conditions on postings that several queries share. Only the store's own .cc files include this
// header.
#ifndef LUMBUNG_LEDGER_STORE_POSTING_CONDITIONS_H_
#define LUMBUNG_LEDGER_STORE_POSTING_CONDITIONS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/dimension_filter.h"
#include "ledger/store/query_builder.h"

namespace lumbung::store {

// The dimension sets that match a filter. They are looked up first and named one by one in the
// query proper, so that its plan does not rest on a guess of how many they are.
class MatchingSets {
 public:
  // Every set when the filter is empty.
  static absl::StatusOr<MatchingSets> Find(TransactionScope& scope, BookKey book,
                                           const DimensionFilter& filter);

  bool AreAll() const { return !sets_.has_value(); }
  bool AreNone() const { return sets_.has_value() && sets_->empty(); }
  const std::vector<DimensionSetId>& sets() const { return *sets_; }

 private:
  std::optional<std::vector<DimensionSetId>> sets_;
};

// " and <column> >= ... and <column> <= ...", as far as the range is bounded.
template <std::size_t kSize>
void AndInRange(const char (&column)[kSize], const DateRange& range, QueryBuilder* query) {
  if (range.from.has_value()) query->Sql(" and ").Sql(column).Sql(" >= ").Day(*range.from);
  if (range.to.has_value()) query->Sql(" and ").Sql(column).Sql(" <= ").Day(*range.to);
}

// " and <column> = any (...)"; nothing when there are no accounts to filter by.
template <std::size_t kSize>
void AndOneOf(const char (&column)[kSize], const std::vector<AccountId>& accounts,
              QueryBuilder* query) {
  if (!accounts.empty()) query->Sql(" and ").Sql(column).Sql(" = any (").Ids(accounts).Sql(")");
}

// The same; nothing when every set matches.
template <std::size_t kSize>
void AndOneOf(const char (&column)[kSize], const MatchingSets& sets, QueryBuilder* query) {
  if (!sets.AreAll()) query->Sql(" and ").Sql(column).Sql(" = any (").Ids(sets.sets()).Sql(")");
}

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_POSTING_CONDITIONS_H_
