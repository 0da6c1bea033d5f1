#include "ledger/store/connection_pool.h"

#include <exception>
#include <utility>

#include "ledger/core/status.h"
#include "ledger/store/connection.h"

namespace lumbung::store {

ConnectionPool::Lease::Lease(ConnectionPool* pool, std::unique_ptr<Connection> connection)
    : pool_(pool), connection_(std::move(connection)) {}

ConnectionPool::Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}

ConnectionPool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->Release(std::move(connection_));
}

ConnectionPool::ConnectionPool(Options options) : options_(std::move(options)) {}
ConnectionPool::~ConnectionPool() = default;

absl::StatusOr<ConnectionPool::Lease> ConnectionPool::Acquire(absl::Time deadline) {
  std::unique_ptr<Connection> connection;
  {
    absl::MutexLock lock(&mutex_);
    ++waiting_;
    const bool free =
        mutex_.AwaitWithDeadline(absl::Condition(this, &ConnectionPool::CanLend), deadline);
    --waiting_;
    if (!free) {
      return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                     "all database connections are busy; try again shortly");
    }
    ++in_use_;
    if (!idle_.empty()) {
      // The one used last is the one most likely to be warm.
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    try {
      connection = std::make_unique<Connection>(options_.uri);
    } catch (const std::exception&) {
      Release(nullptr);
      return Refusal(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "",
                     "the database cannot be reached");
    }
  }
  return Lease(this, std::move(connection));
}

void ConnectionPool::Release(std::unique_ptr<Connection> connection) {
  if (connection != nullptr && connection->broken()) connection.reset();
  absl::MutexLock lock(&mutex_);
  --in_use_;
  if (connection != nullptr) idle_.push_back(std::move(connection));
}

ConnectionPool::Usage ConnectionPool::usage() const {
  absl::MutexLock lock(&mutex_);
  return {options_.size, in_use_, waiting_};
}

}  // namespace lumbung::store
