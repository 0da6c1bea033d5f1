// What is measured: the real server on its own durable PostgreSQL in a temporary folder, with one
// organization and books of 400 accounts.
#ifndef LUMBUNG_TESTS_BENCH_STACK_H_
#define LUMBUNG_TESTS_BENCH_STACK_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "services/host/embedded_postgres.h"
#include "services/host/server.h"
#include "tests/bench/endpoint.h"

namespace lumbung::bench {

inline constexpr int kAccounts = 400;

class Stack {
 public:
  static absl::StatusOr<std::unique_ptr<Stack>> Start(const std::string& dir);

  // Makes a fresh book with accounts "1" to "400", so that each round starts from nothing.
  absl::Status CreateBook(const std::string& slug);
  // As a finance officer.
  Endpoint endpoint() const { return {server_->address(), token_, server_->gateway_port()}; }
  std::string owner_uri() const { return postgres_->OwnerUri(); }
  std::string app_uri() const { return postgres_->AppUri(); }

 private:
  absl::Status SignIn();

  std::unique_ptr<host::EmbeddedPostgres> postgres_;
  std::unique_ptr<host::Server> server_;
  std::unique_ptr<store::ConnectionPool> pool_;
  OrganizationId organization_{};
  std::string token_;
};

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_STACK_H_
