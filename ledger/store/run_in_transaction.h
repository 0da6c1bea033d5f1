// The one place where database transactions begin and end, and where libpqxx's exceptions become
// statuses. Only the store's own .cc files include this header.
#ifndef LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_
#define LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection.h"
#include "ledger/store/connection_pool.h"

namespace lumbung::store {

enum class Access {
  // READ COMMITTED, read-write. Writers take the book's row lock first.
  kReadWrite,
  // REPEATABLE READ, read-only: one view across all queries of the body.
  kReadOnly,
  // As kReadWrite, but always rolled back: validates without leaving a trace.
  kDryRun,
};

struct TransactionOptions {
  // The tenant. 0 reaches no tenant's rows; the organization registry alone is then open.
  OrganizationId organization{};
  Access access = Access::kReadWrite;
  absl::Time deadline = absl::InfiniteFuture();
};

// What a transaction's body may use.
class TransactionScope {
 public:
  TransactionScope(Connection& connection, pqxx::transaction_base& transaction,
                   OrganizationId organization)
      : connection_(connection), transaction_(transaction), organization_(organization) {}

  template <typename... Args>
  pqxx::result Execute(const Statement& statement, Args&&... args) {
    return connection_.Execute(transaction_, statement, std::forward<Args>(args)...);
  }
  pqxx::transaction_base& transaction() { return transaction_; }
  Connection& connection() { return connection_; }
  OrganizationId organization() const { return organization_; }
  std::int64_t organization_number() const { return ToInteger(organization_); }

 private:
  Connection& connection_;
  pqxx::transaction_base& transaction_;
  OrganizationId organization_;
};

// Runs `body` in a database transaction and commits when it returns OK; anything else rolls back.
// Deadlocks and serialization failures are retried within the deadline, so `body` may run more than
// once. Errors: those of the body; those of ConnectionPool::Acquire; DEADLINE_EXCEEDED; for a
// connection lost while committing UNAVAILABLE with reason OUTCOME_UNKNOWN; otherwise the status of
// StatusFromDatabaseError.
absl::Status RunInTransaction(ConnectionPool& pool, const TransactionOptions& options,
                              const std::function<absl::Status(TransactionScope&)>& body);

// Runs `body` with a connection in autocommit mode: for the single statement that posts a batch.
// `body` must execute exactly one statement. Not retried.
absl::Status RunAutocommit(ConnectionPool& pool, absl::Time deadline,
                           const std::function<absl::Status(TransactionScope&)>& body);

// Turns the exception being handled into a status: SQLSTATE LB*** and constraint names become the named
// reasons, 40001 and 40P01 ABORTED, 57014 DEADLINE_EXCEEDED, 53300 RESOURCE_EXHAUSTED, lost connections
// UNAVAILABLE, everything unforeseen INTERNAL. Sets `connection_broken` when the connection is not to
// be used again.
absl::Status StatusFromDatabaseError(bool* connection_broken);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_
