// Values as they come out of the database. What is stored was checked on its way in, so a value
// that does not parse is a damaged database: INTERNAL. Only the store's own .cc files include this
// header.
#ifndef LUMBUNG_LEDGER_STORE_STORED_VALUES_H_
#define LUMBUNG_LEDGER_STORE_STORED_VALUES_H_

#include <cstdint>
#include <type_traits>

#include <pqxx/result>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/balance.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"

namespace lumbung::store {

// Of `numeric` and `date` columns.
absl::StatusOr<Decimal> StoredDecimal(const pqxx::field& field);
absl::StatusOr<Date> StoredDate(const pqxx::field& field);
// Of a column selected as microseconds since 1970: (extract(epoch from c) * 1000000)::bigint.
absl::Time StoredTime(const pqxx::field& field);

// A strong id of an integer column.
template <typename Id>
Id StoredId(const pqxx::field& field) {
  return static_cast<Id>(field.as<std::underlying_type_t<Id>>());
}

// Of the columns account, currency, functional currency, debit, credit, functional debit,
// functional credit, fund and members of the dimension set; the last two may be null.
absl::StatusOr<BalanceRow> BalanceFromRow(const pqxx::row& row);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_STORED_VALUES_H_
