// The real server, in this process, on a PostgreSQL of its own that goes with it.
#ifndef LUMBUNG_TESTS_AUDITOR_STACK_H_
#define LUMBUNG_TESTS_AUDITOR_STACK_H_

#include <memory>
#include <string>

#include <grpcpp/channel.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/store/connection_pool.h"
#include "services/host/embedded_postgres.h"
#include "services/host/server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trusting_authenticator.h"

namespace lumbung::auditor {

class Stack {
 public:
  static absl::StatusOr<std::unique_ptr<Stack>> Start();

  std::shared_ptr<grpc::Channel> Connect() const;
  // Stops the server and starts another one, which knows nothing but what the database holds.
  absl::Status Restart();
  // What the host does now and then for the sake of speed.
  absl::Status Fold(const std::string& organization, const std::string& book);

  // As the schema's owner, and as the services.
  std::string owner_uri() const { return postgres_->OwnerUri(); }
  std::string app_uri() const { return postgres_->AppUri(); }

 private:
  absl::Status StartServer();

  testing::TemporaryFolder folder_;
  std::unique_ptr<host::EmbeddedPostgres> postgres_;
  std::unique_ptr<store::ConnectionPool> pool_;
  testing::TrustingAuthenticator authenticator_;
  std::unique_ptr<host::Server> server_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_STACK_H_
