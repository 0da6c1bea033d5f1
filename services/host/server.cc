#include "services/host/server.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/migrations.h"
#include "services/common/grpc_adapter.h"
#include "services/common/worker_pool.h"
#include "services/host/http_status_server.h"
#include "services/host/version.h"
#include "services/common/log.h"
#include "services/common/metrics.h"
#include "services/common/service_module.h"

namespace lumbung::host {
namespace {

// An atomic batch of a thousand entries fits; a file travels in chunks.
constexpr int kMaxMessageBytes = 8 * 1024 * 1024;
constexpr std::size_t kMaxWaitingCalls = 2'000;

absl::StatusOr<std::vector<const ServiceModule*>> ChooseModules(
    const std::vector<std::string>& names) {
  std::vector<const ServiceModule*> chosen;
  std::string all;
  for (const ServiceModule& module : AllModules()) {
    absl::StrAppend(&all, all.empty() ? "" : ", ", module.name);
    if (names.empty() || std::find(names.begin(), names.end(), module.name) != names.end()) {
      chosen.push_back(&module);
    }
  }
  if (!names.empty() && chosen.size() != names.size()) {
    return InvalidArgument("UNKNOWN_SERVICE", "services",
                           absl::StrCat("the services of this binary are: ", all));
  }
  return chosen;
}

}  // namespace

struct Server::Parts {
  ServerSettings settings;
  std::unique_ptr<Metrics> metrics;
  std::unique_ptr<store::ConnectionPool> pool;
  std::unique_ptr<WorkerPool> workers;
  std::unique_ptr<GrpcAdapter> adapter;
  std::vector<std::unique_ptr<HostedService>> services;
  std::vector<std::string> service_names;
  std::unique_ptr<grpc::Server> grpc;
  std::unique_ptr<HttpStatusServer> http;
  int grpc_port = 0;
  bool stopped = false;
};

Server::Server() : parts_(std::make_unique<Parts>()) {}
Server::~Server() {
  Stop();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerSettings& settings,
                                                      const std::string& scratch_dir) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<const ServiceModule*> modules,
                           ChooseModules(settings.services));
  LUMBUNG_RETURN_IF_ERROR(store::CheckSchema(settings.db));

  std::unique_ptr<Server> server(new Server);
  Parts& parts = *server->parts_;
  parts.settings = settings;
  parts.metrics = std::make_unique<Metrics>(Version(), Commit());
  parts.pool = std::make_unique<store::ConnectionPool>(
      store::ConnectionPool::Options{settings.db, settings.db_connections});
  parts.workers = std::make_unique<WorkerPool>(settings.workers, kMaxWaitingCalls);
  parts.adapter = std::make_unique<GrpcAdapter>(parts.workers.get(), parts.metrics.get());
  parts.metrics->AddGauge("lumbung_db_connections_in_use", "Database connections at work",
                          [pool = parts.pool.get()] { return pool->usage().in_use; });
  parts.metrics->AddGauge("lumbung_db_connections_waited_for", "Threads waiting for a connection",
                          [pool = parts.pool.get()] { return pool->usage().waiting; });
  parts.metrics->AddGauge(
      "lumbung_calls_waiting", "Calls waiting for a worker",
      [workers = parts.workers.get()] { return static_cast<std::int64_t>(workers->waiting()); });

  const HostContext context{parts.pool.get(), parts.adapter.get(), parts.workers.get(),
                            parts.metrics.get(), scratch_dir};
  grpc::EnableDefaultHealthCheckService(true);
  if (settings.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat(settings.listen_host, ":", settings.grpc_port),
                           grpc::InsecureServerCredentials(), &parts.grpc_port);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes * 4);
  // Without this a second server could share the port and take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 2'000);
  for (const ServiceModule* module : modules) {
    LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<HostedService> service, module->create(context));
    for (const auto& [name, grpc_service] : service->services()) {
      builder.RegisterService(grpc_service);
      parts.service_names.push_back(name);
    }
    parts.services.push_back(std::move(service));
  }
  parts.grpc = builder.BuildAndStart();
  if (parts.grpc == nullptr || parts.grpc_port == 0) {
    return FailedPrecondition("PORT_IN_USE", "",
                              absl::StrCat("cannot listen on ", settings.listen_host, ":",
                                           settings.grpc_port, "; is another server running?"));
  }
  for (const std::string& name : parts.service_names) {
    parts.grpc->GetHealthCheckService()->SetServingStatus(name, true);
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      parts.http,
      HttpStatusServer::Start({settings.metrics_port,
                               [metrics = parts.metrics.get()] { return metrics->Expose(); },
                               [db = settings.db] { return store::CheckSchema(db).ok(); }}));
  Log(LogLevel::kInfo, "listening",
      {{"grpc", server->address()},
       {"metrics", absl::StrCat("127.0.0.1:", server->metrics_port())}});
  return server;
}

std::uint16_t Server::grpc_port() const {
  return static_cast<std::uint16_t>(parts_->grpc_port);
}
std::uint16_t Server::metrics_port() const {
  return parts_->http->port();
}
std::string Server::address() const {
  return absl::StrCat(parts_->settings.listen_host, ":", parts_->grpc_port);
}

void Server::Stop() {
  Parts& parts = *parts_;
  if (std::exchange(parts.stopped, true) || parts.grpc == nullptr) return;
  Log(LogLevel::kInfo, "stopping");
  parts.grpc->GetHealthCheckService()->SetServingStatus(false);
  parts.grpc->Shutdown(std::chrono::system_clock::now() +
                       std::chrono::seconds(parts.settings.shutdown_seconds));
  for (const auto& service : parts.services) service->Drain();
  parts.grpc->Wait();
  // Handlers still use the services and the pool until the workers have ended.
  parts.workers.reset();
  parts.services.clear();
  parts.http.reset();
}

}  // namespace lumbung::host
