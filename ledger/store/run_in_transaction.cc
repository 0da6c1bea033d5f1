#include "ledger/store/run_in_transaction.h"

#include <string>

#include <pqxx/except>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"

namespace lumbung::store {
namespace {

constexpr int kMaxAttempts = 5;

constexpr Statement kBegin = {
    "begin_scope",
    "select set_config('lumbung.organization_id', $1, true), "
    "set_config('lumbung.registry', $2, true), "
    "set_config('statement_timeout', $3, true), set_config('lock_timeout', $3, true)"};

std::string TimeoutMilliseconds(absl::Time deadline) {
  if (deadline == absl::InfiniteFuture()) return "0";
  const std::int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
  return absl::StrCat(left < 1 ? 1 : left);
}

template <typename Transaction>
absl::Status RunAs(Connection& connection, const TransactionOptions& options,
                   const std::function<absl::Status(TransactionScope&)>& body) {
  Transaction transaction(connection.raw());
  connection.Execute(
      transaction, kBegin,
      options.organization == OrganizationId{} ? "" : absl::StrCat(ToInteger(options.organization)),
      options.organization == OrganizationId{} ? "on" : "", TimeoutMilliseconds(options.deadline));
  TransactionScope scope(connection, transaction, options.organization);
  LUMBUNG_RETURN_IF_ERROR(body(scope));
  if (options.access == Access::kDryRun) {
    transaction.abort();
  } else {
    transaction.commit();
  }
  return absl::OkStatus();
}

absl::Status RunOnce(Connection& connection, const TransactionOptions& options,
                     const std::function<absl::Status(TransactionScope&)>& body) {
  // What it is to be goes into BEGIN, which saves a round trip.
  using Reading = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;
  return options.access == Access::kReadOnly ? RunAs<Reading>(connection, options, body)
                                             : RunAs<pqxx::work>(connection, options, body);
}

struct NamedViolation {
  const char* sqlstate;
  absl::StatusCode code;
  const char* reason;
};

// The SQLSTATEs that the schema raises itself.
constexpr NamedViolation kViolations[] = {
    {"LB001", absl::StatusCode::kFailedPrecondition, "BOOK_MOVED_ON"},
    {"LB002", absl::StatusCode::kInvalidArgument, "ACCOUNT_NOT_POSTABLE"},
    {"LB003", absl::StatusCode::kFailedPrecondition, "ACCOUNT_CLOSED"},
    {"LB004", absl::StatusCode::kInvalidArgument, "SCALE_EXCEEDED"},
    {"LB005", absl::StatusCode::kInvalidArgument, "UNBALANCED"},
    {"LB006", absl::StatusCode::kInvalidArgument, "TOO_FEW_POSTINGS"},
    {"LB007", absl::StatusCode::kFailedPrecondition, "PERIOD_HARD_CLOSED"},
    {"LB008", absl::StatusCode::kFailedPrecondition, "PERIOD_SOFT_CLOSED"},
    {"LB009", absl::StatusCode::kFailedPrecondition, "ASSERTION_FAILED"},
    {"LB010", absl::StatusCode::kFailedPrecondition, "IMMUTABLE"},
    {"LB011", absl::StatusCode::kInternal, "NUMBER_GAP"},
    {"LB012", absl::StatusCode::kFailedPrecondition, "PERIOD_HARD_CLOSED"},
};

struct DuplicateKey {
  const char* constraint;
  absl::StatusCode code;
  const char* reason;
  const char* field;
  const char* message;
};

// What it means when a unique constraint is violated.
constexpr DuplicateKey kDuplicateKeys[] = {
    {"journal_entry_request_key", absl::StatusCode::kAlreadyExists, "REQUEST_ID_USED", "request_id",
     "an entry with this request_id exists"},
    {"journal_entry_reverses_key", absl::StatusCode::kFailedPrecondition, "ALREADY_REVERSED",
     "name", "the entry has been reversed before"},
    {"account_postable_code_key", absl::StatusCode::kAlreadyExists, "DUPLICATE_CODE", "code",
     "another postable account has this code"},
    {"organization_slug_key", absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organization_id",
     "an organization with this id exists already"},
    {"book_slug_key", absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "book_id",
     "a book with this id exists already"},
};

// The first line of what PostgreSQL said, without its "ERROR:  ".
std::string FirstLine(const std::string& text) {
  const std::size_t end = text.find('\n');
  std::string line = text.substr(0, end);
  const std::string prefix = "ERROR:  ";
  return line.compare(0, prefix.size(), prefix) == 0 ? line.substr(prefix.size()) : line;
}

absl::Status FromSqlState(const std::string& sqlstate, const std::string& text) {
  for (const NamedViolation& violation : kViolations) {
    if (sqlstate == violation.sqlstate) {
      return Refusal(violation.code, violation.reason, "", FirstLine(text));
    }
  }
  if (sqlstate == "23505") {
    for (const DuplicateKey& duplicate : kDuplicateKeys) {
      if (text.find(duplicate.constraint) != std::string::npos) {
        return Refusal(duplicate.code, duplicate.reason, duplicate.field, duplicate.message);
      }
    }
    return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "",
                   "something with this id exists already");
  }
  if (sqlstate == "57014" || sqlstate == "55P03") {
    return Refusal(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "",
                   "the database did not finish in the time left");
  }
  if (sqlstate == "53300" || sqlstate.compare(0, 2, "53") == 0) {
    return Refusal(absl::StatusCode::kUnavailable, "DATABASE_EXHAUSTED", "",
                   "the database is out of connections, memory or disk");
  }
  if (sqlstate.compare(0, 3, "57P") == 0) {
    return Refusal(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "",
                   "the database is starting or stopping");
  }
  return absl::InternalError(absl::StrCat("database error ", sqlstate, ": ", text));
}

absl::Status OutcomeUnknown() {
  return Refusal(absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN", "",
                 "the connection was lost while committing; ask again with the same request_id");
}

}  // namespace

// libpqxx 6 gives some errors a class but no SQLSTATE: those are caught by class.
absl::Status StatusFromDatabaseError(bool* connection_broken) {
  *connection_broken = false;
  try {
    throw;
  } catch (const pqxx::in_doubt_error&) {
    *connection_broken = true;
    return OutcomeUnknown();
  } catch (const pqxx::statement_completion_unknown&) {
    *connection_broken = true;
    return OutcomeUnknown();
  } catch (const pqxx::transaction_rollback&) {
    // A deadlock or a serialization failure.
    return Refusal(absl::StatusCode::kAborted, "CONFLICT", "",
                   "another database transaction was in the way");
  } catch (const pqxx::insufficient_privilege& error) {
    return absl::InternalError(absl::StrCat("database: ", error.what()));
  } catch (const pqxx::broken_connection&) {
    *connection_broken = true;
    return Refusal(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "",
                   "the connection to the database was lost");
  } catch (const pqxx::sql_error& error) {
    absl::Status status = FromSqlState(error.sqlstate(), error.what());
    // A server that is going away ends the session with an ordinary error first; without a SQLSTATE
    // the session is gone as well.
    *connection_broken = absl::IsUnavailable(status) || error.sqlstate().empty();
    if (error.sqlstate().empty()) {
      return Refusal(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "",
                     "the connection to the database was lost");
    }
    return status;
  } catch (const std::exception& error) {
    *connection_broken = true;
    return absl::InternalError(absl::StrCat("database client: ", error.what()));
  }
}

absl::Status RunInTransaction(ConnectionPool& pool, const TransactionOptions& options,
                              const std::function<absl::Status(TransactionScope&)>& body) {
  for (int attempt = 1;; ++attempt) {
    LUMBUNG_ASSIGN_OR_RETURN(ConnectionPool::Lease lease, pool.Acquire(options.deadline));
    absl::Status status;
    try {
      return RunOnce(*lease, options, body);
    } catch (...) {
      bool broken = false;
      status = StatusFromDatabaseError(&broken);
      if (broken) lease->MarkBroken();
    }
    if (!absl::IsAborted(status) || attempt == kMaxAttempts || absl::Now() >= options.deadline) {
      return status;
    }
    absl::SleepFor(absl::Milliseconds(2 << attempt));
  }
}

absl::Status RunAutocommit(ConnectionPool& pool, absl::Time deadline,
                           const std::function<absl::Status(TransactionScope&)>& body) {
  LUMBUNG_ASSIGN_OR_RETURN(ConnectionPool::Lease lease, pool.Acquire(deadline));
  try {
    pqxx::nontransaction autocommit(lease->raw());
    TransactionScope scope(*lease, autocommit, OrganizationId{});
    return body(scope);
  } catch (...) {
    bool broken = false;
    absl::Status status = StatusFromDatabaseError(&broken);
    if (broken) {
      lease->MarkBroken();
      // The statement may have committed before the connection was lost.
      if (absl::IsUnavailable(status)) {
        return Refusal(absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN", "", status.message());
      }
    }
    return status;
  }
}

}  // namespace lumbung::store
