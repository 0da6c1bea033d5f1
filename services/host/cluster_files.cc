#include "services/host/cluster_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"

namespace lumbung::host {
namespace {

// A socket's path is limited to 107 bytes, of which PostgreSQL takes 19 for
// "/.s.PGSQL.5432.lock".
constexpr std::size_t kMaxSocketDir = 88;

constexpr char kHeader[] = "# Written by lumbung at every start; changes here are lost.\n";

// Small enough for a laptop that has other things to do; durable.
constexpr char kSettings[] = R"(listen_addresses = ''
unix_socket_permissions = 0770
max_connections = 40
shared_buffers = 64MB
work_mem = 16MB
maintenance_work_mem = 64MB
max_wal_size = 1GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
wal_compression = lz4
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
log_line_prefix = '%m [%p] '
log_checkpoints = off
# The log holds no statements and no values from the books.
log_min_error_statement = panic
log_error_verbosity = terse
)";

constexpr char kSetup[] = R"(set client_min_messages = warning;
do $$
begin
  if not exists (select from pg_roles where rolname = 'lumbung_owner') then
    create role lumbung_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'lumbung_app') then
    create role lumbung_app login;
  end if;
end
$$;
alter role lumbung_app set idle_in_transaction_session_timeout = '10min';
select 'create database lumbung owner lumbung_owner'
where not exists (select from pg_database where datname = 'lumbung') \gexec
revoke all on database lumbung from public;
grant connect on database lumbung to lumbung_app;
)";

absl::Status Unusable(absl::string_view what, const std::string& path) {
  return FailedPrecondition("DATA_DIR_UNUSABLE", "",
                            absl::StrCat("cannot ", what, " ", path, ": ", std::strerror(errno)));
}

// The operating system's accounts that may come in, and as whom: the one that runs the server, and
// root, who could become it anyway.
std::string IdentMap(const OsAccount& account) {
  std::string text = kHeader;
  for (const absl::string_view role : {kAdminRole, kOwnerRole, kAppRole}) {
    absl::StrAppend(&text, "lumbung \"", account.name, "\" ", role, "\n");
    absl::StrAppend(&text, "lumbung root ", role, "\n");
  }
  return text;
}

// The same at every start, so that nothing piles up.
std::string ClusterName(const std::string& data_dir) {
  return absl::StrFormat("lumbung-%x", std::hash<std::string>()(data_dir));
}

std::string SocketDir(const std::string& data_dir) {
  const std::string beside = data_dir + "/run";
  // The setting is a list with commas.
  const bool fits = beside.size() <= kMaxSocketDir && beside.find(',') == std::string::npos;
  return fits ? beside : absl::StrCat("/tmp/", ClusterName(data_dir));
}

}  // namespace

ClusterFiles::ClusterFiles(const std::string& dir)
    : data_dir(dir),
      cluster(dir + "/postgres"),
      cluster_name(ClusterName(dir)),
      unfinished_cluster(dir + "/postgres.unfinished"),
      config(dir + "/config"),
      socket_dir(SocketDir(dir)),
      log(dir + "/postgres.log") {}

std::string Quoted(absl::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "'";
}

absl::Status WriteConfiguration(const ClusterFiles& files, const OsAccount& account,
                                const std::vector<std::string>& settings) {
  if (mkdir(files.config.c_str(), 0755) != 0 && errno != EEXIST) {
    return Unusable("create", files.config);
  }
  const std::pair<const char*, std::string> contents[] = {
      {"/postgresql.conf",
       absl::StrCat(kHeader, kSettings, "hba_file = ", Quoted(files.config + "/pg_hba.conf"),
                    "\nident_file = ", Quoted(files.config + "/pg_ident.conf"),
                    "\nunix_socket_directories = ", Quoted(files.socket_dir), "\ncluster_name = ",
                    Quoted(files.cluster_name), "\n", absl::StrJoin(settings, "\n"), "\n")},
      {"/pg_hba.conf", absl::StrCat(kHeader, "local all all peer map=lumbung\n")},
      {"/pg_ident.conf", IdentMap(account)},
      {"/setup.sql", kSetup},
  };
  for (const auto& [name, text] : contents) {
    const std::string path = files.config + name;
    std::ofstream file(path, std::ios::trunc);
    file << text;
    if (!file.flush() || chmod(path.c_str(), 0644) != 0) return Unusable("write", path);
  }
  return absl::OkStatus();
}

absl::Status GiveFolder(const std::string& path, const OsAccount& account) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return Unusable("create", path);
  struct stat found = {};
  if (lstat(path.c_str(), &found) != 0) return Unusable("look at", path);
  // New, or an earlier start ended between making the folder and giving it away.
  std::error_code error;
  if (S_ISDIR(found.st_mode) && found.st_uid == geteuid() &&
      std::filesystem::is_empty(path, error)) {
    if (lchown(path.c_str(), account.uid, account.gid) != 0) return Unusable("give away", path);
    found.st_uid = account.uid;
  }
  if (!S_ISDIR(found.st_mode) || found.st_uid != account.uid) {
    return FailedPrecondition(
        "DATA_DIR_UNUSABLE", "",
        absl::StrCat(path, " is not a folder of the account ", account.name, "; move it away"));
  }
  return absl::OkStatus();
}

std::string LastLines(const std::string& path, int count) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  std::size_t from = all.size();
  for (int i = 0; i <= count && from != std::string::npos; ++i) {
    from = from == 0 ? std::string::npos : all.rfind('\n', from - 1);
  }
  return from == std::string::npos ? all : all.substr(from + 1);
}

}  // namespace lumbung::host
