// What lumbung keeps in a data folder, and what it tells PostgreSQL about itself. The cluster's own
// folder belongs to the account that runs PostgreSQL; everything written here lies beside it, so
// that we never write where another account could lay a trap.
//
//   DIR/lumbung.lock   held while a `lumbung up` runs on the folder, with its process id
//   DIR/postgres/      the cluster
//   DIR/config/        postgresql.conf, pg_hba.conf, pg_ident.conf, setup.sql; written at every
//   start DIR/run/           the socket; elsewhere, privately, when the path is too long for a
//   socket DIR/postgres.log
#ifndef LUMBUNG_SERVICES_HOST_CLUSTER_FILES_H_
#define LUMBUNG_SERVICES_HOST_CLUSTER_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/host/os_account.h"

namespace lumbung::host {

// The database, and the roles that may enter it.
inline constexpr absl::string_view kDatabase = "lumbung";
inline constexpr absl::string_view kAdminRole = "postgres";
// Owns the schema; used by migrations.
inline constexpr absl::string_view kOwnerRole = "lumbung_owner";
// Used by the services: neither superuser nor owner, so row-level security holds for it.
inline constexpr absl::string_view kAppRole = "lumbung_app";

struct ClusterFiles {
  // `data_dir` is absolute.
  explicit ClusterFiles(const std::string& data_dir);

  std::string data_dir;
  std::string cluster;
  // Stands in the titles of the cluster's processes.
  std::string cluster_name;
  // Where a cluster is made; it gets its name when it is complete.
  std::string unfinished_cluster;
  std::string config;
  std::string socket_dir;
  std::string log;
};

// The text in single quotes, as postgresql.conf and connection strings want it.
std::string Quoted(absl::string_view text);

// Writes everything in DIR/config. `settings` are further lines of postgresql.conf. Errors:
// DATA_DIR_UNUSABLE.
absl::Status WriteConfiguration(const ClusterFiles& files, const OsAccount& account,
                                const std::vector<std::string>& settings);

// Creates the folder unless it is there, and gives it to the account alone. DATA_DIR_UNUSABLE, also
// when it belongs to somebody else.
absl::Status GiveFolder(const std::string& path, const OsAccount& account);

// The end of the file, at most so many lines; "" when it cannot be read.
std::string LastLines(const std::string& path, int count);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_CLUSTER_FILES_H_
