// A file that is gone when its object is.
#ifndef LUMBUNG_REPORTS_RENDER_FILES_TEMPORARY_FILE_H_
#define LUMBUNG_REPORTS_RENDER_FILES_TEMPORARY_FILE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reports/model/document.h"

namespace lumbung::reports {

class TemporaryFile {
 public:
  // An empty file that only its owner may read, with a name nobody else has. UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<TemporaryFile>> Create(const std::string& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }
  // What is written to it stands behind what it holds already. UNAVAILABLE. Does not outlive it.
  std::unique_ptr<ByteSink> Appender() const;
  // Writes what the file holds. UNAVAILABLE, and what the sink says.
  absl::Status CopyTo(ByteSink& sink) const;

 private:
  explicit TemporaryFile(std::string path);

  const std::string path_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_FILES_TEMPORARY_FILE_H_
