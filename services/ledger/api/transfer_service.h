// TransferService on the wire: which handler answers which call, and how it is run.
#ifndef LUMBUNG_SERVICES_LEDGER_API_TRANSFER_SERVICE_H_
#define LUMBUNG_SERVICES_LEDGER_API_TRANSFER_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/ledger/api/transfer_handlers.h"

namespace lumbung::ledger::api {

// All outlive the service.
std::unique_ptr<grpc::Service> MakeTransferService(GrpcAdapter* adapter,
                                                   TransferHandlers* handlers);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_TRANSFER_SERVICE_H_
