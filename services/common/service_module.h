// A service module is a value: a name, and how to make the service from what the host provides. The
// list of modules is an explicit array in services/host/modules.cc; nothing registers itself.
#ifndef LUMBUNG_SERVICES_COMMON_SERVICE_MODULE_H_
#define LUMBUNG_SERVICES_COMMON_SERVICE_MODULE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/impl/codegen/service_type.h>

#include "absl/status/statusor.h"
#include "ledger/store/connection_pool.h"
#include "services/common/authenticator.h"
#include "services/common/grpc_adapter.h"
#include "services/common/metrics.h"
#include "services/common/worker_pool.h"

namespace lumbung {

// What every service may use. Outlives the services.
struct HostContext {
  store::ConnectionPool* pool = nullptr;
  GrpcAdapter* adapter = nullptr;
  WorkerPool* workers = nullptr;
  // Who calls; to be told when who may do what has changed.
  Authenticator* authenticator = nullptr;
  Metrics* metrics = nullptr;
  // With what the gateway of this process proves itself to the adapter.
  std::string gateway_secret;
  // The file that names the identity providers to trust; empty for none.
  std::string oidc_providers;
  // A private folder for temporary files.
  std::string scratch_dir;
  // The folder of keys that are kept out of the database; empty for a server that has none.
  std::string keys_dir;
};

// A service while it runs.
class HostedService {
 public:
  virtual ~HostedService() = default;
  // The gRPC services to register, with their full names for health checks.
  virtual std::vector<std::pair<std::string, grpc::Service*>> services() = 0;
  // Finishes what was accepted and takes nothing more. Called when the last call was answered.
  virtual void Drain() = 0;
};

struct ServiceModule {
  // As in --services.
  const char* name;
  absl::StatusOr<std::unique_ptr<HostedService>> (*create)(const HostContext& context);
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_SERVICE_MODULE_H_
