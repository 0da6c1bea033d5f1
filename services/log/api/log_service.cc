#include "services/log/api/log_service.h"

#include "lumbung/log/v1/log_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type) \
  LUMBUNG_UNARY_METHOD("lumbung.log.v1.LogService", method, response_type, handlers_)

namespace lumbung::log::api {
namespace {

class LogServiceImpl final : public v1::LogService::CallbackService {
 public:
  LogServiceImpl(GrpcAdapter* adapter, LogHandlers* handlers)
      : adapter_(adapter), handlers_(handlers) {}

  LUMBUNG_METHOD(GetCheckpoint, Checkpoint)
  LUMBUNG_METHOD(GetInclusionProof, InclusionProof)
  LUMBUNG_METHOD(GetConsistencyProof, ConsistencyProof)
  LUMBUNG_METHOD(AddCosignature, Checkpoint)
  LUMBUNG_METHOD(ListLeaves, ListLeavesResponse)

 private:
  GrpcAdapter* const adapter_;
  LogHandlers* const handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLogService(GrpcAdapter* adapter, LogHandlers* handlers) {
  return std::make_unique<LogServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::log::api
