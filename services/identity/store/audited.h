// What a service changes leaves a trace in the audit trail, in the change's own database
// transaction.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_AUDITED_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_AUDITED_H_

#include <type_traits>

#include <google/protobuf/message.h>

#include "ledger/store/transaction.h"
#include "services/common/call_scope.h"

namespace lumbung::audit {

// Records that the call made `request` happen, what it answered, and, unless null, what there was
// before.
void RecordChange(store::TransactionScope& scope, const CallScope& call,
                  const google::protobuf::Message& request,
                  const google::protobuf::Message& response,
                  const google::protobuf::Message* before = nullptr);

// `body(TransactionScope&)`, which returns a StatusOr of a message, and then the record of it. All
// outlive the result.
template <typename Body>
auto Audited(const CallScope& call, const google::protobuf::Message& request, const Body& body) {
  return [&call, &request, &body](store::TransactionScope& scope) {
    std::invoke_result_t<Body, store::TransactionScope&> response = body(scope);
    if (response.ok()) RecordChange(scope, call, request, *response);
    return response;
  };
}

}  // namespace lumbung::audit

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_AUDITED_H_
