// Declares and defines a unary method of a callback service whose handler is an equally named
// member of `handlers`. Fifty methods differ in nothing but their names; this is the shape they
// share.
#ifndef LUMBUNG_SERVICES_COMMON_UNARY_METHOD_H_
#define LUMBUNG_SERVICES_COMMON_UNARY_METHOD_H_

#include "services/common/grpc_adapter.h"

#define LUMBUNG_UNARY_METHOD(service, method, response_type, handlers)            \
  grpc::ServerUnaryReactor* method(grpc::CallbackServerContext* context,          \
                                   const v1::method##Request* request,            \
                                   v1::response_type* response) override {        \
    return adapter_->Unary<v1::method##Request, v1::response_type>(               \
        service "/" #method, context, request, response,                          \
        [this](CallScope& call, const v1::method##Request& message) {             \
          return (handlers)->method(call, message);                               \
        });                                                                       \
  }

#endif  // LUMBUNG_SERVICES_COMMON_UNARY_METHOD_H_
