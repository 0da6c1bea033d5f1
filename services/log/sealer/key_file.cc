#include "services/log/sealer/key_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung::log {
namespace {

namespace fs = std::filesystem;

// Some hundred keys.
constexpr std::size_t kMaxFileBytes = 65'536;

absl::Status Unreadable(const std::string& path, int error) {
  return FailedPrecondition("KEY_FILE_UNREADABLE", "",
                            absl::StrCat(path, ": ", std::strerror(error)));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

absl::StatusOr<std::string> ReadPrivateFile(const std::string& path) {
  const File file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status = {};
  if (!file.is_open() || fstat(file.descriptor(), &status) != 0) return Unreadable(path, errno);
  if ((status.st_mode & 077) != 0) {
    return FailedPrecondition("KEY_FILE_OPEN", "",
                              absl::StrCat(path, " can be read by others; make it mode 0600"));
  }
  std::string text(kMaxFileBytes, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file.descriptor(), &text[size], text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unreadable(path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

// Writes all of a new file and puts it in the place of `path`: there is never half a key file.
// Unless `replace`, a file that is there already wins.
absl::Status WritePrivateFile(const std::string& path, const std::string& text, bool replace) {
  std::string draft = absl::StrCat(path, ".XXXXXX");
  {
    const File file(mkostemp(&draft[0], O_CLOEXEC));  // Mode 0600.
    if (!file.is_open()) return Unreadable(draft, errno);
    if (write(file.descriptor(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        fsync(file.descriptor()) != 0) {
      const int error = errno;
      unlink(draft.c_str());
      return Unreadable(draft, error);
    }
  }
  const int result =
      replace ? rename(draft.c_str(), path.c_str()) : link(draft.c_str(), path.c_str());
  const int error = errno;
  if (!replace || result != 0) unlink(draft.c_str());
  if (result != 0 && (replace || error != EEXIST)) return Unreadable(path, error);
  const File folder(open(fs::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || fsync(folder.descriptor()) != 0) return Unreadable(path, errno);
  return absl::OkStatus();
}

std::string NewKeyLine(const RandomBytes& random_bytes) {
  std::string seed(kSeedBytes, '\0');
  random_bytes(&seed[0], seed.size());
  return absl::StrCat(SigningKey::FromSeed(seed)->ToPrivateLine(), "\n");
}

std::string PathIn(const std::string& folder) {
  return absl::StrCat(folder, "/log.key");
}

}  // namespace

absl::StatusOr<KeyRing> OpenKeyFile(const std::string& folder, const RandomBytes& random_bytes) {
  const std::string path = PathIn(folder);
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0 && errno == ENOENT) {
    std::error_code error;
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
    LUMBUNG_RETURN_IF_ERROR(WritePrivateFile(path, NewKeyLine(random_bytes), false));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text, ReadPrivateFile(path));
  KeyRing keys;
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    absl::StatusOr<SigningKey> key = SigningKey::Parse(line);
    if (!key.ok()) {
      keys.clear();
      break;
    }
    keys.push_back(*std::move(key));
  }
  if (keys.empty()) {
    return FailedPrecondition(
        "KEY_FILE_DAMAGED", "",
        absl::StrCat(path, " is not a file of keys; bring back a copy of it"));
  }
  return keys;
}

absl::Status RotateKey(const std::string& folder, const RandomBytes& random_bytes) {
  LUMBUNG_RETURN_IF_ERROR(OpenKeyFile(folder, random_bytes).status());
  const std::string path = PathIn(folder);
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text, ReadPrivateFile(path));
  return WritePrivateFile(path, absl::StrCat(text, NewKeyLine(random_bytes)), true);
}

}  // namespace lumbung::log
