// FolderLock: one `lumbung up` per data folder. The lock is the kernel's, so it is gone the moment
// its holder is, however that ended.
#ifndef LUMBUNG_SERVICES_HOST_FOLDER_LOCK_H_
#define LUMBUNG_SERVICES_HOST_FOLDER_LOCK_H_

#include <string>

#include "absl/status/statusor.h"

namespace lumbung::host {

class FolderLock {
 public:
  // Locks `folder`/lumbung.lock and writes our process id into it. DATA_DIR_IN_USE names the
  // process that holds it; DATA_DIR_UNUSABLE.
  static absl::StatusOr<FolderLock> Acquire(const std::string& folder);

  FolderLock() = default;
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}

  int fd_ = -1;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_FOLDER_LOCK_H_
