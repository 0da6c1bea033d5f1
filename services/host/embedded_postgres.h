// EmbeddedPostgres: a private PostgreSQL cluster in a data folder, so that one command on one
// laptop is enough. It speaks over a unix socket only, lets nobody in but the accounts this process
// runs under, and never runs as root: started as root, it becomes an unprivileged account first.
//
//   DIR/lumbung.lock   held while a `lumbung up` runs on the folder, with its process id
//   DIR/postgres/      the cluster
//   DIR/run/           the socket (elsewhere, privately, when the path is too long for a socket)
//   DIR/postgres.log
#ifndef LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_
#define LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace lumbung::host {

class EmbeddedPostgres {
 public:
  struct Options {
    std::string data_dir;
    // Tells the user what is going on.
    std::function<void(absl::string_view message)> say;
    // Extra postgresql.conf settings, each "name=value"; tests switch durability off with them.
    std::vector<std::string> settings;
  };

  // Creates the cluster if there is none, takes over or ends what a crash left behind, starts it,
  // and makes the roles and the database. Errors, with what to do about them:
  // POSTGRES_NOT_INSTALLED, DATA_DIR_IN_USE (a second `up`), DATA_DIR_UNUSABLE,
  // NO_UNPRIVILEGED_ACCOUNT, POSTGRES_FAILED.
  static absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> Start(Options options);

  // Stops the server ("fast": open transactions are rolled back, everything committed is kept).
  ~EmbeddedPostgres();

  EmbeddedPostgres(const EmbeddedPostgres&) = delete;
  EmbeddedPostgres& operator=(const EmbeddedPostgres&) = delete;

  // Connection strings, as the schema's owner and as the services.
  std::string OwnerUri() const { return Uri("lumbung_owner"); }
  std::string AppUri() const { return Uri("lumbung_app"); }
  const std::string& socket_dir() const { return socket_dir_; }
  // The server's process; changes when it had to be started again.
  pid_t server_pid() const;

 private:
  explicit EmbeddedPostgres(Options options) : options_(std::move(options)) {}

  std::string Uri(absl::string_view role) const;
  std::string ClusterDir() const { return options_.data_dir + "/postgres"; }
  absl::Status LockDataDir();
  absl::Status ChooseAccount();
  absl::Status PrepareFolders();
  absl::Status CreateCluster();
  absl::Status WriteConfiguration();
  absl::Status StartServer();
  absl::Status CreateDatabase();
  // Restarts the server when it dies by itself.
  void Supervise();
  // Runs a PostgreSQL program as the chosen account and waits for it.
  absl::Status Run(const std::vector<std::string>& command, absl::string_view what) const;

  Options options_;
  std::string bin_dir_;
  std::string socket_dir_;
  int lock_fd_ = -1;
  // The account the server runs as: our own, or an unprivileged one when we are root.
  uid_t uid_ = 0;
  gid_t gid_ = 0;
  std::string account_;
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread supervisor_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_EMBEDDED_POSTGRES_H_
