// Database transactions, as code outside the store sees them: it opens one, calls the store's
// functions inside it, and the transaction commits when the body returns OK. Nothing here needs
// libpqxx.
#ifndef LUMBUNG_LEDGER_STORE_TRANSACTION_H_
#define LUMBUNG_LEDGER_STORE_TRANSACTION_H_

#include <functional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
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

// An open database transaction; run_in_transaction.h defines it for the store's own files.
class TransactionScope;

// Runs `body` in a database transaction and commits when it returns OK; anything else rolls back.
// Deadlocks and serialization failures are retried within the deadline, so `body` may run more than
// once. Errors: those of the body; those of ConnectionPool::Acquire; DEADLINE_EXCEEDED; for a
// connection lost while committing UNAVAILABLE with reason OUTCOME_UNKNOWN; otherwise the status of
// StatusFromDatabaseError.
absl::Status RunInTransaction(ConnectionPool& pool, const TransactionOptions& options,
                              const std::function<absl::Status(TransactionScope&)>& body);

// RunInTransaction for a body that returns a StatusOr: hands its value out once it is committed.
template <typename Body>
auto InTransaction(ConnectionPool& pool, const TransactionOptions& options, const Body& body)
    -> std::invoke_result_t<Body, TransactionScope&> {
  std::invoke_result_t<Body, TransactionScope&> result = absl::UnknownError("not run");
  absl::Status status = RunInTransaction(pool, options, [&](TransactionScope& scope) {
    result = body(scope);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_TRANSACTION_H_
