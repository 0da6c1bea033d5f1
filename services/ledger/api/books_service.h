// BooksService on the wire: which handler answers which call.
#ifndef LUMBUNG_SERVICES_LEDGER_API_BOOKS_SERVICE_H_
#define LUMBUNG_SERVICES_LEDGER_API_BOOKS_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/ledger/api/books_handlers.h"

namespace lumbung::ledger::api {

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeBooksService(GrpcAdapter* adapter, BooksHandlers* handlers);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_BOOKS_SERVICE_H_
