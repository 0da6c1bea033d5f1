// The schema's migrations: one linear sequence, each in one database transaction, forward only.
// They are part of the binary; the database remembers which ones it has with their SHA-256, and an
// edited old one is refused.
#ifndef LUMBUNG_LEDGER_STORE_MIGRATIONS_H_
#define LUMBUNG_LEDGER_STORE_MIGRATIONS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung::store {

struct Migration {
  absl::string_view name;  // "0001_ledger"
  absl::string_view sql;
};

// All migrations, in order.
absl::Span<const Migration> Migrations();

struct MigrationState {
  std::string name;
  bool applied = false;
  std::string applied_at;  // As PostgreSQL prints it; empty when not applied.
};

// The state of each migration this binary knows. FAILED_PRECONDITION: SCHEMA_NEWER when the
// database has one that this binary does not know, MIGRATION_EDITED when a checksum differs.
absl::StatusOr<std::vector<MigrationState>> MigrationStatus(const std::string& uri);

// Applies what is missing, as the schema's owner. `on_applied` is told each name. Two runners wait
// for each other on a row lock. Errors as above, or what the database said.
absl::Status MigrateUp(const std::string& uri,
                       const std::function<void(absl::string_view name)>& on_applied);

// OK when the schema is exactly what this binary needs. SCHEMA_OLDER (run `lumbung migrate up`),
// SCHEMA_NEWER, MIGRATION_EDITED.
absl::Status CheckSchema(const std::string& uri);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_MIGRATIONS_H_
