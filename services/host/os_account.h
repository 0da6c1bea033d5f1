// Accounts of the operating system: which one PostgreSQL is to run under, and how to become it.
// PostgreSQL refuses to run as root, and rightly.
#ifndef LUMBUNG_SERVICES_HOST_OS_ACCOUNT_H_
#define LUMBUNG_SERVICES_HOST_OS_ACCOUNT_H_

#include <optional>
#include <string>

#include <sys/types.h>

#include "absl/status/statusor.h"

namespace lumbung::host {

struct OsAccount {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
};

// NO_UNPRIVILEGED_ACCOUNT when the id has no name: peer authentication needs one.
absl::StatusOr<OsAccount> AccountById(uid_t uid);

// Our own account; or, when we are root, the owner of what is there already, else `lumbung`,
// `postgres` or `nobody`, whichever exists first. `owner` is the owner of an existing cluster.
// NO_UNPRIVILEGED_ACCOUNT; DATA_DIR_UNUSABLE when the cluster belongs to somebody else.
absl::StatusOr<OsAccount> AccountForServer(std::optional<uid_t> owner);

// In a child process: becomes the account for good, with no other groups. Nothing to do when we
// are that account already. Async-signal-safe.
bool BecomeAccount(const OsAccount& account);

// The first folder on the absolute path, from the root down, that the account may not enter, or ""
// when it may enter them all.
absl::StatusOr<std::string> FolderClosedTo(const OsAccount& account, const std::string& path);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_OS_ACCOUNT_H_
