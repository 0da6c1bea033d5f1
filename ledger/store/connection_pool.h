// A fixed number of PostgreSQL connections, lent one at a time. Lending waits until the deadline; a
// connection that broke is thrown away and replaced. No session state is kept on connections: the
// tenant and the time limits are set inside each database transaction.
//
// Thread-safe.
#ifndef LUMBUNG_LEDGER_STORE_CONNECTION_POOL_H_
#define LUMBUNG_LEDGER_STORE_CONNECTION_POOL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"


namespace lumbung::store {

class Connection;  // Defined in connection.h, for the store's own files.

class ConnectionPool {
 public:
  struct Options {
    // A libpq connection string or URI; the role must be neither superuser nor owner of the schema.
    std::string uri;
    int size = 8;
  };
  struct Usage {
    int size = 0;
    int in_use = 0;
    int waiting = 0;
  };

  // A lent connection; gives itself back when it goes out of scope.
  class Lease {
   public:
    Lease(ConnectionPool* pool, std::unique_ptr<Connection> connection);
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  explicit ConnectionPool(Options options);
  ~ConnectionPool();

  // RESOURCE_EXHAUSTED (OVERLOADED) when none came free in time; UNAVAILABLE (DATABASE_UNAVAILABLE)
  // when the database cannot be reached.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);
  Usage usage() const;

 private:
  friend class Lease;
  void Release(std::unique_ptr<Connection> connection);
  bool CanLend() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_use_ < options_.size; }

  const Options options_;
  mutable absl::Mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
  int in_use_ ABSL_GUARDED_BY(mutex_) = 0;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_CONNECTION_POOL_H_
