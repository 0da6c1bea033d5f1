#include "ledger/store/stored_values.h"

#include "absl/strings/str_cat.h"

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

}  // namespace lumbung::store
