#include "services/reporting/audit_pack/pack_context.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace lumbung::reporting {

std::string JsonLine(const Json& object) {
  return absl::StrCat(object.dump(-1, ' ', false, Json::error_handler_t::replace), "\n");
}

std::string JsonFile(const Json& object) {
  return absl::StrCat(object.dump(1, ' ', false, Json::error_handler_t::replace), "\n");
}

absl::string_view TypeWord(AccountType type) {
  switch (type) {
    case AccountType::kAsset:
      return "asset";
    case AccountType::kLiability:
      return "liability";
    case AccountType::kNetAsset:
      return "net-asset";
    case AccountType::kIncome:
      return "income";
    case AccountType::kExpense:
      return "expense";
  }
  return "";
}

std::string Base64(absl::string_view bytes) {
  return absl::Base64Escape(bytes);
}

std::string Hex(absl::string_view bytes) {
  return absl::BytesToHexString(bytes);
}

std::string Utc(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

}  // namespace lumbung::reporting
