#include "ledger/store/request_store.h"

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {
namespace {

constexpr Statement kFindAnswer = {"find_answer",
                             "select body_hash, response from ledger.request_record "
                             "where organization_id = $1 and method = $2 and request_id = $3"};

constexpr Statement kSave = {
    "save_answer",
    "insert into ledger.request_record "
    "(organization_id, method, request_id, body_hash, response) values ($1, $2, $3, $4, $5)"};

}  // namespace

absl::StatusOr<std::optional<std::string>> FindAnswer(TransactionScope& scope,
                                                      const RequestKey& request) {
  LUMBUNG_RETURN_IF_ERROR(HoldOrganization(scope));
  const pqxx::result rows =
      scope.Execute(kFindAnswer, scope.organization_number(), request.method, request.request_id);
  if (rows.empty()) return std::optional<std::string>();
  if (pqxx::binarystring(rows[0][0]).str() != request.body_hash) {
    return Refusal(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "request_id",
                   absl::StrCat("request_id \"", request.request_id,
                                "\" was used before with another request"));
  }
  return std::optional<std::string>(pqxx::binarystring(rows[0][1]).str());
}

void SaveAnswer(TransactionScope& scope, const RequestKey& request, absl::string_view response) {
  scope.Execute(kSave, scope.organization_number(), request.method, request.request_id,
                pqxx::binarystring(request.body_hash), pqxx::binarystring(std::string(response)));
}

}  // namespace lumbung::store
