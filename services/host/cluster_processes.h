// The PostgreSQL processes of one cluster, found from outside: those that outlived the lumbung that
// started them, or the server that started them; also those that were still making the cluster.
#ifndef LUMBUNG_SERVICES_HOST_CLUSTER_PROCESSES_H_
#define LUMBUNG_SERVICES_HOST_CLUSTER_PROCESSES_H_

#include <string>
#include <vector>

#include <sys/types.h>

#include "services/host/cluster_files.h"
#include "services/host/os_account.h"

namespace lumbung::host {

struct ClusterProcesses {
  // The one that started the others; 0 when it is gone.
  pid_t first = 0;
  std::vector<pid_t> all;
  // The account's processes that are on their way out. They have lost their names, so whose they
  // were cannot be told, but they may still hold the cluster's shared memory.
  std::vector<pid_t> going;

  bool empty() const { return all.empty() && going.empty(); }
};

ClusterProcesses FindClusterProcesses(const ClusterFiles& files, const OsAccount& account);

// Ends them all, in good order if they can be. False when they will not go.
bool EndClusterProcesses(const ClusterFiles& files, const OsAccount& account);

// Removes PostgreSQL's note of a server that is gone for certain, although another process has its
// number now, or nobody has waited for it yet: PostgreSQL itself would not dare to start. To be
// called when there are no processes of the cluster.
void RemoveStaleNote(const ClusterFiles& files);

// Whether the server with this process id accepts connections.
bool IsServerReady(const ClusterFiles& files, pid_t server);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_CLUSTER_PROCESSES_H_
