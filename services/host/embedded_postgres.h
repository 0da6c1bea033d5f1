// EmbeddedPostgres: a private PostgreSQL server in a data folder, so that one command on one laptop
// is enough. It speaks over a unix socket only, lets nobody in but the accounts this process runs
// under, and never runs as root: started as root, it becomes an unprivileged account first.
//
// It is our child: when it dies by itself, it is started again. When we are killed, it lives on and
// the next start on the folder ends it in good order before starting its own.
//
// Thread-safe once started.
#ifndef LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_
#define LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/host/cluster_files.h"
#include "services/host/folder_lock.h"
#include "services/host/os_account.h"

namespace lumbung::host {

class EmbeddedPostgres {
 public:
  struct Options {
    std::string data_dir;
    // Tells the user what is going on; also from a thread of ours. May be empty.
    std::function<void(absl::string_view message)> say = nullptr;
    // Further lines of postgresql.conf.
    std::vector<std::string> settings = {};
    // Only tests do without: a power cut then costs the whole cluster, but it starts in no time.
    bool durable = true;
  };

  // Creates the cluster if there is none, ends what a crash left behind, starts the server, and
  // makes the roles and the database. Errors say what to do about them, in this order:
  // POSTGRES_NOT_INSTALLED; DATA_DIR_UNUSABLE; DATA_DIR_IN_USE (a second start on the folder);
  // NO_UNPRIVILEGED_ACCOUNT; POSTGRES_FAILED.
  static absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> Start(Options options);

  // Stops the server: what is under way is rolled back, what is committed stays.
  ~EmbeddedPostgres();

  EmbeddedPostgres(const EmbeddedPostgres&) = delete;
  EmbeddedPostgres& operator=(const EmbeddedPostgres&) = delete;

  // Connection strings: as the schema's owner, as the services, and as the superuser of the
  // cluster.
  std::string OwnerUri() const { return ConnectionString(kOwnerRole, kDatabase); }
  std::string AppUri() const { return ConnectionString(kAppRole, kDatabase); }
  std::string AdminUri() const { return ConnectionString(kAdminRole, "postgres"); }
  std::string ConnectionString(absl::string_view role, absl::string_view database) const;

  // The server's process; 0 while it is being started again.
  pid_t server_pid() const;
  // The account that PostgreSQL runs under.
  const std::string& account() const { return account_.name; }

 private:
  explicit EmbeddedPostgres(Options options);

  absl::Status PrepareFolders();
  absl::Status CreateCluster();
  // What a killed lumbung or a killed server left running in the folder.
  absl::Status EndLeftovers();
  absl::Status StartServer();
  absl::Status AwaitReady(absl::Time deadline);
  absl::Status SetUpDatabase();
  // Restarts the server when it ends by itself; runs in a thread of its own.
  void Supervise();
  // Waits for the server's process to end, and says how it did.
  std::string ReapServer();
  // Starts again until it works or we are stopping.
  void Restart();
  void StopServer();
  bool stopping() const;

  void Say(absl::string_view message) const;
  // Runs a PostgreSQL program to its end. POSTGRES_FAILED with what it printed.
  absl::Status Run(absl::string_view purpose, std::vector<std::string> command) const;

  const Options options_;
  const ClusterFiles files_;
  FolderLock lock_;
  OsAccount account_;
  mutable absl::Mutex mutex_;
  // 0 when there is none. A process is not waited for without the mutex, so the number is its own.
  pid_t server_pid_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread supervisor_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_
