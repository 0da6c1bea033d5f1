// Changes that carry a request_id happen once: the first answer is stored in the change's own
// database transaction, and every later request with the same id gets it again.
#ifndef LUMBUNG_SERVICES_COMMON_CHANGE_H_
#define LUMBUNG_SERVICES_COMMON_CHANGE_H_

#include <optional>
#include <string>

#include <google/protobuf/message.h>

#include "absl/status/statusor.h"
#include "ledger/core/ids.h"
#include "ledger/core/status.h"
#include "ledger/store/request_store.h"
#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"

namespace lumbung {

// Under what the answer is kept; nothing for a request without an id, or one that only validates.
// INVALID_REQUEST_ID.
absl::StatusOr<std::optional<store::RequestKey>> RequestKeyOf(
    const google::protobuf::Message& request, const std::string& request_id, bool validate_only);

absl::Status DamagedAnswer(const store::RequestKey& key);

// The stored answer, or that of `body`, which is then stored. REQUEST_ID_REUSED.
template <typename Response, typename Body>
absl::StatusOr<Response> AnswerOnce(store::TransactionScope& scope,
                                    const std::optional<store::RequestKey>& key, const Body& body) {
  if (!key.has_value()) return body(scope);
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<std::string> stored, store::FindAnswer(scope, *key));
  if (stored.has_value()) {
    Response response;
    if (!response.ParseFromString(*stored)) return DamagedAnswer(*key);
    return response;
  }
  LUMBUNG_ASSIGN_OR_RETURN(Response response, body(scope));
  store::SaveAnswer(scope, *key, response.SerializeAsString());
  return response;
}

// Runs `body(TransactionScope&)` in a database transaction of the organization: once per
// request_id, and without a trace when the request only validates.
template <typename Response, typename Request, typename Body>
absl::StatusOr<Response> RunChange(store::ConnectionPool& pool, const CallScope& call,
                                   OrganizationId organization, const Request& request,
                                   const Body& body) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<store::RequestKey> key,
                           RequestKeyOf(request, request.request_id(), request.validate_only()));
  const store::Access access =
      request.validate_only() ? store::Access::kDryRun : store::Access::kReadWrite;
  return store::InTransaction(
      pool, {organization, access, call.deadline},
      [&](store::TransactionScope& scope) { return AnswerOnce<Response>(scope, key, body); });
}

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_CHANGE_H_
