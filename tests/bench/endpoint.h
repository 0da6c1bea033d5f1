// Where the measured server listens, and how the bench signs in to it.
#ifndef LUMBUNG_TESTS_BENCH_ENDPOINT_H_
#define LUMBUNG_TESTS_BENCH_ENDPOINT_H_

#include <cstdint>
#include <string>

#include <grpcpp/client_context.h>

namespace lumbung::bench {

struct Endpoint {
  std::string address;
  std::string token;
  // Of the gateway.
  std::uint16_t http_port = 0;

  // What every call carries.
  void Prepare(grpc::ClientContext* context) const {
    context->AddMetadata("lumbung-organization", "bench");
    context->AddMetadata("authorization", "Bearer " + token);
  }
};

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_ENDPOINT_H_
