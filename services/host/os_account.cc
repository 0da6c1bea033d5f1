#include "services/host/os_account.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::host {
namespace {

OsAccount FromEntry(const passwd& entry) {
  return {.name = entry.pw_name, .uid = entry.pw_uid, .gid = entry.pw_gid};
}

// "/var/lib/lumbung" -> "/", "/var", "/var/lib", "/var/lib/lumbung".
std::vector<std::string> FoldersDownTo(const std::string& path) {
  std::vector<std::string> folders = {"/"};
  for (std::size_t slash = 1; slash < path.size(); ++slash) {
    slash = path.find('/', slash);
    if (slash == std::string::npos) slash = path.size();
    folders.push_back(path.substr(0, slash));
  }
  return folders;
}

}  // namespace

absl::StatusOr<OsAccount> AccountById(uid_t uid) {
  const passwd* const entry = getpwuid(uid);
  if (entry != nullptr) return FromEntry(*entry);
  return FailedPrecondition(
      "NO_UNPRIVILEGED_ACCOUNT", "",
      absl::StrCat("the account with id ", uid, " has no name on this machine"));
}

absl::StatusOr<OsAccount> AccountForServer(std::optional<uid_t> owner) {
  const uid_t self = geteuid();
  if (self != 0) {
    if (!owner || *owner == self) return AccountById(self);
    const absl::StatusOr<OsAccount> other = AccountById(*owner);
    const std::string name = other.ok() ? other->name : absl::StrCat("with id ", *owner);
    return FailedPrecondition("DATA_DIR_UNUSABLE", "",
                              absl::StrCat("the database in it belongs to the account ", name,
                                           "; start lumbung as that account, or as root"));
  }
  if (owner && *owner != 0) return AccountById(*owner);
  for (const char* name : {"lumbung", "postgres", "nobody"}) {
    const passwd* const entry = getpwnam(name);
    if (entry != nullptr && entry->pw_uid != 0) return FromEntry(*entry);
  }
  return FailedPrecondition("NO_UNPRIVILEGED_ACCOUNT", "",
                            "started as root, but none of the accounts lumbung, postgres and "
                            "nobody exists to run PostgreSQL under; create one, or start as an "
                            "ordinary user");
}

bool BecomeAccount(const OsAccount& account) {
  if (geteuid() == account.uid) return true;
  return setgroups(0, nullptr) == 0 && setgid(account.gid) == 0 && setuid(account.uid) == 0;
}

absl::StatusOr<std::string> FolderClosedTo(const OsAccount& account, const std::string& path) {
  constexpr int kAllOpen = 255;
  constexpr int kCannotBecome = 254;
  const std::vector<std::string> folders = FoldersDownTo(path);
  if (folders.size() >= kCannotBecome) {
    return FailedPrecondition("DATA_DIR_UNUSABLE", "", "the path has too many folders");
  }
  const pid_t pid = fork();
  if (pid < 0) return absl::InternalError(absl::StrCat("fork: ", std::strerror(errno)));
  if (pid == 0) {
    if (!BecomeAccount(account)) _exit(kCannotBecome);
    for (std::size_t i = 0; i < folders.size(); ++i) {
      if (access(folders[i].c_str(), X_OK) != 0) _exit(static_cast<int>(i));
    }
    _exit(kAllOpen);
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  const int answer = WIFEXITED(status) ? WEXITSTATUS(status) : kCannotBecome;
  if (answer == kAllOpen) return std::string();
  if (answer == kCannotBecome) {
    return FailedPrecondition(
        "NO_UNPRIVILEGED_ACCOUNT", "",
        absl::StrCat(
            "cannot become the account ", account.name,
            ": this machine does not let root change accounts; start as an ordinary user"));
  }
  return folders[static_cast<std::size_t>(answer)];
}

}  // namespace lumbung::host
