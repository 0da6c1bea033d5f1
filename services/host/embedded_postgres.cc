#include "services/host/embedded_postgres.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/host/child_process.h"

namespace lumbung::host {
namespace {

namespace fs = std::filesystem;

constexpr char kBinDir[] = "/usr/lib/postgresql/15/bin";
constexpr char kDatabase[] = "lumbung";
// A unix socket's path is limited to 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock".
constexpr std::size_t kMaxSocketDir = 80;

absl::Status Problem(absl::string_view reason, absl::string_view message) {
  return FailedPrecondition(reason, "", message);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string LastLines(const std::string& path, int count) {
  const std::string text = ReadFile(path);
  std::size_t from = text.size();
  while (count-- > 0 && from != std::string::npos && from > 0) from = text.rfind('\n', from - 1);
  return from == std::string::npos ? text : text.substr(from);
}

// The process id in the first line of postmaster.pid, or 0.
pid_t PostmasterPid(const std::string& cluster_dir) {
  const std::string text = ReadFile(cluster_dir + "/postmaster.pid");
  std::int32_t pid = 0;
  return absl::SimpleAtoi(text.substr(0, text.find('\n')), &pid) ? pid : 0;
}

bool IsAlive(pid_t pid) {
  return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

}  // namespace

absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> EmbeddedPostgres::Start(Options options) {
  if (access(absl::StrCat(kBinDir, "/postgres").c_str(), X_OK) != 0) {
    return Problem("POSTGRES_NOT_INSTALLED",
                   absl::StrCat("PostgreSQL 15 is not installed (no ", kBinDir,
                                "/postgres); install the package postgresql-15"));
  }
  std::unique_ptr<EmbeddedPostgres> server(new EmbeddedPostgres(std::move(options)));
  std::error_code error;
  server->options_.data_dir = fs::absolute(server->options_.data_dir, error).lexically_normal();
  server->bin_dir_ = kBinDir;
  LUMBUNG_RETURN_IF_ERROR(server->ChooseAccount());
  LUMBUNG_RETURN_IF_ERROR(server->LockDataDir());
  LUMBUNG_RETURN_IF_ERROR(server->PrepareFolders());
  LUMBUNG_RETURN_IF_ERROR(server->CreateCluster());
  LUMBUNG_RETURN_IF_ERROR(server->WriteConfiguration());
  LUMBUNG_RETURN_IF_ERROR(server->StartServer());
  LUMBUNG_RETURN_IF_ERROR(server->CreateDatabase());
  server->supervisor_ = std::thread([raw = server.get()] { raw->Supervise(); });
  return server;
}

EmbeddedPostgres::~EmbeddedPostgres() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (supervisor_.joinable()) {
    supervisor_.join();
    options_.say("stopping PostgreSQL");
    Run({bin_dir_ + "/pg_ctl", "-D", ClusterDir(), "-m", "fast", "-w", "-t", "60", "stop"},
        "stop PostgreSQL")
        .IgnoreError();
  }
  if (!socket_dir_.empty() && socket_dir_ != options_.data_dir + "/run") {
    std::error_code error;
    fs::remove_all(socket_dir_, error);
  }
  if (lock_fd_ >= 0) close(lock_fd_);
}

std::string EmbeddedPostgres::Uri(absl::string_view role) const {
  return absl::StrCat("host=", socket_dir_, " dbname=", kDatabase, " user=", role,
                      " application_name=lumbung");
}

pid_t EmbeddedPostgres::server_pid() const {
  return PostmasterPid(ClusterDir());
}

absl::Status EmbeddedPostgres::ChooseAccount() {
  uid_ = geteuid();
  gid_ = getegid();
  if (uid_ != 0) {
    const passwd* self = getpwuid(uid_);
    if (self == nullptr) {
      return Problem("NO_UNPRIVILEGED_ACCOUNT",
                     absl::StrCat("the account with id ", uid_, " has no name on this machine"));
    }
    account_ = self->pw_name;
    return absl::OkStatus();
  }
  // PostgreSQL refuses to run as root, and rightly.
  for (const char* name : {"lumbung", "postgres", "nobody"}) {
    if (const passwd* candidate = getpwnam(name)) {
      uid_ = candidate->pw_uid;
      gid_ = candidate->pw_gid;
      account_ = name;
      return absl::OkStatus();
    }
  }
  return Problem(
      "NO_UNPRIVILEGED_ACCOUNT",
      "started as root, but none of the accounts lumbung, postgres, nobody exists to run "
      "PostgreSQL as; create one, or start as an ordinary user");
}

absl::Status EmbeddedPostgres::LockDataDir() {
  std::error_code error;
  fs::create_directories(options_.data_dir, error);
  if (error) {
    return Problem("DATA_DIR_UNUSABLE",
                   absl::StrCat("cannot create ", options_.data_dir, ": ", error.message()));
  }
  const std::string path = options_.data_dir + "/lumbung.lock";
  lock_fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_fd_ < 0) {
    return Problem("DATA_DIR_UNUSABLE",
                   absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  }
  if (flock(lock_fd_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = ReadFile(path);
    return Problem(
        "DATA_DIR_IN_USE",
        absl::StrCat("another `lumbung up` (process ", holder.substr(0, holder.find('\n')),
                     ") is running on ", options_.data_dir, "; use that one, or stop it first"));
  }
  const std::string pid = absl::StrCat(getpid(), "\n");
  if (ftruncate(lock_fd_, 0) != 0 || pwrite(lock_fd_, pid.data(), pid.size(), 0) < 0) {
    return Problem("DATA_DIR_UNUSABLE",
                   absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::PrepareFolders() {
  socket_dir_ = options_.data_dir + "/run";
  if (socket_dir_.size() > kMaxSocketDir) {
    char pattern[] = "/tmp/lumbung-XXXXXX";
    if (mkdtemp(pattern) == nullptr) {
      return Problem("DATA_DIR_UNUSABLE", "cannot create a private folder for the socket in /tmp");
    }
    socket_dir_ = pattern;
  }
  for (const std::string& dir : {ClusterDir(), socket_dir_}) {
    std::error_code error;
    fs::create_directories(dir, error);
    if (error || chown(dir.c_str(), uid_, gid_) != 0 || chmod(dir.c_str(), 0700) != 0) {
      return Problem("DATA_DIR_UNUSABLE",
                     absl::StrCat("cannot prepare ", dir, " for the account ", account_));
    }
  }
  const std::string log = options_.data_dir + "/postgres.log";
  const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (fd < 0 || fchown(fd, uid_, gid_) != 0) {
    if (fd >= 0) close(fd);
    return Problem("DATA_DIR_UNUSABLE", absl::StrCat("cannot write ", log));
  }
  close(fd);
  // A closed parent folder keeps the account out even where its own folder is open to it.
  const absl::Status reachable = Run({"/usr/bin/test", "-w", ClusterDir()}, "reach its folder");
  if (!reachable.ok()) {
    return Problem(
        "DATA_DIR_UNUSABLE",
        absl::StrCat("the account ", account_, " cannot reach ", ClusterDir(),
                     "; one of the folders above it is closed to it. Choose a --data-dir "
                     "such as /var/lib/lumbung"));
  }
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::CreateCluster() {
  if (fs::exists(ClusterDir() + "/PG_VERSION")) return absl::OkStatus();
  options_.say("creating a PostgreSQL cluster (once)");
  LUMBUNG_RETURN_IF_ERROR(
      Run({bin_dir_ + "/initdb", "--pgdata", ClusterDir(), "--username=postgres",
           "--auth-local=peer", "--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8",
           "--data-checksums", "--no-instructions"},
          "create the cluster"));
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::WriteConfiguration() {
  // Written at every start, so that a new version's settings reach old folders.
  std::ofstream hba(ClusterDir() + "/pg_hba.conf", std::ios::trunc);
  hba << "# Written by lumbung at every start.\nlocal all all peer map=lumbung\n";
  std::ofstream ident(ClusterDir() + "/pg_ident.conf", std::ios::trunc);
  ident << "# Written by lumbung at every start.\n";
  for (const char* role : {"postgres", "lumbung_owner", "lumbung_app"}) {
    ident << "lumbung " << account_ << " " << role << "\n";
    if (account_ != "root") ident << "lumbung root " << role << "\n";
  }
  std::ofstream conf(ClusterDir() + "/lumbung.conf", std::ios::trunc);
  conf << "# Written by lumbung at every start.\n"
       << "listen_addresses = ''\n"
       << "unix_socket_directories = '" << socket_dir_ << "'\n"
       << "unix_socket_permissions = 0770\n"
       << "max_connections = 40\n"
       << "shared_buffers = 64MB\n"
       << "work_mem = 16MB\n"
       << "maintenance_work_mem = 64MB\n"
       << "max_wal_size = 2GB\n"
       << "checkpoint_completion_target = 0.9\n"
       << "wal_compression = on\n"
       << "jit = off\n"
       << "log_timezone = 'UTC'\n"
       << "timezone = 'UTC'\n";
  for (const std::string& setting : options_.settings) conf << setting << "\n";
  conf.flush();
  const std::string main_conf = ClusterDir() + "/postgresql.conf";
  const std::string include = "include 'lumbung.conf'";
  if (ReadFile(main_conf).find(include) == std::string::npos) {
    std::ofstream(main_conf, std::ios::app) << include << "\n";
  }
  if (!hba.flush() || !ident.flush() || !conf) {
    return Problem("DATA_DIR_UNUSABLE", absl::StrCat("cannot write to ", ClusterDir()));
  }
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::StartServer() {
  // The lock on the folder is ours, so a server still running here is an orphan of a killed `up`.
  const pid_t orphan = PostmasterPid(ClusterDir());
  if (IsAlive(orphan)) {
    options_.say(absl::StrCat("stopping a PostgreSQL server left behind (process ", orphan, ")"));
    Run({bin_dir_ + "/pg_ctl", "-D", ClusterDir(), "-m", "fast", "-w", "-t", "60", "stop"},
        "stop the old server")
        .IgnoreError();
  }
  options_.say("starting PostgreSQL");
  const absl::Status started = Run({bin_dir_ + "/pg_ctl", "-D", ClusterDir(), "-w", "-t", "120",
                                    "-l", options_.data_dir + "/postgres.log", "start"},
                                   "start PostgreSQL");
  if (!started.ok()) {
    return Problem("POSTGRES_FAILED",
                   absl::StrCat("PostgreSQL did not start; its log says:\n",
                                LastLines(options_.data_dir + "/postgres.log", 8)));
  }
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::CreateDatabase() {
  const std::string psql = bin_dir_ + "/psql";
  const auto sql = [&](const std::string& database, const std::string& command) {
    return Run({psql, "-h", socket_dir_, "-U", "postgres", "-d", database, "-X", "-q", "-v",
                "ON_ERROR_STOP=1", "-c", command},
               "prepare the database");
  };
  LUMBUNG_RETURN_IF_ERROR(
      sql("postgres",
          "do $$ begin "
          "if not exists (select from pg_roles where rolname = 'lumbung_owner') then "
          "create role lumbung_owner login; end if; "
          "if not exists (select from pg_roles where rolname = 'lumbung_app') then "
          "create role lumbung_app login; end if; end $$"));
  // CREATE DATABASE takes no condition and no transaction.
  const absl::Status exists =
      Run({psql, "-h", socket_dir_, "-U", "postgres", "-d", kDatabase, "-X", "-q", "-c", "select"},
          "find the database");
  if (exists.ok()) return absl::OkStatus();
  return sql("postgres", absl::StrCat("create database ", kDatabase, " owner lumbung_owner"));
}

void EmbeddedPostgres::Supervise() {
  const auto is_stopping = [this] {
    absl::MutexLock lock(&mutex_);
    return stopping_;
  };
  while (!is_stopping()) {
    absl::SleepFor(absl::Milliseconds(200));
    if (is_stopping() || IsAlive(PostmasterPid(ClusterDir()))) continue;
    options_.say("PostgreSQL ended unexpectedly; starting it again");
    const absl::Status restarted = StartServer();
    if (!restarted.ok()) {
      options_.say(restarted.message());
      absl::SleepFor(absl::Seconds(1));
    }
  }
}

absl::Status EmbeddedPostgres::Run(const std::vector<std::string>& command,
                                   absl::string_view what) const {
  ChildProcess::Options options;
  options.command = command;
  options.uid = uid_;
  options.gid = gid_;
  options.home = options_.data_dir;
  const absl::StatusOr<ChildProcess::Result> result = ChildProcess::Run(options);
  if (!result.ok()) return result.status();
  if (result->exit_code == 0) return absl::OkStatus();
  return Problem("POSTGRES_FAILED",
                 absl::StrCat("could not ", what, " (", command.front(), " ended with ",
                              result->exit_code, "): ", result->output));
}

}  // namespace lumbung::host
