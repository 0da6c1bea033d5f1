#include "services/host/folder_lock.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::host {
namespace {

absl::Status Unwritable(const std::string& path) {
  return FailedPrecondition("DATA_DIR_UNUSABLE", "",
                            absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<FolderLock> FolderLock::Acquire(const std::string& folder) {
  const std::string path = folder + "/lumbung.lock";
  FolderLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (lock.fd_ < 0) return Unwritable(path);
  if (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Unwritable(path);
    std::string holder;
    std::getline(std::ifstream(path), holder);
    return FailedPrecondition("DATA_DIR_IN_USE", "",
                              absl::StrCat("another lumbung (process ", holder, ") is running on ",
                                           folder, "; use that one, or stop it first"));
  }
  const std::string process = absl::StrCat(getpid(), "\n");
  if (ftruncate(lock.fd_, 0) != 0 ||
      pwrite(lock.fd_, process.data(), process.size(), 0) != static_cast<ssize_t>(process.size())) {
    return Unwritable(path);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace lumbung::host
