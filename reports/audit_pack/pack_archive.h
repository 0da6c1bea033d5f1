// The zip of an audit pack: files one after the other, each hashed as it is written, and at the end
// a signed list of them. The same files give the same bytes.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_PACK_ARCHIVE_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_PACK_ARCHIVE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "reports/model/document.h"

namespace lumbung::reports {

struct PackedFile {
  std::string path;
  std::int64_t bytes = 0;
  std::string sha256;  // 32 bytes
};

// After an error nothing more may be called. Not thread-safe.
class PackArchive {
 public:
  // `sink` outlives the archive; every file is dated `made_at`.
  PackArchive(ByteSink* sink, absl::Time made_at);
  ~PackArchive();
  PackArchive(const PackArchive&) = delete;
  PackArchive& operator=(const PackArchive&) = delete;

  // A file of whatever `write` writes; the first error of it or of the archive's sink. A path that
  // is there already is refused: FILE_REPEATED.
  absl::Status Add(absl::string_view path, const std::function<absl::Status(ByteSink&)>& write);
  absl::Status Add(absl::string_view path, absl::string_view bytes);

  // Those that were added, ascending by the bytes of their paths.
  std::vector<PackedFile> files() const;

  // Writes the zip's directory; nothing may be added after it.
  absl::Status Finish();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_PACK_ARCHIVE_H_
