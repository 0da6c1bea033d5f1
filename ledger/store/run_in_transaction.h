// The one place where database transactions begin and end, and where libpqxx's exceptions become
// statuses. Only the store's own .cc files include this header; others use transaction.h.
#ifndef LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_
#define LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

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
  // For EnterOrganization, which tells the database as well.
  void set_organization(OrganizationId organization) { organization_ = organization; }
  std::int64_t organization_number() const { return ToInteger(organization_); }

 private:
  Connection& connection_;
  pqxx::transaction_base& transaction_;
  OrganizationId organization_;
};

// Runs `body` with a connection in autocommit mode: for the single statement that posts a batch.
// `body` must execute exactly one statement. Not retried.
absl::Status RunAutocommit(ConnectionPool& pool, absl::Time deadline,
                           const std::function<absl::Status(TransactionScope&)>& body);

// Turns the exception being handled into a status: SQLSTATE LB*** and constraint names become the
// named reasons, 40001 and 40P01 ABORTED, 57014 DEADLINE_EXCEEDED, 53300 RESOURCE_EXHAUSTED, lost
// connections UNAVAILABLE, everything unforeseen INTERNAL. Sets `connection_broken` when the
// connection is not to be used again.
absl::Status StatusFromDatabaseError(bool* connection_broken);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_RUN_IN_TRANSACTION_H_
