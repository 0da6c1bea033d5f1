// Changes of the books leave a trace in the audit trail, in their own database transaction.
#ifndef LUMBUNG_SERVICES_LEDGER_API_AUDITED_H_
#define LUMBUNG_SERVICES_LEDGER_API_AUDITED_H_

#include <type_traits>
#include <utility>

#include <google/protobuf/message.h>

#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"

namespace lumbung::ledger::api {

// Records that the call made `request` happen, and what it answered.
void RecordChange(store::TransactionScope& scope, const CallScope& call,
                  const google::protobuf::Message& request,
                  const google::protobuf::Message& response);

// `body(TransactionScope&)`, which returns a StatusOr of a message, and then the record of it. Both
// outlive the result.
template <typename Body>
auto Audited(const CallScope& call, const google::protobuf::Message& request, const Body& body) {
  return [&call, &request, &body](store::TransactionScope& scope) {
    std::invoke_result_t<Body, store::TransactionScope&> response = body(scope);
    if (response.ok()) RecordChange(scope, call, request, *response);
    return response;
  };
}

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_AUDITED_H_
