#include "ledger/store/migrations.h"

#include <map>

#include <openssl/sha.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::store {
namespace {

struct Applied {
  std::string checksum;
  std::string applied_at;
};

std::string Checksum(absl::string_view sql) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(sql.data()), sql.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), sizeof digest));
}

std::map<std::string, Applied> ReadApplied(pqxx::transaction_base& transaction) {
  std::map<std::string, Applied> applied;
  if (transaction.exec1("select to_regclass('public.lumbung_migration')")[0].is_null()) {
    return applied;
  }
  for (const pqxx::row& row : transaction.exec(
           "select name, checksum, applied_at::text from public.lumbung_migration order by name")) {
    applied[row[0].c_str()] = {row[1].c_str(), row[2].c_str()};
  }
  return applied;
}

absl::Status CheckApplied(const std::map<std::string, Applied>& applied) {
  std::size_t known = 0;
  for (const Migration& migration : Migrations()) {
    const auto found = applied.find(std::string(migration.name));
    if (found == applied.end()) continue;
    ++known;
    if (found->second.checksum != Checksum(migration.sql)) {
      return FailedPrecondition("MIGRATION_EDITED", "",
                                absl::StrCat("migration ", migration.name,
                                             " differs from the one this database was built with"));
    }
  }
  if (known != applied.size()) {
    return FailedPrecondition(
        "SCHEMA_NEWER", "",
        absl::StrCat("the database has migration ", applied.rbegin()->first,
                     ", which this binary does not know; use a newer lumbung"));
  }
  return absl::OkStatus();
}

template <typename Body>
auto WithDatabase(const std::string& uri, const Body& body)
    -> decltype(body(std::declval<pqxx::connection&>())) {
  try {
    pqxx::connection connection(uri);
    return body(connection);
  } catch (const pqxx::broken_connection& error) {
    return Refusal(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "", error.what());
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  }
}

}  // namespace

absl::StatusOr<std::vector<MigrationState>> MigrationStatus(const std::string& uri) {
  return WithDatabase(
      uri, [](pqxx::connection& connection) -> absl::StatusOr<std::vector<MigrationState>> {
        pqxx::work transaction(connection);
        const auto applied = ReadApplied(transaction);
        LUMBUNG_RETURN_IF_ERROR(CheckApplied(applied));
        std::vector<MigrationState> states;
        for (const Migration& migration : Migrations()) {
          const auto found = applied.find(std::string(migration.name));
          const bool is_applied = found != applied.end();
          states.push_back({std::string(migration.name), is_applied,
                            is_applied ? found->second.applied_at : std::string()});
        }
        return states;
      });
}

absl::Status MigrateUp(const std::string& uri,
                       const std::function<void(absl::string_view name)>& on_applied) {
  return WithDatabase(uri, [&](pqxx::connection& connection) -> absl::Status {
    {
      pqxx::work transaction(connection);
      transaction.exec(
          "create table if not exists public.lumbung_migration ("
          "name text constraint lumbung_migration_pkey primary key, checksum text not null, "
          "applied_at timestamptz not null default clock_timestamp());"
          "create table if not exists public.lumbung_migration_lock ("
          "one integer constraint lumbung_migration_lock_pkey primary key);"
          "insert into public.lumbung_migration_lock values (1) on conflict do nothing;"
          "grant select on public.lumbung_migration to lumbung_app;");
      transaction.commit();
    }
    for (const Migration& migration : Migrations()) {
      pqxx::work transaction(connection);
      transaction.exec("select one from public.lumbung_migration_lock for update");
      const auto applied = ReadApplied(transaction);
      LUMBUNG_RETURN_IF_ERROR(CheckApplied(applied));
      if (applied.count(std::string(migration.name)) > 0) continue;
      transaction.exec(std::string(migration.sql));
      transaction.exec_params(
          "insert into public.lumbung_migration (name, checksum) values ($1, $2)",
          std::string(migration.name), Checksum(migration.sql));
      transaction.commit();
      on_applied(migration.name);
    }
    return absl::OkStatus();
  });
}

absl::Status CheckSchema(const std::string& uri) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<MigrationState> states, MigrationStatus(uri));
  for (const MigrationState& state : states) {
    if (!state.applied) {
      return FailedPrecondition("SCHEMA_OLDER", "",
                                absl::StrCat("the database lacks migration ", state.name,
                                             "; run `lumbung migrate up`"));
    }
  }
  return absl::OkStatus();
}

}  // namespace lumbung::store
