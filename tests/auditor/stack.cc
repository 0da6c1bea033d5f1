#include "tests/auditor/stack.h"

#include <utility>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/migrations.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::auditor {

absl::StatusOr<std::unique_ptr<Stack>> Stack::Start() {
  auto stack = std::make_unique<Stack>();
  host::EmbeddedPostgres::Options options;
  options.data_dir = stack->folder_.path() + "/data";
  options.durable = false;
  LUMBUNG_ASSIGN_OR_RETURN(stack->postgres_, host::EmbeddedPostgres::Start(std::move(options)));
  LUMBUNG_RETURN_IF_ERROR(store::MigrateUp(stack->owner_uri(), [](absl::string_view) {}));
  stack->pool_ =
      std::make_unique<store::ConnectionPool>(store::ConnectionPool::Options{stack->app_uri(), 1});
  LUMBUNG_RETURN_IF_ERROR(stack->StartServer());
  return stack;
}

std::shared_ptr<grpc::Channel> Stack::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  // A restarted server listens elsewhere: no two connections are to share a subchannel.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(),
                                   arguments);
}

absl::Status Stack::Restart() {
  server_ = nullptr;
  return StartServer();
}

absl::Status Stack::StartServer() {
  host::ServerSettings settings;
  settings.db = app_uri();
  settings.grpc_port = 0;
  settings.metrics_port = 0;
  settings.db_connections = 4;
  settings.log_level = "error";
  LUMBUNG_ASSIGN_OR_RETURN(server_, host::Server::StartWith(settings, folder_.path() + "/scratch",
                                                             &authenticator_));
  return absl::OkStatus();
}

absl::Status Stack::Fold(const std::string& organization, const std::string& book) {
  LUMBUNG_ASSIGN_OR_RETURN(const store::Organization found,
                           store::InTransaction(*pool_, {}, [&](store::TransactionScope& scope) {
                             return store::FindOrganization(scope, organization);
                           }));
  LUMBUNG_ASSIGN_OR_RETURN(
      const BookKey key,
      store::InTransaction(*pool_, {found.id}, [&](store::TransactionScope& scope) {
        return store::FindBook(scope, book);
      }));
  return store::FoldTurnover(*pool_, key, absl::InfiniteFuture());
}

}  // namespace lumbung::auditor
