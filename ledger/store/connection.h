// A PostgreSQL connection with the store's prepared statements. Only the store's own .cc files
// include this header: it is where libpqxx enters.
#ifndef LUMBUNG_LEDGER_STORE_CONNECTION_H_
#define LUMBUNG_LEDGER_STORE_CONNECTION_H_

#include <string>
#include <utility>

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/container/flat_hash_set.h"

namespace lumbung::store {

// A named statement. Each is prepared on a connection when it is first used there.
struct Statement {
  const char* name;
  const char* sql;
};

class Connection {
 public:
  explicit Connection(const std::string& uri) : connection_(uri) {}

  pqxx::connection& raw() { return connection_; }
  bool broken() const { return broken_; }
  void MarkBroken() { broken_ = true; }

  // Runs a statement with parameters inside a database transaction of this connection.
  template <typename... Args>
  pqxx::result Execute(pqxx::transaction_base& transaction, const Statement& statement,
                       Args&&... args) {
    if (prepared_.insert(statement.name).second) {
      connection_.prepare(statement.name, statement.sql);
    }
    return transaction.exec_prepared(statement.name, std::forward<Args>(args)...);
  }

 private:
  pqxx::connection connection_;
  absl::flat_hash_set<std::string> prepared_;
  bool broken_ = false;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_CONNECTION_H_
