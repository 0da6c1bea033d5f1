#include "services/host/embedded_postgres.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/host/child_process.h"
#include "services/host/cluster_processes.h"

namespace lumbung::host {
namespace {

namespace fs = std::filesystem;

constexpr char kVersion[] = "15";
constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";
constexpr absl::Duration kStartPatience = absl::Minutes(5);
constexpr absl::Duration kStopPatience = absl::Minutes(1);
constexpr absl::Duration kPollInterval = absl::Milliseconds(20);
constexpr absl::Duration kShortestBackoff = absl::Milliseconds(100);
constexpr absl::Duration kLongestBackoff = absl::Seconds(10);

absl::Status Unusable(absl::string_view message) {
  return FailedPrecondition("DATA_DIR_UNUSABLE", "", message);
}

absl::Status Failed(absl::string_view message) {
  return FailedPrecondition("POSTGRES_FAILED", "", message);
}

std::string FirstLine(const std::string& path) {
  std::string line;
  std::getline(std::ifstream(path), line);
  return line;
}

std::optional<uid_t> OwnerOf(const std::string& path) {
  struct stat found = {};
  if (lstat(path.c_str(), &found) != 0) return std::nullopt;
  return found.st_uid;
}

std::string HowItEnded(int status) {
  return WIFSIGNALED(status) ? absl::StrCat("signal ", WTERMSIG(status))
                             : absl::StrCat("exit code ", WEXITSTATUS(status));
}

}  // namespace

EmbeddedPostgres::EmbeddedPostgres(Options options)
    : options_(std::move(options)), files_(options_.data_dir) {}

absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> EmbeddedPostgres::Start(Options options) {
  if (access(absl::StrCat(kPrograms, "postgres").c_str(), X_OK) != 0) {
    return FailedPrecondition("POSTGRES_NOT_INSTALLED", "",
                              absl::StrCat("PostgreSQL ", kVersion, " is not installed (no ",
                                           kPrograms, "postgres); install postgresql-15"));
  }
  std::error_code error;
  fs::create_directories(options.data_dir, error);
  if (!error) options.data_dir = fs::canonical(options.data_dir, error).string();
  if (error) {
    return Unusable(absl::StrCat("cannot create ", options.data_dir, ": ", error.message()));
  }
  const auto is_control = [](unsigned char c) { return absl::ascii_iscntrl(c); };
  if (std::any_of(options.data_dir.begin(), options.data_dir.end(), is_control)) {
    return Unusable("its name has control characters in it");
  }
  std::unique_ptr<EmbeddedPostgres> server(new EmbeddedPostgres(std::move(options)));
  LUMBUNG_ASSIGN_OR_RETURN(server->lock_, FolderLock::Acquire(server->files_.data_dir));
  LUMBUNG_RETURN_IF_ERROR(server->PrepareFolders());
  LUMBUNG_RETURN_IF_ERROR(server->EndLeftovers());
  LUMBUNG_RETURN_IF_ERROR(server->CreateCluster());
  server->Say("starting PostgreSQL");
  LUMBUNG_RETURN_IF_ERROR(server->StartServer());
  server->supervisor_ = std::thread([raw = server.get()] { raw->Supervise(); });
  LUMBUNG_RETURN_IF_ERROR(server->SetUpDatabase());
  return server;
}

EmbeddedPostgres::~EmbeddedPostgres() {
  StopServer();
  if (supervisor_.joinable()) supervisor_.join();
}

std::string EmbeddedPostgres::ConnectionString(absl::string_view role,
                                               absl::string_view database) const {
  return absl::StrCat("host=", Quoted(files_.socket_dir), " dbname=", database, " user=", role,
                      " application_name=lumbung");
}

pid_t EmbeddedPostgres::server_pid() const {
  absl::MutexLock lock(&mutex_);
  return server_pid_;
}

absl::Status EmbeddedPostgres::PrepareFolders() {
  LUMBUNG_ASSIGN_OR_RETURN(account_, AccountForServer(OwnerOf(files_.cluster)));
  // The account needs to pass through our folder, not to look into it.
  struct stat found = {};
  if (stat(files_.data_dir.c_str(), &found) == 0 && (found.st_mode & 0011) != 0011 &&
      found.st_uid == geteuid() && account_.uid != found.st_uid) {
    chmod(files_.data_dir.c_str(), (found.st_mode & 07777) | 0011);
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::string closed, FolderClosedTo(account_, files_.data_dir));
  if (!closed.empty()) {
    return Unusable(absl::StrCat("PostgreSQL runs under the account ", account_.name,
                                 ", which may not enter ", closed,
                                 "; choose a --data-dir such as /var/lib/lumbung"));
  }
  LUMBUNG_RETURN_IF_ERROR(GiveFolder(files_.socket_dir, account_));
  std::vector<std::string> settings = options_.settings;
  if (!options_.durable) {
    for (const char* setting : {"fsync = off", "full_page_writes = off"}) {
      settings.emplace_back(setting);
    }
  }
  return WriteConfiguration(files_, account_, settings);
}

absl::Status EmbeddedPostgres::EndLeftovers() {
  // The folder's lock is ours, so nobody is using these.
  const ClusterProcesses left = FindClusterProcesses(files_, account_);
  if (!left.empty()) {
    const pid_t one = left.first != 0     ? left.first
                      : !left.all.empty() ? left.all.front()
                                          : left.going.front();
    if (!left.all.empty()) {
      Say(absl::StrCat("ending the PostgreSQL server that was left running (process ", one, ")"));
    }
    if (!EndClusterProcesses(files_, account_)) {
      return Failed(
          absl::StrCat("the PostgreSQL server left running (process ", one, ") does not end"));
    }
  }
  RemoveStaleNote(files_);
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::CreateCluster() {
  if (fs::exists(files_.cluster)) {
    // Its folder belongs to the account, but is readable to us or we would not have come here.
    const std::string version = FirstLine(files_.cluster + "/PG_VERSION");
    if (version == kVersion) return absl::OkStatus();
    return Unusable(absl::StrCat(files_.cluster, " is no cluster of PostgreSQL ", kVersion,
                                 " (its version reads \"", version, "\")"));
  }
  Say("creating a PostgreSQL cluster (once)");
  // An earlier attempt may have been cut short, even before the folder was the account's. Its files
  // go as the account that made them.
  const bool is_left_over = fs::exists(files_.unfinished_cluster);
  LUMBUNG_RETURN_IF_ERROR(GiveFolder(files_.unfinished_cluster, account_));
  if (is_left_over) {
    LUMBUNG_RETURN_IF_ERROR(
        Run("clear away an unfinished cluster",
            {"/usr/bin/find", files_.unfinished_cluster, "-mindepth", "1", "-delete"}));
  }
  std::vector<std::string> initdb = {absl::StrCat(kPrograms, "initdb"),
                                     "--pgdata",
                                     files_.unfinished_cluster,
                                     absl::StrCat("--username=", kAdminRole),
                                     "--auth-local=peer",
                                     "--auth-host=reject",
                                     "--encoding=UTF8",
                                     "--locale=C.UTF-8",
                                     "--data-checksums",
                                     "--no-instructions"};
  if (!options_.durable) initdb.emplace_back("--no-sync");
  LUMBUNG_RETURN_IF_ERROR(Run("create the cluster", std::move(initdb)));
  std::error_code error;
  fs::rename(files_.unfinished_cluster, files_.cluster, error);
  if (error) return Unusable(absl::StrCat("cannot name the new cluster: ", error.message()));
  return absl::OkStatus();
}

absl::Status EmbeddedPostgres::StartServer() {
  const int log =
      open(files_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (log < 0) {
    return Unusable(absl::StrCat("cannot write ", files_.log, ": ", std::strerror(errno)));
  }
  const absl::StatusOr<pid_t> pid =
      StartProgram({.command = {absl::StrCat(kPrograms, "postgres"), "-D", files_.cluster, "-c",
                                absl::StrCat("config_file=", files_.config, "/postgresql.conf")},
                    .account = account_},
                   log);
  close(log);
  LUMBUNG_RETURN_IF_ERROR(pid.status());
  {
    absl::MutexLock lock(&mutex_);
    server_pid_ = *pid;
    if (stopping_) kill(server_pid_, SIGINT);
  }
  const absl::Status ready = AwaitReady(absl::Now() + kStartPatience);
  if (!ready.ok()) {
    kill(*pid, SIGQUIT);
    ReapServer();
  }
  return ready;
}

absl::Status EmbeddedPostgres::AwaitReady(absl::Time deadline) {
  while (absl::Now() < deadline) {
    const pid_t pid = server_pid();
    siginfo_t ended = {};
    if (waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == pid) {
      return Failed(absl::StrCat("PostgreSQL did not start; the end of ", files_.log, ":\n",
                                 LastLines(files_.log, 8)));
    }
    if (IsServerReady(files_, pid)) return absl::OkStatus();
    absl::SleepFor(kPollInterval);
  }
  return Failed(absl::StrCat("PostgreSQL was not ready within ",
                             absl::FormatDuration(kStartPatience), "; see ", files_.log));
}

absl::Status EmbeddedPostgres::SetUpDatabase() {
  return Run(
      "set up the database",
      {absl::StrCat(kPrograms, "psql"), "--no-psqlrc", "--quiet", "--tuples-only",
       "--set=ON_ERROR_STOP=1", absl::StrCat("--file=", files_.config, "/setup.sql"), AdminUri()});
}

void EmbeddedPostgres::Supervise() {
  while (true) {
    const std::string how = ReapServer();
    if (stopping()) return;
    Say(absl::StrCat("PostgreSQL ended by itself (", how, "); starting it again"));
    Restart();
    if (server_pid() == 0) return;
  }
}

std::string EmbeddedPostgres::ReapServer() {
  const pid_t pid = server_pid();
  siginfo_t ended = {};
  while (waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  absl::MutexLock lock(&mutex_);
  int status = 0;
  waitpid(pid, &status, 0);
  server_pid_ = 0;
  return HowItEnded(status);
}

void EmbeddedPostgres::Restart() {
  for (absl::Duration backoff = kShortestBackoff; !stopping();
       backoff = std::min(backoff * 2, kLongestBackoff)) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&stopping_), backoff);
      if (stopping_) return;
    }
    absl::Status started = EndLeftovers();
    if (started.ok()) started = StartServer();
    Say(started.ok() ? "PostgreSQL is back" : started.message());
    if (started.ok()) return;
  }
}

void EmbeddedPostgres::StopServer() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
  if (server_pid_ == 0) return;
  kill(server_pid_, SIGINT);
  const auto gone = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return server_pid_ == 0; };
  if (!mutex_.AwaitWithTimeout(absl::Condition(&gone), kStopPatience)) {
    Say("PostgreSQL does not end in time; ending it at once");
    kill(server_pid_, SIGQUIT);
  }
}

bool EmbeddedPostgres::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void EmbeddedPostgres::Say(absl::string_view message) const {
  if (options_.say) options_.say(message);
}

absl::Status EmbeddedPostgres::Run(absl::string_view purpose,
                                   std::vector<std::string> command) const {
  const std::string program = command.front();
  LUMBUNG_ASSIGN_OR_RETURN(const ProgramResult result,
                           RunProgram({.command = std::move(command), .account = account_}));
  if (result.exit_code == 0) return absl::OkStatus();
  return Failed(absl::StrCat("could not ", purpose, "; ", program, " ended with ", result.exit_code,
                             ":\n", result.output));
}

}  // namespace lumbung::host
