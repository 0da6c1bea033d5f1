#include "ledger/store/stored_values.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

absl::Status Damaged(const pqxx::field& field, const absl::Status& why) {
  return absl::InternalError(
      absl::StrCat("the database holds an unusable ", field.name(), ": ", why.message()));
}

}  // namespace

absl::StatusOr<Decimal> StoredDecimal(const pqxx::field& field) {
  absl::StatusOr<Decimal> value = Decimal::Parse(field.c_str());
  if (!value.ok()) return Damaged(field, value.status());
  return value;
}

absl::StatusOr<Date> StoredDate(const pqxx::field& field) {
  absl::StatusOr<Date> value = Date::Parse(field.c_str());
  if (!value.ok()) return Damaged(field, value.status());
  return value;
}

absl::Time StoredTime(const pqxx::field& field) {
  return absl::FromUnixMicros(field.as<std::int64_t>());
}

absl::StatusOr<BalanceRow> BalanceFromRow(const pqxx::row& row) {
  BalanceRow balance;
  balance.account = StoredId<AccountId>(row[0]);
  balance.currency = StoredId<CurrencyId>(row[1]);
  balance.functional_currency = StoredId<CurrencyId>(row[2]);
  LUMBUNG_ASSIGN_OR_RETURN(balance.debit, StoredDecimal(row[3]));
  LUMBUNG_ASSIGN_OR_RETURN(balance.credit, StoredDecimal(row[4]));
  LUMBUNG_ASSIGN_OR_RETURN(balance.functional_debit, StoredDecimal(row[5]));
  LUMBUNG_ASSIGN_OR_RETURN(balance.functional_credit, StoredDecimal(row[6]));
  if (!row[7].is_null()) {
    balance.dimensions = DimensionSetFromText(StoredId<FundId>(row[7]), row[8].c_str());
  }
  return balance;
}

}  // namespace lumbung::store
