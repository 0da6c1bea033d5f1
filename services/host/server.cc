#include "services/host/server.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include <grpcpp/create_channel.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/migrations.h"
#include "services/common/grpc_adapter.h"
#include "services/common/log.h"
#include "services/common/metrics.h"
#include "services/common/random_bytes.h"
#include "services/common/rate_limiter.h"
#include "services/common/service_module.h"
#include "services/common/worker_pool.h"
#include "services/gateway/gateway.h"
#include "services/host/http_status_server.h"
#include "services/host/modules.h"
#include "services/host/version.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/api/session_authenticator.h"

namespace lumbung::host {
namespace {

// An atomic batch of a thousand entries fits; files travel in chunks.
constexpr int kMaxRequestBytes = 8 << 20;
constexpr int kMaxResponseBytes = 32 << 20;
constexpr int kMaxCallsPerConnection = 2'000;
constexpr std::size_t kMaxWaitingCalls = 2'000;
// Streams mostly wait for their clients.
constexpr int kStreams = 16;
constexpr std::size_t kMaxWaitingStreams = 64;
// Setting things up takes less.
constexpr absl::Duration kServerSession = absl::Minutes(15);

// Another one at every start.
std::string NewGatewaySecret() {
  char bytes[32];
  SecureRandomBytes(bytes, sizeof bytes);
  return absl::BytesToHexString(absl::string_view(bytes, sizeof bytes));
}

absl::StatusOr<std::vector<ServiceModule>> ChooseModules(const std::vector<std::string>& names) {
  std::vector<ServiceModule> chosen;
  std::vector<absl::string_view> known;
  for (const ServiceModule& module : AllModules()) {
    known.push_back(module.name);
    const bool is_named = std::find(names.begin(), names.end(), module.name) != names.end();
    if (names.empty() || is_named) chosen.push_back(module);
  }
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return InvalidArgument("UNKNOWN_SERVICE", "services",
                             absl::StrCat("there is no service \"", name,
                                          "\"; there are: ", absl::StrJoin(known, ", ")));
    }
  }
  return chosen;
}

}  // namespace

// In the order of building; destroyed in the opposite one, when nobody calls any more.
class Server::Parts {
 public:
  Parts(const ServerSettings& settings, Authenticator* authenticator)
      : settings_(settings),
        gateway_secret_(NewGatewaySecret()),
        metrics_({.version = Version(), .commit = Commit()}),
        pool_({settings.db, settings.db_connections}),
        sessions_(authenticator != nullptr
                      ? nullptr
                      : std::make_unique<identity::SessionAuthenticator>(
                            identity::SessionAuthenticator::Options{&pool_, absl::Now})),
        authenticator_(authenticator != nullptr ? authenticator : sessions_.get()),
        organizations_(settings.organization_rate, "this organization"),
        workers_(settings.workers, kMaxWaitingCalls),
        streams_(kStreams, kMaxWaitingStreams),
        adapter_({.calls = &workers_,
                  .streams = &streams_,
                  .authenticator = authenticator_,
                  .observer = &metrics_,
                  .deadlines = {.default_read = settings.default_read_deadline,
                                .default_write = settings.default_write_deadline,
                                .longest_call = settings.longest_call},
                  .gateway_secret = gateway_secret_,
                  .organizations = &organizations_}) {
    AddGauges();
  }

  ~Parts() {
    draining_ = true;
    if (grpc_ != nullptr) {
      grpc_->GetHealthCheckService()->SetServingStatus(false);
      grpc_->Shutdown(absl::ToChronoTime(absl::Now() + settings_.shutdown_patience));
    }
    for (const auto& service : services_) service->Drain();
  }

  absl::Status MakeServices(const std::vector<ServiceModule>& modules,
                            const std::string& scratch_dir) {
    HostContext context;
    context.pool = &pool_;
    context.adapter = &adapter_;
    context.workers = &workers_;
    context.authenticator = authenticator_;
    context.metrics = &metrics_;
    context.gateway_secret = gateway_secret_;
    context.oidc_providers = settings_.oidc_providers;
    context.scratch_dir = scratch_dir;
    context.keys_dir = settings_.keys_dir;
    for (const ServiceModule& module : modules) {
      LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<HostedService> service, module.create(context));
      services_.push_back(std::move(service));
    }
    return absl::OkStatus();
  }

  absl::Status Listen() {
    grpc::EnableDefaultHealthCheckService(true);
    if (settings_.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(absl::StrCat(settings_.listen_host, ":", settings_.grpc_port),
                             grpc::InsecureServerCredentials(), &port);
    builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
    builder.SetMaxSendMessageSize(kMaxResponseBytes);
    // Without this a second server could share the port and take half of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxCallsPerConnection);
    // A client that vanished without a word is noticed.
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
    std::vector<std::string> names;
    for (const auto& service : services_) {
      for (const auto& [name, grpc_service] : service->services()) {
        builder.RegisterService(grpc_service);
        names.push_back(name);
      }
    }
    grpc_ = builder.BuildAndStart();
    if (grpc_ == nullptr || port == 0) {
      return FailedPrecondition("PORT_IN_USE", "",
                                absl::StrCat("cannot listen on ", settings_.listen_host, ":",
                                             settings_.grpc_port, "; is another server there?"));
    }
    address_ = absl::StrCat(settings_.listen_host, ":", port);
    for (const std::string& name : names) {
      grpc_->GetHealthCheckService()->SetServingStatus(name, true);
    }
    return absl::OkStatus();
  }

  // The same services for browsers and curl.
  absl::Status ListenForHttp() {
    if (!settings_.gateway_port) return absl::OkStatus();
    gateway::Gateway::Options options;
    options.port = *settings_.gateway_port;
    options.secret = gateway_secret_;
    options.listen_host = settings_.gateway_host;
    options.certificate_file = settings_.tls_certificate;
    options.key_file = settings_.tls_key;
    options.client_ca_file = settings_.tls_client_ca;
    options.host_names = settings_.gateway_names;
    options.calls_of_address = settings_.address_rate;
    options.web_folder = settings_.web_dir;
    options.metrics = [this] { return metrics_.Expose(); };
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
    options.channel =
        grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
    for (const auto& service : services_) {
      for (const auto& [name, grpc_service] : service->services()) options.services.push_back(name);
    }
    LUMBUNG_ASSIGN_OR_RETURN(gateway_, gateway::Gateway::Start(std::move(options)));
    return absl::OkStatus();
  }

  absl::Status ListenForOperators() {
    LUMBUNG_ASSIGN_OR_RETURN(http_, HttpStatusServer::Start({settings_.metrics_port,
                                                             [this] { return metrics_.Expose(); },
                                                             [this] { return IsReady(); }}));
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<std::string>> EnsureFirstAdmin() {
    return identity::EnsureFirstAdmin(pool_, SecureRandomBytes, absl::Now());
  }
  absl::StatusOr<std::optional<std::string>> ResetFirstAdmin() {
    absl::StatusOr<std::optional<std::string>> made = EnsureFirstAdmin();
    if (!made.ok() || made->has_value()) return made;
    return identity::ResetFirstAdmin(pool_, SecureRandomBytes, absl::Now());
  }
  absl::StatusOr<std::string> OpenSession(absl::string_view user_name) {
    return identity::OpenServerSession(pool_, user_name, kServerSession, SecureRandomBytes,
                                       absl::Now());
  }

  const std::string& address() const { return address_; }
  std::uint16_t metrics_port() const { return http_->port(); }
  std::uint16_t gateway_port() const { return gateway_ == nullptr ? 0 : gateway_->port(); }

 private:
  void AddGauges() {
    const auto add = [this](const char* name, const char* help, auto read) {
      metrics_.AddGauge(name, help, [read] { return static_cast<std::int64_t>(read()); });
    };
    add("lumbung_db_connections", "Database connections at most",
        [this] { return pool_.usage().size; });
    add("lumbung_db_connections_in_use", "Database connections at work",
        [this] { return pool_.usage().in_use; });
    add("lumbung_db_connections_waited_for", "Threads waiting for a database connection",
        [this] { return pool_.usage().waiting; });
    add("lumbung_calls_running", "Calls on a worker", [this] { return workers_.busy(); });
    add("lumbung_calls_waiting", "Calls waiting for a worker",
        [this] { return workers_.waiting(); });
    add("lumbung_streams_running", "Streams on a worker", [this] { return streams_.busy(); });
    add("lumbung_streams_waiting", "Streams waiting for a worker",
        [this] { return streams_.waiting(); });
  }

  // From the operators' thread.
  bool IsReady() const { return !draining_ && store::CheckSchema(settings_.db).ok(); }

  const ServerSettings settings_;
  const std::string gateway_secret_;
  std::atomic<bool> draining_{false};
  Metrics metrics_;
  store::ConnectionPool pool_;
  // Null when somebody else says who calls.
  const std::unique_ptr<identity::SessionAuthenticator> sessions_;
  Authenticator* const authenticator_;
  // Handlers on them use the services, and services start work on them: see the order below.
  std::vector<std::unique_ptr<HostedService>> services_;
  RateLimiter organizations_;
  WorkerPool workers_;
  WorkerPool streams_;
  GrpcAdapter adapter_;
  std::unique_ptr<grpc::Server> grpc_;
  std::string address_;
  // Reads from everything above.
  std::unique_ptr<HttpStatusServer> http_;
  std::unique_ptr<gateway::Gateway> gateway_;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  Stop();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerSettings& settings,
                                                      const std::string& scratch_dir) {
  return StartWith(settings, scratch_dir, nullptr);
}

absl::StatusOr<std::unique_ptr<Server>> Server::StartWith(const ServerSettings& settings,
                                                          const std::string& scratch_dir,
                                                          Authenticator* authenticator) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<ServiceModule> modules,
                           ChooseModules(settings.services));
  LUMBUNG_RETURN_IF_ERROR(store::CheckSchema(settings.db));
  auto parts = std::make_unique<Parts>(settings, authenticator);
  LUMBUNG_RETURN_IF_ERROR(parts->MakeServices(modules, scratch_dir));
  LUMBUNG_RETURN_IF_ERROR(parts->Listen());
  LUMBUNG_RETURN_IF_ERROR(parts->ListenForHttp());
  LUMBUNG_RETURN_IF_ERROR(parts->ListenForOperators());
  LogInfo("listening",
          {{"grpc", parts->address()},
           {"gateway", parts->gateway_port() == 0
                           ? "none"
                           : absl::StrCat(settings.gateway_host, ":", parts->gateway_port())},
           {"metrics", absl::StrCat("127.0.0.1:", parts->metrics_port())}});
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

absl::StatusOr<std::optional<std::string>> Server::EnsureFirstAdmin() {
  return parts_->EnsureFirstAdmin();
}

absl::StatusOr<std::optional<std::string>> Server::ResetFirstAdmin() {
  return parts_->ResetFirstAdmin();
}

absl::StatusOr<std::string> Server::OpenSession(absl::string_view user_name) {
  return parts_->OpenSession(user_name);
}

const std::string& Server::address() const {
  return parts_->address();
}

std::uint16_t Server::metrics_port() const {
  return parts_->metrics_port();
}

std::uint16_t Server::gateway_port() const {
  return parts_->gateway_port();
}

void Server::Stop() {
  if (parts_ == nullptr) return;
  LogInfo("stopping");
  parts_ = nullptr;
  LogInfo("stopped");
}

}  // namespace lumbung::host
