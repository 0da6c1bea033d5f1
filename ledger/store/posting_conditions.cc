#include "ledger/store/posting_conditions.h"

#include "ledger/store/stored_values.h"

namespace lumbung::store {

absl::StatusOr<MatchingSets> MatchingSets::Find(TransactionScope& scope, BookKey book,
                                                const DimensionFilter& filter) {
  MatchingSets matching;
  if (filter.IsEmpty()) return matching;
  QueryBuilder query;
  query.Sql("select s.dimension_set_id from ledger.dimension_set s where").InBook("s", book);
  if (filter.fund.has_value()) query.Sql(" and s.fund_id = ").Integer(ToInteger(*filter.fund));
  for (const auto& [dimension, value] : filter.values) {
    query.Sql(" and exists (select 1 from generate_series(1, cardinality(s.members), 2) i ")
        .Sql("where s.members[i] = ")
        .Integer(ToInteger(dimension))
        .Sql(" and s.members[i + 1] = ")
        .Integer(ToInteger(value))
        .Sql(")");
  }
  matching.sets_.emplace();
  for (const pqxx::row& row : query.Run(scope)) {
    matching.sets_->push_back(StoredId<DimensionSetId>(row[0]));
  }
  return matching;
}

}  // namespace lumbung::store
